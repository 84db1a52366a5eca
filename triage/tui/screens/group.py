"""A group: what says the same, why, and what may say the same too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from textual import events, on
from textual.app import ComposeResult

from triage.errors import TriageError
from triage.model import Feedback, Verdict
from triage.text.display import one_line
from triage.tui import pair_words, words
from triage.tui.action import Action
from triage.tui.bindings import bindings
from triage.tui.desk import beside
from triage.tui.group_deciding import GroupDeciding
from triage.tui.group_fields import Row, fields, key_of
from triage.tui.outbox_words import GLYPHS
from triage.tui.screen import FOOTER
from triage.tui.table import cells
from triage.tui.widgets.comparison import Comparison
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import Group, Member, Suggestion

_ON_SUGGESTIONS = {"say-same", "say-different", "say-related"}
_ON_MEMBERS = {"accept", "decline", "archive", "split", "mark"}


MOST_ROWS = 12
"""Rows of the list before it scrolls."""


@dataclass(frozen=True, slots=True)
class Found:
    """The group as it is, and what may belong to it."""

    group: Group
    suggestions: Sequence[Suggestion]


class GroupScreen(GroupDeciding):
    """
    Members over suggestions; below, the two texts that are compared.

    Args:
        feedback: Any member; a group's own id is its earliest one's.
    """

    PART = "group"
    PARTS = ("list",)
    BINDINGS = bindings("group")
    CSS_PATH = ["inbox.tcss", "group.tcss"]  # noqa: RUF012

    def __init__(self, feedback: int) -> None:
        super().__init__()
        self.stays = feedback
        self._found: Found | None = None
        self._pair: tuple[Feedback, Feedback | None] | None = None
        self._told: dict[str, Any] | None = None
        self._fields = fields(self._sign, self._now)

    def compose_body(self) -> ComposeResult:
        """Who says it; then two texts side by side, and why."""
        self.rows: Rows[Row] = Rows(
            self._draw, is_heading=lambda row: isinstance(row, str), id="rows"
        )
        self.comparison = Comparison()
        yield OneLine(id="title")
        yield self.rows
        yield self.comparison

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Side by side or one under the other."""
        del event
        self.call_after_refresh(self._lay_out)
        self.call_after_refresh(self.tell)

    # What it shows

    def look_up(self) -> Found:
        """The group of the member that one stays with."""
        group = self.workspace.group_of(self.workspace.feedback(self.stays))
        return Found(group, self.workspace.suggestions(group))

    def gone(self, error: TriageError) -> None:
        """What it was about went with an import that was taken back."""
        self.app.pop_screen()
        self.triage.say(one_line(str(error)))

    def show_found(self, found: object) -> None:
        """Members, then suggestions; the cursor stays on what it was on."""
        assert isinstance(found, Found)
        self._found = found
        group = found.group
        rows: list[Row] = [*group.members]
        if found.suggestions:
            rows += ["", "Maybe the same", *found.suggestions]
        self.marks &= {member.feedback.id for member in group.members}
        keys = [key_of(row) for row in rows]
        here = key_of(self.rows.row) if self.rows.row is not None else self.stays
        at = keys.index(here) if here in keys else self.rows.cursor
        # The list is as high as it must be; what is left is for the texts.
        self.rows.styles.height = min(len(rows), MOST_ROWS)
        self.rows.show(rows, at=at)
        self.tell()

    def tell(self) -> None:
        """The title: what is said, by how many, and how many are marked."""
        if self._found is None:
            return
        group = self._found.group
        first = group.members[0].feedback
        facts = [words.count(len(group.members), "message"), words.people(group.people)]
        if group.resends:
            facts.append(words.count(group.resends, "resend"))
        if group.sources > 1:
            facts.append(words.count(group.sources, "source"))
        right = f"{' · '.join(facts)} · {group.short}"
        marked = f"✓ {len(self.marks)} marked   " if self.marks else ""
        room = self.size.width - len(right) - len(marked) - 4
        what = words.fit(words.opening(first.title, first.body), max(10, room)).rstrip()
        self.query_one("#title", OneLine).say(
            [(marked, "bold $accent"), (what, "bold")], [(right, "$muted")]
        )

    def footer(self) -> list[Action]:
        """The keys that mean something on this row."""
        hidden = _ON_MEMBERS if self.suggestion else _ON_SUGGESTIONS
        worth = [one for one in self.actions() if one.foot and one.id not in hidden]
        return sorted(worth, key=lambda action: action.foot)[:FOOTER]

    # What is under the cursor

    @property
    def group(self) -> Group | None:
        """The group as last read."""
        return self._found.group if self._found else None

    @property
    def member(self) -> Member | None:
        """The member under the cursor."""
        row = self.rows.row
        return row if isinstance(row, Member) else None

    @property
    def suggestion(self) -> Suggestion | None:
        """The suggestion under the cursor."""
        row = self.rows.row
        return row if isinstance(row, Suggestion) else None

    @on(Rows.Moved)
    def _compare(self) -> None:
        self.show_keys()
        pair = self._to_compare()
        if pair is None:
            return
        if pair != self._pair:
            self._pair, self._told = pair, None
            self._lay_out()
        if self._told is None:
            beside(self, self._explain, pair, group="why", exclusive=True)

    def _to_compare(self) -> tuple[Feedback, Feedback | None] | None:
        if self._found is None:
            return None
        said = {
            member.feedback.id: member.feedback for member in self._found.group.members
        }
        if self.suggestion:
            match = self.suggestion.match
            ours = match.left_id if match.left_id in said else match.right_id
            return said[ours], self.suggestion.other
        if self.member is None:
            return None
        mine, match_ = self.member.feedback, self.member.match
        ends = {match_.left_id, match_.right_id} - {mine.id} if match_ else set()
        for ruling in self._found.group.rulings:
            pair = {ruling.left_id, ruling.right_id}
            if not ends and ruling.verdict is Verdict.SAME and mine.id in pair:
                ends = pair - {mine.id}
        others = [said[end] for end in ends if end in said]
        others += [one for one in said.values() if one.id != mine.id]
        return mine, others[0] if others else None

    async def _explain(self, pair: tuple[Feedback, Feedback | None]) -> None:
        one, other = pair
        if other is None:
            return
        try:
            told = await self.triage.desk.look(
                lambda: self.workspace.explain(one, other)
            )
        except TriageError as error:
            self.say(one_line(str(error)))
            return
        if pair == self._pair:
            self._told = told
            self._lay_out()

    def _lay_out(self) -> None:
        if self._pair is None or self._found is None:
            return
        one, other = self._pair
        self.comparison.show(
            one, other, self._told, self.workspace.clock(),
            ruled=pair_words.ruled(self._found.group, one),
        )  # fmt: skip

    # Looking

    def action_read(self) -> None:
        """The texts over the whole screen."""
        self.toggle_class("-reading")

    @on(Rows.Chosen)
    def _open_clicked(self) -> None:
        self.action_read()

    def action_back(self) -> None:
        """The list again, then no marks, then where one came from."""
        if self.has_class("-reading"):
            self.set_class(False, "-reading")
        elif self.marks:
            self.action_mark_none()
        else:
            self.app.pop_screen()

    def action_read_down(self) -> None:
        """Both texts a few lines on."""
        self.comparison.by(3)

    def action_read_up(self) -> None:
        """Both texts a few lines back."""
        self.comparison.by(-3)

    # Drawing

    def _sign(self, key: int) -> str:
        """Whether it is marked, else what became of an answer to it."""
        replied = self.triage.replies.get(key, "")
        return "✓" if key in self.marks else GLYPHS.get(replied, " ")

    def tell_outbox(self) -> None:
        """Members that were answered, or will be, say so."""
        super().tell_outbox()
        self.rows.refresh()

    def _now(self) -> datetime:
        return self.workspace.clock()

    def _draw(self, row: Row, room: int) -> Cells:
        if isinstance(row, str):
            return [(words.fit(row, room), "head")]
        return cells(self._fields, row, room)
