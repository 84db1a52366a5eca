"""How what is planned reads in a list and beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from triage.model import RoadmapStatus
from triage.planning import Tracked
from triage.text.display import one_line, safe
from triage.tui import pain_words, words
from triage.tui.passage import Passage
from triage.tui.table import Field
from triage.workspace import RoadmapView, ToTell

STATUSES = {
    RoadmapStatus.PLANNED: "○ planned", RoadmapStatus.IN_PROGRESS: "◐ in progress",
    RoadmapStatus.SHIPPED: "● shipped", RoadmapStatus.DROPPED: "✕ dropped",
}  # fmt: skip

FIELDS: tuple[Field[RoadmapView], ...] = (
    Field(name="how far", width=13, say=lambda one: how_far(one.status)),
    Field(name="people", width=6, right=True,
          say=lambda one: f"{one.people:,}" if one.people else "–"),
    Field(name="pains", width=5, right=True,
          say=lambda one: str(len(one.pain_points) or "–")),
    Field(name="key", width=10, say=lambda one: one_line(one.item.key, 30) or "–"),
    Field(name="plan", style="row", say=lambda one: words.row_text(one.item.title)),
)  # fmt: skip


def how_far(status: RoadmapStatus | None) -> str:
    """``◐ in progress``; a word that means nothing here is unmapped."""
    return STATUSES[status] if status else "? unmapped"


def unmapped(said: Tracked) -> str:
    """What to do about a word of a tracker that means nothing here yet."""
    from triage.sync.events import meaning

    command = one_line(meaning(said.source, said.state), 160)
    return f"“{one_line(said.state, 60)}” means nothing here yet; `{command}` says what"


def _at_its_tracker(view: RoadmapView) -> str:
    item, said = view.item, view.tracked
    parts = [item.tracker, item.key or "to be created there: a draft waits"]
    if said:
        gone = "gone there" if said.gone_at else ""
        parts += [f"“{said.state}”" if said.state else "", gone]
    return " · ".join(one_line(part, 60) for part in parts if part)


def about(view: RoadmapView, link: str) -> Iterator[Passage]:
    """A plan, and whom it would help; ``link`` is the key that links a pain point."""
    item = view.item
    said = view.tracked
    facts = (
        how_far(view.status),
        item.horizon.upper(),
        item.target or (said.target if said else ""),
        item.owner or (said.owner if said else ""),
        item.short,
    )
    yield Passage(text=item.title, style="title")
    yield Passage(
        text=" · ".join(one_line(fact, 60) for fact in facts if fact), style="dim"
    )
    if item.tracker:
        yield Passage(text=_at_its_tracker(view), style="dim")
    if view.status is None and said is not None and not said.gone_at:
        yield Passage(text=unmapped(said), style="note")
    if item.url:
        yield Passage(text=safe(item.url, limit=300), style="dim")
    helped = (
        f"Would help {words.people(view.people)}" if view.people else "Helps nobody yet"
    )
    yield Passage(text=f"{helped}   {link} links a pain point", style="head", gap=1)
    for point in view.pain_points:
        priority = pain_words.priority(point.priority)
        yield Passage(
            text=f"{priority}  {point.short} {one_line(point.title)}", indent=2
        )


def to_tell(
    view: RoadmapView, found: Mapping[int, ToTell], key: str
) -> Iterator[Passage]:
    """Whom to tell that it shipped; nothing before it has."""
    if view.status is not RoadmapStatus.SHIPPED:
        return
    told = [found[point.id] for point in view.pain_points if point.id in found]
    left = sum(one.left for one in told)
    if left:
        text = f"{words.people(left)} to tell   {key} lists them"
        yield Passage(text=text, style="head", gap=1)
    elif told:
        yield Passage(text="Everybody who asked was told", style="good", gap=1)
