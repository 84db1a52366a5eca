"""How sources, imports and what could not be read are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from rich.cells import cell_len

from triage.text.display import one_line, safe
from triage.text.pace import spell
from triage.tui import words
from triage.tui.dialogs.sheet import Line
from triage.tui.passage import Passage
from triage.workspace import BatchView, Quarantined, SourceView, Unmapped

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


_HEALTH = {
    "pulling": "» pulling", "failed": "✕ failed", "late": "◐ late", "gap": "! gap",
    "new": "○ not yet", "well": "● well", "once": "● once",
    "sends": "→ sends",
}  # fmt: skip
"""A glyph and a word for how a source fares."""


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
    """Health, when, how much, its name, and what is going on or wrong."""
    name = one_line(one.name, 80)
    left = max(0, room - 32)
    hint = _hint(one, now)
    size = min(left, cell_len(name)) if hint else left
    ill = one.health in {"failed", "late", "gap"}
    return [
        (words.fit(_HEALTH[one.health], 9) + "  ", "bad" if ill else "dim"),
        (words.fit(ago(one.synced_at, now), 9) + "  ", "dim"),
        (f"{one.feedback:>8,}  ", "dim"),
        (words.fit(name, size), "row"),
        *([(words.fit(f"  {hint}", left - size), "dim")] if left - size > 3 else []),
    ]


def _hint(one: SourceView, now: datetime) -> str:
    """A few words on what is not as usual; "" where all is."""
    if one.health == "pulling":
        return f"+{one.running.new:,} so far" if one.running else "asking"
    if one.health == "failed":
        many = f"{one.failures} times" if one.failures > 1 else ""
        next_at = f"next {words.moment(one.retry_at, now)}" if one.retry_at else ""
        return ", ".join(part for part in (many, next_at) if part)
    if one.health == "late" and one.usual:
        return f"usually every {spell(one.usual.total_seconds())}"
    return ""


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


def source(
    one: SourceView,
    now: datetime,
    pulls: Sequence[BatchView],
    unmapped: Sequence[Unmapped],
    key: Callable[[str], str],
) -> Iterator[Passage]:
    """
    A source, how its last pulls went, and what to do about it.

    Args:
        key: The key that asks for an action, as people read it.
    """
    yield Passage(text=one_line(one.name), style="title")
    kept = "pulled by sync" if one.configured else "brought in once, by an import"
    if one.sends:
        kept = "only sends; nothing comes from it"
    yield Passage(text=f"{one_line(one.connector, 40)} · {kept}", style="dim")
    yield from _trouble(one, now, key)
    if unmapped:
        yield Passage(text="Words of it that mean nothing yet", style="head", gap=1)
    for word in unmapped:
        yield Passage(text=one_line(word.says, 300))
    yield Passage(text=f"{words.count(one.feedback, 'message')}{_gone(one)}", gap=1)
    if one.quarantined:
        yield Passage(
            text=f"{words.count(one.quarantined, 'input')} could not be read; see below"
        )
    if one.newest_at:
        yield Passage(text=f"newest said {ago(one.newest_at, now)}", style="dim")
    yield Passage(text=f"last success {ago(one.synced_at, now)}", style="dim")
    if one.configured:
        yield Passage(text=_next(one, now), style="dim")
    yield from _asked(one)
    if one.settings:
        # Names only: what somebody wrote as a value may be a secret.
        names = ", ".join(one_line(str(name), 40) for name in one.settings)
        yield Passage(text=f"settings {names}", style="dim")
    for number, pull in enumerate(pulls):
        if not number:
            yield Passage(text="Last pulls", style="head", gap=1)
        # The latest failure stands above whole; what is the same needs no second time.
        told = one.failure if not number else pulls[number - 1].failure
        yield Passage(text=_pull(pull, now, told), style="dim")


def _trouble(
    one: SourceView, now: datetime, key: Callable[[str], str]
) -> Iterator[Passage]:
    if one.holder:
        who = one_line(one.holder, 60)
        yield Passage(text=f"Being pulled by {who}", style="head", gap=1)
        if one.running:
            yield Passage(text=f"{one.running.new:,} new so far")
    if one.failure:
        many = f", {one.failures} times in a row" if one.failures > 1 else ""
        yield Passage(
            text=f"Failed {ago(one.failed_at, now)}{many}", style="head", gap=1
        )
        yield Passage(text=one_line(one.failure, 800))
        again = f"; {key('sync-one')} tries again" if one.configured else ""
        yield Passage(text=f"What came before is kept{again}.", style="note")
    if one.is_late and one.usual:
        yield Passage(text="Late", style="head", gap=1)
        yield Passage(
            text=f"It is usually pulled every {spell(one.usual.total_seconds())};"
            " does what calls `triage sync` still run?"
        )
    if one.gap:
        since = f", told {ago(one.gap_at, now)}" if one.gap_at else ""
        yield Passage(text=f"What it can no longer give{since}", style="head", gap=1)
        yield Passage(text=one_line(one.gap, 800))
        yield Passage(text=f"{key('clear-gap')} takes that as read.", style="note")


def _gone(one: SourceView) -> str:
    return f", {one.gone:,} of them no longer there" if one.gone else ""


def _next(one: SourceView, now: datetime) -> str:
    if one.next_at is None or one.is_late:
        return "next when sync runs"
    usual = f", as every {spell(one.usual.total_seconds())}" if one.usual else ""
    return f"next {words.moment(one.next_at, now)}{'' if one.retry_at else usual}"


def _asked(one: SourceView) -> Iterator[Passage]:
    """How often its service was asked, will be, and may be."""
    if one.calls is not None:
        more = "" if one.next_calls is None else f", about {one.next_calls:,} next time"
        text = f"asked {words.count(one.calls, 'time')} in the last pull{more}"
        yield Passage(text=text, style="dim")
    for budget in one.budgets:
        yield Passage(
            text=f"{budget.left:,} of {budget.of:,} calls left"
            f" in {spell(budget.seconds)}",
            style="dim",
        )


def _pull(one: BatchView, now: datetime, told: str) -> str:
    """One pull on a line: when, what came, or why it failed if that is not ``told``."""
    began = words.moment(one.started_at, now)
    if one.failure and one.failure == told:
        return f"{began}  ✕ the same"
    if one.failure:
        return f"{began}  ✕ {one_line(one.failure, 200)}"
    counts = [("new", one.new), ("changed", one.changed), ("gone", one.gone)]
    told = ", ".join(f"{many:,} {word}" for word, many in counts if many)
    if one.finished_at is None:
        return f"{began}  {told or 'nothing'} so far"
    seconds = (one.finished_at - one.started_at).total_seconds()
    return f"{began}  {told or 'nothing new'}, {spell(seconds)}"


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
    if one.gone:
        yield Passage(text=f"{words.count(one.gone, 'message')} no longer there")
    if one.quarantined:
        yield Passage(text=f"{words.count(one.quarantined, 'input')} could not be read")
    if one.failure:
        yield Passage(text="It ended early", style="head", gap=1)
        yield Passage(text=one_line(one.failure, 800))
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
