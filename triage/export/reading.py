"""A backlog file as it comes back: understood whole, or refused in one sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from triage.errors import UsageError
from triage.export.document import SCHEMA, VERSION
from triage.export.fields import Fields, Malformed
from triage.model import (
    Channel,
    Evidence,
    Extent,
    Feedback,
    Horizon,
    Importance,
    Kind,
    PainPoint,
    PainStatus,
    Priority,
    RoadmapItem,
    RoadmapLink,
    RoadmapStatus,
)
from triage.operations.restore import Told
from triage.planning import Criterion, Estimate, Story

_HEAD = 4096
_OURS = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"schema"\s*:\s*"triage\.backlog/\d+"')
CSV_HEAD = re.compile(
    rb'(?:\xef\xbb\xbf)?"?rank"?([,;\t])"?id"?\1"?title"?\1"?kind"?\1'
)
"""How a CSV of ours begins, as it was written or as a spreadsheet saved it."""

_NAME, _, _ = SCHEMA.partition("/")


def is_backlog(path: Path) -> bool:
    """Whether the file begins as our backlogs do; reads no more than its head."""
    return _OURS.match(_head(path)) is not None or is_csv(path)


def is_csv(path: Path) -> bool:
    """Whether the file begins as our CSV does."""
    return CSV_HEAD.match(_head(path)) is not None


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(_HEAD)
    except OSError:
        # Whoever goes on to read it says why it cannot be read.
        return b""


def read(path: Path) -> Told:
    """What a backlog file says; ``UsageError`` where it is not one, or not whole."""
    document = _document(path)
    _refuse_another_schema(path, document)
    if document.get("redacted") is True:
        raise UsageError(
            f"{path} is redacted: who said what is not in it; nothing was changed."
            " Restore an export made without --redact"
        )
    try:
        return _told(Fields(document))
    except Malformed as error:
        raise UsageError(
            f"{path}: {error}; nothing was changed. Export it again with"
            " `triage export --to json`"
        ) from error


def _document(path: Path) -> Any:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is no JSON in UTF-8; nothing was changed") from error
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{path} is broken at line {error.lineno} ({error.msg}); it may have been"
            " cut off. Nothing was changed"
        ) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"{path} is no JSON we can read; nothing was changed"
        ) from error


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _refuse_another_schema(path: Path, document: Any) -> None:
    schema = document.get("schema") if isinstance(document, dict) else None
    name, _, version = (
        schema.partition("/") if isinstance(schema, str) else ("", "", "")
    )
    if name != _NAME or not re.fullmatch("[0-9]{1,9}", version):
        raise UsageError(
            f"{path} is no Triage backlog (it does not say {_NAME!r});"
            " `triage export --to json` writes one"
        )
    if int(version) != VERSION:
        raise UsageError(
            f"{path} is a backlog of format {version}, this Triage knows {VERSION};"
            " nothing was changed. Update Triage to restore it"
        )


def _told(fields: Fields) -> Told:
    points: dict[int, PainPoint] = {}
    items = _once((_roadmap_item(one) for one in fields.objects("roadmap_items")), "r")
    evidence: list[Evidence] = []
    links: dict[tuple[int, int], RoadmapLink] = {}
    feedback: dict[tuple[str, str], Feedback] = {}
    estimates: list[Estimate] = []
    stories: list[Story] = []
    for told in fields.objects("pain_points"):
        point = pain_point(told)
        estimates += (_estimate(one, point.id) for one in told.objects("estimates"))
        stories += (_story(one, point.id) for one in told.objects("stories"))
        if point.id in points:
            raise Malformed(f"{point.short} is there twice")
        points[point.id] = point
        for quote in told.objects("evidence"):
            said = _feedback(quote.object("feedback"), len(feedback))
            said = feedback.setdefault((said.source, said.external_id), said)
            evidence.append(_evidence(quote, point.id, said.id))
        for planned in told.objects("roadmap"):
            item = _roadmap_item(planned)
            # A line of its own, without the list at the end, is still a whole story.
            items.setdefault(item.id, item)
            links[point.id, item.id] = RoadmapLink(
                id=len(links),
                pain_point_id=point.id,
                roadmap_item_id=item.id,
                extent=planned.choice("extent", Extent),
            )
    _once(iter(evidence), "e")
    _once(iter(stories), "s")
    return Told(
        feedback=tuple(feedback.values()),
        pain_points=tuple(points[key] for key in sorted(points)),
        evidence=tuple(sorted(evidence, key=lambda one: one.id)),
        roadmap_items=tuple(items[key] for key in sorted(items)),
        links=tuple(links[pair] for pair in sorted(links)),
        estimates=tuple(
            sorted(estimates, key=lambda one: (one.pain_point_id, one.name))
        ),
        stories=tuple(sorted(stories, key=lambda one: one.id)),
    )


def _once(nouns: Any, letter: str) -> dict[int, Any]:
    """By id; an id that is there twice is refused."""
    found: dict[int, Any] = {}
    for noun in nouns:
        if noun.id in found:
            raise Malformed(f"{letter}{noun.id} is there twice")
        found[noun.id] = noun
    return found


def pain_point(told: Fields) -> PainPoint:
    """The pain point an object of the file tells of; ``Malformed`` where it is none."""
    return PainPoint(
        id=told.short("p"),
        title=told.words("title"),
        statement=told.text("statement"),
        status=told.choice("status", PainStatus),
        severity=told.whole("severity"),
        priority=_priority(told),
        effort=told.number("effort"),
        confidence=told.number("confidence"),
        reach=told.number("reach"),
        impact=told.number("impact"),
        moscow=told.text("moscow"),
        persona="; ".join(told.words_of("personas")),
        owner=told.text("owner"),
        story=told.text("own_story" if "own_story" in told else "story"),
        acceptance=told.text(
            "own_acceptance" if "own_acceptance" in told else "acceptance"
        ),
        tags=told.words_of("tags"),
        created_at=told.moment("created_at"),
    )


def _priority(told: Fields) -> Priority:
    word = told.text("priority")
    names = {priority.name.lower(): priority for priority in Priority}
    if word not in names:
        raise told.wrong("priority", f"one of {', '.join(names)}")
    return names[word]


def _evidence(told: Fields, pain_point_id: int, feedback_id: int) -> Evidence:
    start, end = told.whole("start"), told.whole("end")
    importance = told.whole("importance")
    if start is None or start < 0:
        raise told.wrong("start", "where a quote can begin")
    if end is None or end < start:
        raise told.wrong("end", "where this quote can end")
    if importance not in set(Importance):
        raise told.wrong("importance", "0, 1, 2 or 3")
    return Evidence(
        id=told.short("e"),
        pain_point_id=pain_point_id,
        feedback_id=feedback_id,
        quote=told.text("quote"),
        start=start,
        end=end,
        importance=Importance(importance),
        observed=told.truth("observed"),
        at=told.moment("at"),
        by=told.text("by"),
    )


def _estimate(told: Fields, pain_point_id: int) -> Estimate:
    value = told.number("value")
    if value is None:
        raise told.wrong("value", "a number")
    return Estimate(
        id=0,
        pain_point_id=pain_point_id,
        name=told.words("name"),
        value=value,
        evidence=told.shorts("evidence", "e"),
        reason=told.text("reason"),
        at=told.moment("at"),
        by=told.text("by"),
    )


def _story(told: Fields, pain_point_id: int) -> Story:
    return Story(
        id=told.short("s"),
        pain_point_id=pain_point_id,
        role=told.words("role"),
        want=told.words("want"),
        benefit=told.text("benefit"),
        context=told.text("context"),
        criteria=tuple(
            Criterion(
                given=one.text("given"), when=one.text("when"), then=one.text("then")
            )
            for one in told.objects("criteria")
        ),
        evidence=told.shorts("evidence", "e"),
        assumption=told.truth("assumption"),
        at=told.moment("at"),
        by=told.text("by"),
    )


def _feedback(told: Fields, position: int) -> Feedback:
    return Feedback(
        id=position,
        number=told.short("f"),
        source=told.words("source"),
        external_id=told.words("external_id"),
        channel=told.choice("channel", Channel),
        kind=told.choice("kind", Kind),
        title=told.text("title"),
        body=told.text("body"),
        author=told.text("author"),
        email=told.text("email"),
        company=told.text("company"),
        rating=told.number("rating"),
        scale=told.text("scale"),
        metric=told.text("metric"),
        language=told.text("language"),
        app_version=told.text("app_version"),
        url=told.text("url"),
        thread=told.text("thread"),
        context=told.mapping("context"),
        received_at=told.moment("received_at"),
        edited_at=told.moment_or_none("edited_at"),
    )


def _roadmap_item(told: Fields) -> RoadmapItem:
    return RoadmapItem(
        id=told.short("r"),
        title=told.words("title"),
        horizon=told.choice("horizon", Horizon),
        status=told.choice(
            "own_status" if "own_status" in told else "status", RoadmapStatus
        ),
        tracker=told.text("tracker"),
        key=told.text("key"),
        url=told.text("url"),
        owner=told.text("owner"),
        target=told.text("target"),
    )
