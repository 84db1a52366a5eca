"""What the reading pane says about one feedback, as passages; asks no widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from triage.measures import revenue_of
from triage.model import Channel, Evidence, Feedback, Kind, Tone
from triage.operations.pain_points import text_of
from triage.research import SOURCE
from triage.text.display import one_line
from triage.text.language_names import language
from triage.text.left_out import Part
from triage.tui import heard_words, people_words, pinned_words, session_words, words
from triage.tui.answer_words import answers
from triage.tui.around import around
from triage.tui.manner import USUAL, Manner
from triage.tui.passage import Passage, told_in
from triage.tui.quoting import Span
from triage.tui.study import Study
from triage.tui.wrap import head

_MARKED = 8

_PLAIN = {Channel.EMAIL, Channel.REVIEW, Channel.TICKET}
"""Channels that a source's name tells by itself."""


def passages(
    feedback: Feedback, found: Study | None, now: datetime, manner: Manner = USUAL
) -> Iterator[Passage]:
    """The feedback, then why and what next; ``found`` may come later."""
    if feedback.title:
        yield Passage(
            text=head(feedback.title, 4096), style="title", origin=0,
            sought=manner.sought,
        )  # fmt: skip
    yield Passage(text=" · ".join(_facts(feedback, found, now)), style="dim")
    yield Passage(text=_card(feedback, found), style="dim", asks="customer")
    if feedback.gone_at:
        since = words.moment(feedback.gone_at, now)
        yield Passage(text=f"no longer at the source since {since}", style="note")
    if found and found.elsewhere:
        yield Passage(text=_elsewhere(feedback, found.elsewhere), style="note")
    if found:
        for text, style in pinned_words.told(found.label, found.notes, now):
            yield Passage(text=text, style=style)
        woke = pinned_words.woke(found.disposition, found.group)
        if woke:
            yield Passage(text=woke, style="good", gap=1)
    if found and found.decided:
        yield Passage(text=_newcomers(found, manner), style="good", gap=1)
    for evidence, point in found.evidence if found else ():
        yield Passage(
            text=f"already evidence of {point.short} “{one_line(point.title, 60)}”"
            f" · {evidence.importance.name.lower().replace('_', ' ')}"
            f"{_part(feedback, evidence)}",
            style="note",
        )
    if found and found.evidence and found.stands_in_inbox(now):
        key = manner.key("accept-guess")
        yield Passage(text=f"{key} accepts it as it is quoted", style="good")
    yield from _body(feedback, found, manner)
    if found:
        yield from heard_words.told(found.highlights, manner.key("highlights"))
        yield from answers(found, now, manner)
        yield from around(found, now, manner)


# The text


def _body(feedback: Feedback, found: Study | None, manner: Manner) -> Iterator[Passage]:
    origin = len(feedback.title) + 2 if feedback.title else 0
    told = found.parts if found and manner.is_open else (Part(feedback.body, 0),)
    telling, room = _telling(found), manner.limit
    for part in told:
        text = head(part.text, max(0, room))
        room -= len(text.encode("utf-8", "replace"))
        if text and part.start is None:
            yield Passage(text=text, style="quoted", indent=2, gap=1)
        elif text and part.start is not None:
            yield Passage(
                text=text.rstrip(), origin=origin + part.start, telling=telling,
                sought=manner.sought, gap=1,
            )  # fmt: skip
        if len(text) < len(part.text):
            left = len(part.text) - len(text)
            yield Passage(
                text=f"… {left:,} characters more,"
                f" {manner.key('more-text')} shows them",
                style="note", asks="more-text",
            )  # fmt: skip
            return
    out = [part.lines for part in found.parts if part.start is None] if found else []
    if out:
        key = manner.key("more-text")
        size = words.count(sum(out), "quoted line")
        fold = f"▾ {key} folds them" if manner.is_open else f"▸ {size}, {key} opens"
        yield Passage(text=fold, style="note", gap=1, asks="more-text")


# Who says it


def quoted_spans(feedback: Feedback, found: Study | None) -> tuple[Span, ...]:
    """Parts of the text that are evidence, where it still says what was quoted."""
    text = text_of(feedback)
    return tuple(
        (one.start, one.end)
        for one, _ in (found.evidence if found else ())
        if text[one.start : one.end] == one.quote
    )


