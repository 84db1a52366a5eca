"""An answer to one customer, written beside their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea

from triage.errors import TriageError, UsageError
from triage.model import Feedback
from triage.text.display import one_line, safe
from triage.tui import editor, reply_words, words
from triage.tui.desk import beside
from triage.tui.dialogs.dialog import Dialog
from triage.tui.dialogs.one_of import OneOf, Option
from triage.tui.dialogs.picker import Choice, Picker, among
from triage.tui.widgets.lines import OneLine
from triage.tui.wrap import head
from triage.workspace import ReplyRules

if TYPE_CHECKING:
    from triage.tui.app import TriageApp

PAUSE = 0.4
"""Seconds without a key before the language of what was written is looked at."""

_THEIRS = 8_000
"""Bytes of their words shown beside the answer."""

_SHORT = 200
"""Characters shown of what our side answered before."""


class Reply(Dialog[str]):
    """
    Some lines to one customer; tab keeps them as a draft, nothing is sent.

    Args:
        before: What is kept of it already.
        value: What it says when it is opened; more than that where keeping it failed.
        theirs: The language they write, as well as anybody knows; "" where not.
        keep: Keeps a text as a draft where the app is left while it is written.
    """

    # Their words and ours have to fit into the lowest window there may be.
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar = [
        Binding("tab,f2", "keep", show=False, priority=True),
        Binding("ctrl+e", "edit", show=False, priority=True),
        Binding("ctrl+t", "template", show=False, priority=True),
        Binding("pagedown", "theirs(1)", show=False, priority=True),
        Binding("pageup", "theirs(-1)", show=False, priority=True),
    ]

    def __init__(
        self,
        feedback: Feedback,
        rules: ReplyRules,
        *,
        before: str = "",
        value: str = "",
        theirs: str = "",
        keep: Callable[[str], None],
    ) -> None:
        anew = " again" if rules.answered else ""
        super().__init__(f"Reply{anew} to {one_line(words.author(feedback), 60)}")
        self._feedback = feedback
        self._rules = rules
        self._theirs = theirs
        self._keep = keep
        # What is shown is what is kept: a control character becomes its picture.
        self._before = safe(before, multiline=True)
        self._area = TextArea(safe(value, multiline=True), soft_wrap=True)
        self._note = ""
        self._generation = 0
        self._was_warned = False

    @property
    def triage(self) -> TriageApp:
        """The app, by its own name."""
        return cast("TriageApp", self.app)

    def compose(self) -> ComposeResult:
        """The keys there are; no editor where the app cannot make way for one."""
        own = ["ctrl+e your editor"] if editor.is_possible(self.app) else []
        keys = ["tab keep as a draft", "ctrl+t template", *own, "esc leave"]
        self.hint = "   ".join(keys)
        yield from super().compose()

    def compose_question(self) -> ComposeResult:
        """Who wrote what, what was answered, and the field."""
        said = self._feedback
        facts = OneLine(id="facts")
        told = reply_words.facts(
            replace(said, language=self._theirs),
            self._rules.source,
            self.triage.workspace.clock(),
        )
        facts.say([(told, "$muted")])
        yield facts
        theirs = VerticalScroll(id="said", can_focus=False)
        with theirs:
            shown = "\n".join(part for part in (said.title, said.body) if part)
            yield Static(
                Content(safe(head(shown, _THEIRS), multiline=True)), markup=False
            )
        if self._rules.answered:
            verb = "This replaces" if self._rules.act.replaces else "Answered before:"
            old = one_line(self._rules.answered, _SHORT)
            yield Static(f"{verb} “{old}”", id="answered", markup=False)
        yield self._area
        yield OneLine(id="counter")

    def key_of(self, word: str) -> str:
        """The template's key, and what every dialog names."""
        return word if word == "ctrl+t" else super().key_of(word)

    def on_mount(self) -> None:
        """Go on where the text ends."""
        self._area.focus()
        self._area.move_cursor(self._area.document.end)
        self._count()
        self._look_at_language()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where no editor can come up, its key is the field's."""
        del parameters
        return action != "edit" or editor.is_possible(self.app)

    # While somebody writes

    @property
    def text(self) -> str:
        """What is written, as it would be kept: no white space at the end of a line."""
        told = safe(self._area.text.expandtabs(4), multiline=True)
        return "\n".join(line.rstrip() for line in told.split("\n")).strip()

    @property
    def _over(self) -> int:
        """Characters there are too many."""
        longest = self._rules.act.longest
        return 0 if longest is None else max(0, len(self.text) - longest)

    @property
    def is_changed(self) -> bool:
        """Whether anything would be lost."""
        return self.text != self._before.strip()

    def on_text_area_changed(self) -> None:
        """Count; once a person pauses, look at the language."""
        self._count()
        self._generation += 1
        self.set_timer(PAUSE, partial(self._paused, self._generation))

    def _paused(self, generation: int) -> None:
        if generation == self._generation:
            self._look_at_language()

    def _count(self) -> None:
        size, longest = len(self.text), self._rules.act.longest
        counter = self.query_one("#counter", OneLine)
        counter.say([(self._note, "$warning")], [reply_words.counted(size, longest)])

    def _look_at_language(self) -> None:
        if self._theirs and len(self.text) >= reply_words.ENOUGH:
            beside(self, self._tell_language, group="language", exclusive=True)
        else:
            self._say("")

    async def _tell_language(self) -> None:
        from triage.text.language import language

        text = self.text
        ours = await self.triage.desk.look(partial(language, text))
        self._say(reply_words.tongues(self._theirs, ours))

    def _say(self, note: str) -> None:
        self._note = note
        self._count()

    def action_theirs(self, by: int) -> None:
        """Their words, a few lines on or back."""
        self.query_one("#said", VerticalScroll).scroll_relative(
            y=by * 3, animate=False, immediate=True
        )

    # Templates and the editor

    def action_template(self) -> None:
        """Which template, filled for this customer?"""
        beside(self, self._offer_templates, group="templates", exclusive=True)

    async def _offer_templates(self) -> None:
        filled = await self.triage.desk.look(self._filled)
        if not filled:
            self._say("No template yet: [replies] in the settings holds them")
            return
        choices = [
            Choice(text, one_line(name, 60), note, why)
            for name, (text, note, why) in filled.items()
        ]

        def answered(choice: Choice | None) -> None:
            if choice is None:
                return
            if choice.value:
                self._put_in(str(choice.value))
            else:
                self._say(choice.why)

        self.app.push_screen(
            Picker("Which template?", among(choices), placeholder="its name"), answered
        )

    def _filled(self) -> Mapping[str, tuple[str, str, str]]:
        """Each template as it would read here, how long that is, and its preview."""
        workspace = self.triage.workspace
        workspace.read_settings()
        found = {}
        for name in workspace.templates():
            try:
                text = workspace.filled(name, self._feedback)
            except UsageError as error:
                found[name] = ("", "cannot be filled", one_line(str(error), 200))
            else:
                told, _ = reply_words.counted(len(text), self._rules.act.longest)
                found[name] = (text, told, one_line(text, 200))
        return found

    def _put_in(self, text: str) -> None:
        """In place of nothing, or where the cursor stands."""
        self._area.insert(safe(text, multiline=True))
        self._area.focus()

    def action_edit(self) -> None:
        """The same text in the person's own editor, and back with what became of it."""
        try:
            text = editor.edited(self.app, self._area.text)
        except TriageError as error:
            self.triage.complain(error)
            return
        self._area.text = safe(text, multiline=True)
        self._area.move_cursor(self._area.document.end)

    # Leaving

    def action_keep(self) -> None:
        """Keep what is written as a draft."""
        if not self.text:
            self._say("Nothing is written yet")
        elif self._over:
            self._say(f"{one_line(self._rules.source, 30)} takes no more than that")
        else:
            self.dismiss(self.text if self.is_changed else None)

    def action_never_mind(self) -> None:
        """Close; what was written is not lost without a word."""
        if not self.is_changed or not self.text:
            self.dismiss(None)
            return
        keep = Option("d", "keep", "keep it", "as a draft; nothing is sent")
        options = [
            *([] if self._over else [keep]),
            Option("w", "write", "go on writing", "it is too long" * bool(self._over)),
            Option("x", "lose", "throw it away"),
        ]

        def answered(option: Option | None) -> None:
            if option is not None and option.value == "keep":
                self.dismiss(self.text)
            elif option is not None and option.value == "lose":
                self.dismiss(None)

        self.app.push_screen(
            OneOf("What was written is not kept yet", options), answered
        )

    def may_leave(self) -> bool:
        """Left at once, what was written becomes a draft; what cannot holds it up."""
        if not self.is_changed or not self.text:
            return True
        if self._over and not self._was_warned:
            self._was_warned = True
            self._say("Too long to be kept; once more leaves without it")
            return False
        if not self._over:
            self._keep(self.text)
        return True

    def on_resize(self, event: events.Resize) -> None:
        """The counter has another width."""
        del event
        self.call_after_refresh(self._count)
