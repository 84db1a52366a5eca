"""Research: what was heard in person, and one session whole beside the list."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from triage.model import Feedback
from triage.operations.pain_points import text_of
from triage.tui import clipboard, heard_words, session_deciding, session_words, words
from triage.tui.action import Action
from triage.tui.actions import BY_ID
from triage.tui.bindings import bindings
from triage.tui.following import Following
from triage.tui.highlighting import Highlighting
from triage.tui.quoting import Selection, first, following
from triage.tui.table import Field, cells
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.tui.wrap import SHOWN
from triage.workspace import SessionView

_SELECTING = (
    "quote-highlight", "quote-widen", "quote-end-right", "quote-end-left",
    "quote-next", "quote-leave", "quote-start-right",
)  # fmt: skip
"""What is worth a place in the footer while words are selected."""

_DECIDING = {"quote-take", "quote-attach", "quote-done"}
"""What makes words evidence of a pain point; from here they are highlighted only."""


class ResearchScreen(Following, Highlighting):
    """Sessions, the latest first, and the one under the cursor."""

    PART = "research"
    PARTS = ("list",)
    BINDINGS = bindings("research")
    CSS_PATH = ["inbox.tcss", "research.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[SessionView] = ()
        self._fields: tuple[Field[SessionView], ...] = (
            Field(name="held", width=8, say=self._held),
            Field(name="kind", width=12,
                  say=lambda one: words.channel(one.session.kind)),
            Field(name="segment", width=14, from_width=76,
                  say=lambda one: words.row_text(one.session.segment, 60)),
            Field(name="consent", width=9,
                  say=lambda one: session_words.consent(one.consent)),
            Field(name="marked", width=6, right=True,
                  say=lambda one: session_words.number(len(one.highlights))),
            Field(name="open", width=4, right=True,
                  say=lambda one: session_words.number(one.open_follow_ups)),
            Field(name="who", style="row", say=session_words.who),
        )  # fmt: skip

    def compose_body(self) -> ComposeResult:
        """How many, the list, and one of them."""
        self.rows: Rows[SessionView] = Rows(self._draw, id="rows")
        self.reader = Reader(id="reader")
        yield OneLine(id="title")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Headings(self._fields)
                yield self.rows
            yield self.reader
        yield Static("", id="empty", markup=False)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    # What it shows

    def look_up(self) -> list[SessionView]:
        """Every session."""
        return self.workspace.sessions()

    def show_found(self, found: object) -> None:
        """The cursor stays on its session; a new one is shown at once."""
        assert isinstance(found, list)
        here = self.rows.row.session.id if self.rows.row else None
        known = {one.session.id for one in self._found}
        ids = [one.session.id for one in found]
        new = [one for one in ids if one not in known] if self._found else []
        at = ids.index(here) if here in ids else self.rows.cursor
        self._found = found
        self.rows.show(found, at=ids.index(new[0]) if len(new) == 1 else at)
        self.set_class(not found, "-empty")
        self.show_nothing(
            ["Nobody was heard in person yet.",
             "An interview, a visit, what somebody was seen doing: write it down in",
             "your words or theirs, and it is found, grouped and quoted as any other.",
             "`triage research import notes/` reads Markdown files."],
            ("new-session", "writes one down"), ("go-inbox", "the inbox"),
        )  # fmt: skip
        self._tell()
        self._show_session()

    def _tell(self) -> None:
        many = words.count(len(self._found), "session") if self._found else ""
        left = sum(one.open_follow_ups for one in self._found)
        told = f"{many}, {left:,} promised and open" if left else many
        self.query_one("#title", OneLine).say(
            [("Research   ", "bold"), (told, "$muted")], self.elsewhere()
        )

    @on(Rows.Moved)
    def _show_session(self) -> None:
        view = self.rows.row
        is_same = view is not None and self._selecting_in(view)
        if not is_same:
            self.leave_quote()
        if view is None:
            self.reader.highlighted = ()
            self.reader.show(())
            return
        self.reader.highlighted = heard_words.marked(view.feedback, view.highlights)
        told = session_words.whole(view, self.workspace.clock(), self.triage.key_of)
        self.reader.show(list(told), keep_place=is_same)

    def _selecting_in(self, view: SessionView) -> bool:
        """Whether words of it are being selected, and it still says them."""
        selection = self.reader.selection
        return selection is not None and selection.text == _shown(view)

    # Deciding

    def action_new_session(self) -> None:
        """Of which kind?"""
        session_deciding.new(self)

    def action_edit_session(self) -> None:
        """Its text."""
        if self.rows.row:
            session_deciding.edit(self, self.rows.row)

    @on(Rows.Chosen)
    def _open_clicked(self) -> None:
        self.action_edit_session()

    def action_consent_session(self) -> None:
        """What did they agree to?"""
        if self.rows.row:
            session_deciding.consent(self, self.rows.row)

    def action_keep_follow_up(self) -> None:
        """What was promised."""
        if self.rows.row:
            session_deciding.follow_up(self, self.rows.row)

    def action_remove_session(self) -> None:
        """It goes."""
        if self.rows.row:
            session_deciding.remove(self, self.rows.row)

    # Selecting words

    def action_highlight_session(self) -> None:
        """The first sentence that is not highlighted yet."""
        view = self.rows.row
        if view is None:
            return
        text = _shown(view)
        at = len(view.session.title) + 2 if view.session.title else 0
        taken = [one.span for one in self.reader.highlighted]
        selection = following(text, at, taken) or first(text, at)
        if selection is None or not view.session.text:
            self.say("There are no words to highlight")
            return
        self.begin_selecting(view.feedback, selection)

    def action_highlights(self) -> None:
        """The first words that are highlighted."""
        if self.rows.row is not None:
            self.go_to_highlight(self.rows.row.feedback)

    def selected_in(self) -> Feedback | None:
        """What the session under the cursor is heard as, while words are selected."""
        view = self.rows.row
        is_selecting = self.reader.selection is not None
        return view.feedback if view is not None and is_selecting else None

    def begin_selecting(self, feedback: Feedback, selection: Selection) -> None:
        """Select these words, and give the reader the keys."""
        del feedback
        self.reader.select(selection)
        self.reader.focus()
        self.show_keys()

    def leave_quote(self) -> None:
        """Back to the list."""
        if self.reader.selection is not None:
            self.reader.select(None)
            self.rows.focus()
            self.show_keys()

    def parts(self) -> tuple[str, ...]:
        """While words are selected, only their keys."""
        is_selecting = self.is_mounted and self.reader.selection is not None
        return ("quote",) if is_selecting else super().parts()

    def actions(self) -> list[Action]:
        """Nothing is decided about a session from here."""
        return [one for one in super().actions() if one.id not in _DECIDING]

    def footer(self) -> list[Action]:
        """While words are selected, what changes them."""
        if self.parts() == ("quote",):
            return [BY_ID[name] for name in _SELECTING]
        return super().footer()

    @on(Reader.Taken)
    def _words_taken(self) -> None:
        """There is one thing to do with words here, and enter does it, too."""
        self.reader.action_quote_highlight()

    @on(Reader.Copied)
    def _words_copied(self) -> None:
        selection, said = self.reader.selection, self.selected_in()
        if selection is not None and said is not None:
            clipboard.copy_words(self, "these words", said, selection.quote)

    @on(Reader.Left)
    @on(Reader.Finished)
    def _words_left(self) -> None:
        self.leave_quote()

    # Looking

    def action_open_group(self) -> None:
        """Who says the same."""
        view = self.rows.row
        if view is not None:
            group = self.workspace.group_of(view.feedback)
            self.triage.open("group", group.id)

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    # Drawing

    def _held(self, view: SessionView) -> str:
        return session_words.held(view.session.held_at, self.workspace.clock())

    def _draw(self, view: SessionView, room: int) -> Cells:
        return cells(self._fields, view, room)


def _shown(view: SessionView) -> str:
    """The text that words are selected in; what is not shown cannot be."""
    return text_of(view.feedback)[:SHOWN]
