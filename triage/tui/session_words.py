"""How sessions read: in a row, beside the list, in the facts of their feedback."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from triage.operations.session_figures import FIGURES, figure_written
from triage.operations.sessions import offset
from triage.research import Consent, FollowUp
from triage.text.display import one_line
from triage.tui import heard_words, words
from triage.tui.passage import Passage
from triage.tui.wrap import head
from triage.workspace import SessionView

_TEXT = 200_000
_CIRCUMSTANCES = ("place", "noise", "hurry", "software", "task", "concept")
_UNDERSTOOD = {True: "they confirmed it", False: "they did not confirm it"}

LEAVES = {
    Consent.UNASKED: "nobody asked: nothing of it leaves this file",
    Consent.NO: "nothing of it leaves this file",
    Consent.ANONYMOUS: "their words may leave, their name may not",
    Consent.NAMED: "their words may leave, with their name",
}
"""What each consent lets out."""


def consent(told: Consent) -> str:
    """One word for a row."""
    return told.word


def held(at: datetime, now: datetime) -> str:
    """``20 Nov``, or ``Nov 2025`` of another year, in eight cells."""
    here = at.astimezone()
    if here.year == now.astimezone().year:
        return f"{here.day:>2} {here:%b}"
    return f"{here:%b %Y}"


def who(view: SessionView) -> str:
    """Who was heard, and what about: ``Ana — Sharing notes``."""
    told = view.session
    parts = [one for one in (told.participant, told.title) if one]
    return words.row_text(" — ".join(parts) or told.text, 120)


def number(many: int) -> str:
    """A count that leaves nothings out."""
    return f"{many:,}" if many else ""


def circumstances(context: Mapping[str, Any]) -> Iterator[str]:
    """The context of use and figures, as the feedback of a session has them."""
    for name in _CIRCUMSTANCES:
        told = context.get(name)
        if isinstance(told, str) and told.strip():
            yield (
                f"{name} {one_line(told, 40)}"
                if name != "place"
                else one_line(told, 40)
            )
    for name in FIGURES:
        value = context.get(name)
        if isinstance(value, int | float):
            yield f"{name.replace('_', ' ')} {figure_written(name, float(value))}"


def whole(
    view: SessionView, now: datetime, key: Callable[[str], str]
) -> Iterator[Passage]:
    """
    A session beside the list: who and when, what they agreed to, what was said.

    Args:
        key: The key that asks for an action, as people read it.
    """
    told = view.session
    if told.title:
        yield Passage(text=head(told.title, 4096), style="title", origin=0)
    else:
        yield Passage(text=_heading(view), style="title")
    yield Passage(text=" · ".join(_facts(view, now)), style="dim")
    style = "note" if view.consent.lets_words_out else "head"
    yield Passage(
        text=f"consent: {consent(view.consent)}, {LEAVES[view.consent]}"
        if view.consent
        else f"consent: {LEAVES[view.consent]} · {key('consent-session')} sets it",
        style=style,
    )
    yield from _asked(view)
    if told.text:
        yield Passage(text=head(told.text, _TEXT), origin=offset(told), gap=1)
    yield from heard_words.told(view.highlights, key("highlights"))
    yield from _promised(view, key)


def follow_up(one: FollowUp) -> str:
    """``✓ call back``, ``send it, by 1 Dec``."""
    due = f", by {one.due.day} {one.due:%b}" if one.due else ""
    return f"{'✓' if one.done_at else '·'} {one_line(one.text, 200)}{due}"


def _heading(view: SessionView) -> str:
    told = view.session
    kind = words.channel(told.kind).capitalize()
    return one_line(f"{kind} with {told.participant}" if told.participant else kind, 90)


def _facts(view: SessionView, now: datetime) -> Iterator[str]:
    told = view.session
    if told.title:
        yield words.channel(told.kind)
        if told.participant:
            yield one_line(told.participant, 60)
    for fact in (told.company, told.segment):
        if fact:
            yield one_line(fact, 40)
    yield _moment(told.held_at, now)
    stars = words.stars(told.rating, told.scale, told.metric)
    if stars:
        yield stars
    device = told.circumstances.get("device")
    if device:
        yield one_line(device, 40)
    yield from circumstances({**told.circumstances, **told.told})
    if told.guide:
        yield f"guide {one_line(told.guide, 40)}"
    yield told.short
    yield f"heard as {view.feedback.short}"


def _moment(at: datetime, now: datetime) -> str:
    """When it was; only the day where somebody named no more."""
    return words.moment(at, now).removesuffix(" 00:00")


def _asked(view: SessionView) -> Iterator[Passage]:
    told = view.session
    understood = _UNDERSTOOD[told.confirmed] if told.confirmed is not None else ""
    for name, value in (
        ("asked", told.asked), ("understood", understood), ("surprise", told.surprise),
    ):  # fmt: skip
        if value:
            yield Passage(text=f"{name}: {one_line(value, 400)}", style="dim")


def _promised(view: SessionView, key: Callable[[str], str]) -> Iterator[Passage]:
    promised = view.session.follow_ups
    if not promised:
        return
    left = view.open_follow_ups
    told = f"{left} open, {key('keep-follow-up')} does it" if left else "all done"
    yield Passage(text=f"Promised   {told}", style="head", gap=1)
    for one in promised:
        style = "dim" if one.done_at else "text"
        yield Passage(text=follow_up(one), style=style)
