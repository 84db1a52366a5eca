"""What an empty list says: that nothing is left, what was done, where to go."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from triage.model import State
from triage.text.display import one_line
from triage.tui.actions import BY_ID
from triage.tui.bindings import shown
from triage.tui.keymap import Keymap
from triage.tui.targets import View

_STANDING = {
    State.SNOOZED: "snoozed", State.ACCEPTED: "accepted", State.DECLINED: "declined",
    State.ARCHIVED: "archived", State.SPAM: "marked as spam",
}  # fmt: skip


def nothing_found(view: View, keymap: Keymap) -> Content:
    """A query without a match."""
    where = "anywhere" if view.state is None else f"in {view.state.capitalize()}"
    said = one_line(view.text, 60)
    what = "says" if not view.query.terms else "is"
    return _told([f"Nothing {where} {what} “{said}”."], [("back", "clears it")], keymap)


def nothing_here(state: State, keymap: Keymap) -> Content:
    """A view that is not the inbox."""
    return _told(
        [f"Nothing is {_STANDING[state]}."],
        [("next-view", "the next view"), ("previous-view", "the view before")],
        keymap,
    )


def nobody_heard(keymap: Keymap) -> Content:
    """The first start: three ways to begin."""
    told = _told(
        ["Nobody has been heard yet. Three ways to begin:"],
        [("import", "a file: CSV, JSON lines, a mailbox")],
        keymap,
    )
    return Content.assemble(
        told,
        "\n    ", ("triage sources add", "bold"), "   a place to pull from, in a shell",
        "\n    ", ("triage demo", "bold"), "          to look round first",
    )  # fmt: skip


def nothing_left(told: Sequence[str], snoozed: int, keymap: Keymap) -> Content:
    """The inbox, worked through."""
    later = f"the next view, {snoozed:,} snoozed" if snoozed else "the next view"
    return _told(
        ["Nothing left.", *told],
        [("undo", "takes the last step back"), ("next-view", later), ("sync", "syncs")],
        keymap,
    )


def _told(
    lines: Sequence[str], keys: Sequence[tuple[str, str]], keymap: Keymap
) -> Content:
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
