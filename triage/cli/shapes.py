"""What ``--json`` prints for each noun; the files in docs/schemas say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.output import moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from triage.grouping.trials import Bar
    from triage.model import (
        Disposition,
        Evidence,
        Feedback,
        Label,
        Note,
        PainPoint,
        RoadmapItem,
        Tone,
    )
    from triage.scoring import Score
    from triage.text.lexicon import Hit
    from triage.workspace import (
        Entry,
        Group,
        Guess,
        KeptMatch,
        PainView,
        QueueRow,
        RoadmapView,
        Suggestion,
    )

Json = dict[str, Any]


def of_row(row: QueueRow, group: str) -> Json:
    """One line of a list; ``group`` is its group's short id."""
    return {
        "id": f"f{row.number}",
        "group": group,
        "state": row.state.value,
        "items": row.items,
        "total": row.total,
        "people": row.people,
        "sources": row.sources,
        "author": row.author,
        "email": row.email,
        "company": row.company,
        "source": row.source,
        "channel": row.channel,
        "title": row.title,
        "opening": row.opening,
        "rating": row.rating,
        "scale": row.scale,
        "metric": row.metric,
        "language": row.language,
        "sentiment": row.sentiment,
        "app_version": row.app_version,
        "country": row.country,
        "device": row.device,
        "os": row.os,
        "tags": list(row.tags),
        "owner": row.owner,
        "notes": row.notes,
        "received_at": moment(row.received_at),
    }


def of_feedback(feedback: Feedback) -> Json:
    """Everything a source told."""
    return {
        "id": feedback.short,
        "source": feedback.source,
        "external_id": feedback.external_id,
        "channel": feedback.channel.value,
        "kind": feedback.kind.value,
        "title": feedback.title,
        "body": feedback.body,
        "author": feedback.author,
        "email": feedback.email,
        "company": feedback.company,
        "rating": feedback.rating,
        "scale": feedback.scale,
        "metric": feedback.metric,
        "language": feedback.language,
        "app_version": feedback.app_version,
        "url": feedback.url,
        "thread": feedback.thread,
        "context": dict(feedback.context),
        "received_at": moment(feedback.received_at),
        "edited_at": moment(feedback.edited_at),
        "gone_at": moment(feedback.gone_at),
    }


def of_tone(tone: Tone, why: Sequence[Hit]) -> Json:
    """Its language and how pleased it sounds, who says so, and the words that do."""
    return {
        "language": tone.language,
        "confidence": tone.confidence,
        "sentiment": tone.sentiment.value if tone.sentiment else "",
        "score": tone.score,
        "language_from": tone.language_from,
        "sentiment_from": tone.sentiment_from,
        "why": [
            {"words": hit.words, "weight": round(hit.weight, 3)}
            for hit in why
            if hit.words
        ],
    }


def of_disposition(disposition: Disposition | None) -> Json:
    """Where a feedback stands."""
    if disposition is None:
        return {"state": "inbox", "reason": "", "until": None}
    return {
        "state": disposition.state.value,
        "reason": disposition.reason,
        "until": moment(disposition.until),
    }


def of_label(label: Label | None, notes: Sequence[Note]) -> Json:
    """What people pinned on a feedback."""
    return {
        "tags": list(label.tags) if label else [],
        "owner": label.owner if label else "",
        "notes": [
            {"id": one.short, "text": one.text, "at": moment(one.at), "by": one.by}
            for one in notes
        ],
    }


def of_group(group: Group) -> Json:
    """What says the same, each member with the reason it is there."""
    from collections import Counter

    ties = Counter(
        member.match.reason["rule"] if member.match else "person"
        for member in group.members
    )
    shorts = {member.feedback.id: member.feedback.short for member in group.members}
    return {
        "id": group.short,
        "size": len(group.members),
        "people": group.people,
        "sources": group.sources,
        "resends": group.resends,
        "reason": dict(sorted(ties.items())),
        "members": [
            {
                "id": member.feedback.short,
                "source": member.feedback.source,
                "external_id": member.feedback.external_id,
                "author": member.feedback.author,
                "title": member.feedback.title,
                "opening": member.feedback.body[:400],
                "received_at": moment(member.feedback.received_at),
                **of_disposition(member.disposition),
                "resend": member.is_resend,
                "match": None
                if member.match is None
                else {
                    "with": shorts.get(_other(member.match, member.feedback.id), ""),
                    "score": round(member.match.score, 2),
                    "reason": dict(member.match.reason),
                },
            }
            for member in group.members
        ],
    }