def _part(feedback: Feedback, evidence: Evidence) -> str:
    """The words quoted, where they are not all of them."""
    if evidence.quote == text_of(feedback):
        return ""
    return f": “{one_line(evidence.quote, 60)}”"


def _facts(feedback: Feedback, found: Study | None, now: datetime) -> Iterator[str]:
    stars = words.stars(feedback.rating, feedback.scale, feedback.metric)
    if stars:
        yield stars
    place = one_line(feedback.source, 40)
    channel = words.channel(feedback.channel)
    yield place if feedback.channel in _PLAIN else f"{channel}, {place}"
    if feedback.app_version:
        yield one_line(feedback.app_version, 30)
    for name in ("device", "os", "os_version", "country"):
        told = feedback.context.get(name)
        if isinstance(told, str | int | float) and str(told).strip():
            yield one_line(str(told), 30)
    if feedback.source == SOURCE:
        yield from session_words.circumstances(feedback.context)
    tone = found.tone if found else Tone()
    told = tone.language or feedback.language
    if told:
        yield language(one_line(told, 20))
    # What stars say is said by the stars.
    if tone.sentiment and tone.sentiment_from != "rating":
        yield f"sounds {tone.sentiment}"
    yield words.moment(feedback.received_at, now)
    if feedback.is_edited and feedback.edited_at:
        yield f"edited {words.moment(feedback.edited_at, now)}"
    yield feedback.short


def _card(feedback: Feedback, found: Study | None) -> str:
    """Who said it: name, company, plan, what they pay, how often they wrote."""
    facts = [one_line(words.author(feedback), 60)]
    company = _company(feedback, found)
    if company and company != facts[0]:
        facts.append(one_line(company, 40))
    for name in ("plan", "segment"):
        told = feedback.context.get(name)
        if isinstance(told, str) and told.strip():
            facts.append(one_line(told, 30))
    revenue = revenue_of(feedback)
    if revenue:
        facts.append(f"{words.money(revenue)}/month")
    place, said = found.times_heard if found else (1, 1)
    if said > 1:
        told = f"{words.ordinal(place)} of {said:,} messages"
        sources = found.person.sources if found and found.person else ()
        if len(sources) > 1:
            told += f" ({people_words.places(sources)})"
        facts.append(told)
    return " · ".join(facts)


def _company(feedback: Feedback, found: Study | None) -> str:
    """Their company as it was then, else as it is known now."""
    kept = feedback.company or feedback.context.get("company")
    if isinstance(kept, str) and kept.strip():
        return kept
    person = found.person if found else None
    return person.whose.called if person and person.whose and person.whose.id else ""


def _elsewhere(feedback: Feedback, others: Sequence[Feedback]) -> str:
    """Where it was told as well; a copy names what it is one of first."""
    places = ", ".join(one_line(one.source, 40) for one in others)
    if feedback.kind is Kind.COPY:
        return f"a copy of {others[0].short}, also at {places}"
    return f"also at {places}"


def _newcomers(found: Study, manner: Manner) -> str:
    decided = found.decided
    assert decided is not None
    new = sum(1 for member in found.group.members if member.disposition is None)
    if found.decided_into:
        into = found.decided_into
        return (
            f"{new} new in {into.short} “{one_line(into.title, 60)}”,"
            " = to accept the same"
        )
    why = f" ({one_line(decided.reason, 40)})" if decided.reason else ""
    return (
        f"{new} new in a group that was {decided.state}{why},"
        f" {manner.key('same-again')} to decide the same"
    )


def _telling(found: Study | None) -> frozenset[str]:
    """Words this feedback shares with its best match in the group or beyond."""
    if found is None:
        return frozenset()
    told: set[str] = set()
    for member in found.group.members:
        if member.match and found.feedback.id in {
            member.match.left_id, member.match.right_id,
        }:  # fmt: skip
            told.update(str(word) for word in member.match.reason.get("shared") or ())
    if not told and found.suggestions:
        best = found.suggestions[0].match.reason.get("shared") or ()
        told.update(str(word) for word in best)
    # What is short in an alphabet tells little; nearly everything is shared by copies.
    long = sorted(filter(_tells, told), key=lambda word: (-len(word), word))
    said = found.feedback
    return told_in(long[:_MARKED], f"{said.title} {said.body}")


def _tells(word: str) -> bool:
    return len(word) > 3 or not word.isascii()
