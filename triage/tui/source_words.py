"""How sources, imports and what could not be read are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from triage.text.display import one_line, safe
from triage.tui import words
from triage.tui.dialogs.sheet import Line
from triage.tui.passage import Passage
from triage.workspace import BatchView, Quarantined, SourceView

RAW = 4000
"""Bytes shown of what nobody could read."""

STYLES = {
    "title": "bold", "dim": "$muted", "text": "", "head": "$accent", "note": "$muted",
    "good": "$success",
}  # fmt: skip
"""How a passage of the pane looks on a sheet."""

HOW_TO_ADD: tuple[Line, ...] = (
    [("In a shell, one line adds a source and checks that it fits:", "")],
    [("", "")],
    [("  triage sources add csv reviews path=reviews.csv", "bold $accent")],
    [("  triage sources add --help", "bold $accent"), ("   what there is", "$muted")],
    [("", "")],
    [("Then R pulls it, here or anywhere. A file that comes only once needs no source:",
      "")],
    [("i in the inbox brings it in.", "")],
)  # fmt: skip


def ago(then: datetime | None, now: datetime) -> str:
    """``3h ago``, ``just now``, ``never``."""
    if then is None:
        return "never"
    told = words.age(then, now)
    return "just now" if told in {"now", "soon"} else f"{told} ago"


def health(one: SourceView) -> str:
    """A glyph and a word: well, failed, a gap, not pulled yet, brought in once."""
    if one.failure:
        return "✕ failed"
    if one.gap:
        return "! gap"
    if one.configured and one.synced_at is None:
        return "○ not yet"
    return "● well" if one.configured else "● once"


_HEADINGS = {"Sources": ("last good", "messages"), "Imports": ("when", "new")}


def heading_cells(name: str, room: int) -> list[tuple[str, str]]:
    """The name of a part, and what stands in its columns."""
    when, size = _HEADINGS.get(name, ("", ""))
    if not when:
        return [(words.fit(name, room), "head")]
    columns = f"{when:<9}  {size:>8}"
    return [
        (words.fit(name, 9) + "  ", "head"),
        (words.fit(columns, max(0, room - 11)), "dim"),
    ]


def source_cells(one: SourceView, now: datetime, room: int) -> list[tuple[str, str]]:
    """Health, when, how much, and its name."""
    return [
        (words.fit(health(one), 9) + "  ", "dim"),
        (words.fit(ago(one.synced_at, now), 9) + "  ", "dim"),
        (f"{one.feedback:>8,}  ", "dim"),
        (words.fit(one_line(f"{one.name}", 80), max(0, room - 32)), "row"),
    ]


def batch_cells(one: BatchView, now: datetime, room: int) -> list[tuple[str, str]]:
    """Its number, when, how much was new, from where and what."""
    style = "dim" if one.taken_back_at else "row"
    label = f"{one_line(one.source, 40)} · {one_line(one.label, 80)}"
    if one.taken_back_at:
        label = f"taken back · {label}"
    return [
        (words.fit(f"b{one.id}", 9) + "  ", "dim"),
        (words.fit(ago(one.started_at, now), 9) + "  ", "dim"),
        (f"{'+' + format(one.new, ','):>8}  ", "dim"),
        (words.fit(label, max(0, room - 32)), style),
    ]


def quarantined_cells(one: Quarantined, room: int) -> list[tuple[str, str]]:
    """Its number, from where, and why."""
    return [
        (words.fit(one.short, 9) + "  ", "dim"),
        (words.fit(one_line(one.source, 30), 19) + "  ", "dim"),
        (words.fit(one_line(one.why), max(0, room - 32)), "row"),
    ]


def source(one: SourceView, now: datetime) -> Iterator[Passage]:
    """A source, how its last pull went, and what to do about it."""
    yield Passage(text=one_line(one.name), style="title")
    kept = "pulled by sync" if one.configured else "brought in once, by an import"
    yield Passage(text=f"{one_line(one.connector, 40)} · {kept}", style="dim")
    if one.failure:
        yield Passage(text=f"Failed {ago(one.failed_at, now)}", style="head", gap=1)
        yield Passage(text=one_line(one.failure, 800))
        yield Passage(text="What came before is kept; R tries again.", style="note")
    if one.gap:
        yield Passage(text="What it can no longer give", style="head", gap=1)
        yield Passage(text=one_line(one.gap, 800))
    yield Passage(text=f"{words.count(one.feedback, 'message')}", gap=1)
    if one.quarantined:
        yield Passage(
            text=f"{words.count(one.quarantined, 'input')} could not be read; see below"
        )
    yield Passage(text=f"last success {ago(one.synced_at, now)}", style="dim")
    if one.settings:
        # Names only: what somebody wrote as a value may be a secret.
        names = ", ".join(one_line(str(name), 40) for name in one.settings)
        yield Passage(text=f"settings {names}", style="dim")


def batch(one: BatchView, now: datetime, take_back: str) -> Iterator[Passage]:
    """One import or sync, and how to be rid of it."""
    yield Passage(text=f"b{one.id} · {one_line(one.label)}", style="title")
    began = words.moment(one.started_at, now)
    ended = "not finished" if one.finished_at is None else "finished"
    yield Passage(text=f"{one_line(one.source, 60)} · {began} · {ended}", style="dim")
    yield Passage(
        text=f"{one.new:,} new, {one.changed:,} changed, {one.same:,} known already",
        gap=1,
    )
    if one.quarantined:
        yield Passage(text=f"{words.count(one.quarantined, 'input')} could not be read")
    if one.taken_back_at:
        back = words.moment(one.taken_back_at, now)
        yield Passage(text=f"Taken back {back}", style="good", gap=1)
    else:
        yield Passage(
            text=f"{take_back} takes all of it back, unless decisions rest on it.",
            style="note",
            gap=1,
        )


def quarantined(one: Quarantined) -> Iterator[Passage]:
    """An input nobody could read, and why."""
    yield Passage(text=f"{one.short} could not be read", style="title")
    yield Passage(
        text=f"{one_line(one.source, 60)} · there {one_line(one.external_id, 80)}",
        style="dim",
    )
    yield Passage(text=one_line(one.why, 800), gap=1)
    yield Passage(text="Its bytes are kept: enter shows them.", style="note", gap=1)


def raw_lines(raw: bytes) -> list[str]:
    """What was sent, as far as it is text, safe to show."""
    text = safe(raw[:RAW].decode("utf-8", "replace"), multiline=True)
    more = [f"… {len(raw) - RAW:,} bytes more"] if len(raw) > RAW else []
    return [*(text.split("\n") or [""]), *more]