def of_suggestion(suggestion: Suggestion) -> Json:
    """Another group that may say the same."""
    return {
        "group": suggestion.group_short,
        "size": suggestion.size,
        "id": suggestion.other.short,
        "title": suggestion.other.title,
        "opening": suggestion.other.body[:400],
        "score": round(suggestion.match.score, 2),
        "reason": dict(suggestion.match.reason),
    }


def of_kept(one: KeptMatch) -> Json:
    """A match as it is kept, and what became of it."""
    return {
        "left": one.left,
        "left_source": one.left_source,
        "left_external_id": one.left_external_id,
        "left_group": one.left_group,
        "right": one.right,
        "right_source": one.right_source,
        "right_external_id": one.right_external_id,
        "right_group": one.right_group,
        "score": one.score,
        "band": one.band,
        "verdict": one.verdict.value if one.verdict else None,
        "together": one.is_together,
    }


def of_guess(guess: Guess) -> Json:
    """A pain point a feedback may belong to, and why."""
    return {
        "id": guess.pain_point.short,
        "title": guess.pain_point.title,
        "confidence": guess.confidence,
        "likeness": guess.likeness,
        "quote": guess.quote,
        "words": list(guess.words),
    }


def of_bar(bar: Bar) -> Json:
    """What a lead of the first guess over the second came to."""
    return {
        "margin": round(bar.margin, 4),
        "guessed": bar.passing,
        "right": bar.right,
        "coverage": round(bar.coverage, 4),
        "precision": round(bar.precision, 4),
        "sure": round(bar.sure, 4),
    }


def of_evidence(evidence: Evidence, feedback: str) -> Json:
    """One quote; ``feedback`` is the short id of where it comes from."""
    return {
        "id": f"e{evidence.id}",
        "pain_point": f"p{evidence.pain_point_id}",
        "feedback": feedback,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "importance": int(evidence.importance),
        "observed": evidence.observed,
        "at": moment(evidence.at),
        "by": evidence.by,
    }


def of_pain_point(point: PainPoint) -> Json:
    """What a person set on a pain point."""
    return {
        "id": point.short,
        "title": point.title,
        "statement": point.statement,
        "status": str(point.status),
        "severity": point.severity,
        "priority": point.priority.name.lower(),
        "effort": point.effort,
        "confidence": point.confidence,
        "reach": point.reach,
        "impact": point.impact,
        "moscow": point.moscow,
        "persona": point.persona,
        "owner": point.owner,
        "story": point.story,
        "acceptance": point.acceptance,
        "tags": list(point.tags),
        "created_at": moment(point.created_at),
    }


def of_pain_view(view: PainView, score: Score, *, whole: bool) -> Json:
    """A pain point with its score; its quotes and plans too where ``whole``."""
    from dataclasses import asdict

    told = of_pain_point(view.pain_point) | {
        "score": asdict(score),
        "quotes": len(view.quotes),
        "roadmap": [plan.item.short for plan in view.plans],
    }
    if whole:
        told["evidence"] = [
            of_evidence(quote.evidence, quote.feedback.short) for quote in view.quotes
        ]
        told["plans"] = [
            of_roadmap_item(plan.item) | {"extent": str(plan.link.extent)}
            for plan in view.plans
        ]
    return told


def of_roadmap_item(item: RoadmapItem) -> Json:
    """Something planned."""
    return {
        "id": item.short,
        "title": item.title,
        "horizon": str(item.horizon),
        "status": str(item.status),
        "tracker": item.tracker,
        "key": item.key,
        "url": item.url,
    }


def of_roadmap_view(view: RoadmapView) -> Json:
    """Something planned, the pain it would settle, and how many people it hurts."""
    return of_roadmap_item(view.item) | {
        "people": view.people,
        "pain_points": [
            {"id": point.short, "title": point.title} for point in view.pain_points
        ],
    }


def of_entry(entry: Entry) -> Json:
    """A step as the journal keeps it."""
    return {
        "step": entry.id,
        "verb": entry.verb,
        "label": entry.label,
        "state": entry.state,
        "rows": entry.rows,
        "at": moment(entry.at),
        "by": entry.by,
    }


def plain(value: Any) -> Any:
    """The value as JSON can say it: sets as lists, times as text, keys as text."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def _other(match: Any, feedback_id: int) -> int:
    return int(match.right_id if match.left_id == feedback_id else match.left_id)


def reason_in_words(reason: Mapping[str, Any]) -> str:
    """A match's reason on one line: each part with what it says."""
    parts = []
    for name, value in reason.items():
        if isinstance(value, list | tuple):
            told = ", ".join(str(one) for one in value)
        else:
            told = "" if value is None else str(value)
        if told:
            parts.append(f"{name.replace('_', ' ')}: {told}")
    return "; ".join(parts)
