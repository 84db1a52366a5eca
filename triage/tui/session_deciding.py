"""What can be decided about sessions: written, changed, agreed to, promised, gone."""

from __future__ import annotations

from collections.abc import Callable

from triage.model import Channel
from triage.operations.session_text import parsed
from triage.operations.sessions import name
from triage.research import KINDS, Consent
from triage.text.display import one_line
from triage.tui import session_words, words
from triage.tui.dialogs.one_of import OneOf, Option
from triage.tui.dialogs.picker import Choice, Picker, among
from triage.tui.screen import TriageScreen
from triage.workspace import Entry, SessionView

_KEYS = "iuofvcpsn"
"""A key for each kind of session, in their order."""

_CONSENTS = (
    ("u", Consent.UNASKED), ("x", Consent.NO), ("a", Consent.ANONYMOUS),
    ("n", Consent.NAMED),
)  # fmt: skip


def new(screen: TriageScreen) -> None:
    """Of which kind? By which guide, where there are any? Then its text."""

    def answered(option: Option | None) -> None:
        if option is not None:
            _by_guide(screen, option.value)

    options = [
        Option(key, kind, words.channel(kind))
        for key, kind in zip(_KEYS, KINDS, strict=True)
    ]
    screen.app.push_screen(OneOf("What do you write down?", options), answered)


def _by_guide(screen: TriageScreen, kind: Channel) -> None:
    names = screen.workspace.guides_for_session(kind)
    if not names:
        _write(screen, kind, screen.workspace.session_template(kind))
        return

    def answered(choice: Choice | None) -> None:
        if choice is not None:
            text = screen.workspace.session_template(kind, choice.value)
            _write(screen, kind, text)

    choices = [Choice("", "without a guide"), *(Choice(one, one) for one in names)]
    screen.app.push_screen(Picker("By which guide?", among(choices)), answered)


def _write(screen: TriageScreen, kind: Channel, text: str) -> None:
    workspace = screen.workspace

    def work(told: str) -> Entry | None:
        workspace.write_session(parsed(told, kind))
        return workspace.history(1)[0]

    heading = f"A new session: {words.channel(kind)}"
    _ask(screen, heading, kind, text, "", work)


def edit(screen: TriageScreen, view: SessionView) -> None:
    """Its text once more, its highlights marked."""
    workspace, session = screen.workspace, view.session

    def work(told: str) -> Entry | None:
        return workspace.rewrite_session(session, parsed(told, session.kind))

    shown = workspace.session_text(view)
    _ask(screen, one_line(name(session), 90), session.kind, shown, "", work)


def _ask(
    screen: TriageScreen,
    heading: str,
    kind: Channel,
    text: str,
    why: str,
    work: Callable[[str], Entry | None],
) -> None:
    from triage.tui.dialogs.session import SessionForm

    def answered(told: str | None) -> None:
        if told is None:
            return

        def back() -> None:
            # What somebody wrote is not lost because it could not be kept.
            _ask(screen, heading, kind, told, "it could not be kept yet", work)

        screen.triage.decide(lambda: work(told), refused=back)

    screen.app.push_screen(SessionForm(heading, text, kind, why=why), answered)


def consent(screen: TriageScreen, view: SessionView) -> None:
    """What did they agree to? One key, four words."""

    def answered(option: Option | None) -> None:
        if option is not None:
            _agree(screen, view, option.value)

    options = [
        Option(key, one, session_words.consent(one), session_words.LEAVES[one])
        for key, one in _CONSENTS
    ]
    heading = f"What did {_whom(view)} agree to?"
    screen.app.push_screen(OneOf(heading, options, now=view.consent), answered)


def _agree(screen: TriageScreen, view: SessionView, agreed: Consent) -> None:
    workspace = screen.workspace
    screen.triage.decide(lambda: workspace.consent_to([view.feedback], agreed))


def follow_up(screen: TriageScreen, view: SessionView) -> None:
    """The one promise there is, or which of them?"""
    promised = view.session.follow_ups
    if not promised:
        screen.say("Nothing was promised in it")
        return
    if len(promised) == 1:
        _keep(screen, view, 0)
        return

    def answered(choice: Choice | None) -> None:
        if choice is not None:
            _keep(screen, view, choice.value)

    order = sorted(range(len(promised)), key=lambda i: promised[i].done_at is not None)
    choices = [Choice(i, session_words.follow_up(promised[i])) for i in order]
    screen.app.push_screen(Picker("What is done, or open again?", among(choices)),
                           answered)  # fmt: skip


def _keep(screen: TriageScreen, view: SessionView, index: int) -> None:
    workspace, session = screen.workspace, view.session
    done = session.follow_ups[index].done_at is None
    screen.triage.decide(
        lambda: workspace.keep_follow_up(
            workspace.session(session.id), index, done=done
        )
    )


def remove(screen: TriageScreen, view: SessionView) -> None:
    """It goes; undo brings it back."""
    workspace, session = screen.workspace, view.session
    screen.triage.decide(
        lambda: workspace.remove_session(workspace.session(session.id))
    )


def _whom(view: SessionView) -> str:
    return one_line(view.session.participant, 40) or "they"
