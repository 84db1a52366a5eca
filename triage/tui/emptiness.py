"""What an empty list says: that nothing is left, what was done, where to go."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from triage.model import State
from triage.text.display import one_line, safe
from triage.tui.actions import BY_ID
from triage.tui.bindings import shown
from triage.tui.keymap import Keymap
from triage.tui.targets import View

_STANDING = {
    State.SNOOZED: "snoozed", State.ACCEPTED: "accepted", State.DECLINED: "declined",
    State.ARCHIVED: "archived", State.SPAM: "marked as spam",
}  # fmt: skip


def nothing_found(view: View, keymap: Keymap, *, is_kept: bool) -> Content:
    """A query without a match; ``is_kept``: a saved view's own."""
    where = "anywhere" if view.state is None else f"in {view.state.capitalize()}"
    said = one_line(view.text, 60)
    what = "says" if not view.query.terms else "is"
    way_out = (
        [("next-view", "the next view"), ("previous-view", "the view before")]
        if is_kept
        else [("back", "clears it")]
    )
    return told([f"Nothing {where} {what} “{said}”."], way_out, keymap)


def nothing_here(state: State, keymap: Keymap) -> Content:
    """A view that is not the inbox."""
    return told(
        [f"Nothing is {_STANDING[state]}."],
        [("next-view", "the next view"), ("previous-view", "the view before")],
        keymap,
    )


def nobody_heard(keymap: Keymap) -> Content:
    """The first start: three ways to begin."""
    first = told(
        ["Nobody has been heard yet. Three ways to begin:"],
        [("import", "a file: CSV, JSON lines, a mailbox")],
        keymap,
    )
    return Content.assemble(
        first,
        "\n    ", ("triage sources add", "bold"), "   a place to pull from, in a shell",
        "\n    ", ("triage demo", "bold"), "          to look round first",
    )  # fmt: skip


def nothing_left(done: Sequence[str], snoozed: int, keymap: Keymap) -> Content:
    """The inbox, worked through."""
    later = f"the next view, {snoozed:,} snoozed" if snoozed else "the next view"
    return told(
        ["Nothing left.", *done],
        [("undo", "takes the last step back"), ("next-view", later), ("sync", "syncs")],
        keymap,
    )


def unreadable(error: str) -> Content:
    """Where a list should stand: why it does not, and what to do."""
    return Content.assemble(
        ("✕ This cannot be shown", "bold $error"), "\n", safe(error, limit=600), "\n\n",
        ("It is tried again when you come back to it.", "$muted"),
    )  # fmt: skip


def told(
    lines: Sequence[str], keys: Sequence[tuple[str, str]], keymap: Keymap
) -> Content:
    """A sentence or some, then what keys lead on, by the names of their actions."""
    parts: list[Content] = [Content.assemble((lines[0], "bold"))]
    parts.extend(Content(line) for line in lines[1:])
    parts.append(Content(""))
    parts.extend(
        Content.assemble(
            (f"{shown(keymap.first_key(BY_ID[name])):<4}", "bold $accent"), words
        )
        for name, words in keys
    )
    return Content("\n").join(parts)
