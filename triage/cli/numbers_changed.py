"""numbers --changed: a version beside the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.figures import between, mean_shape, rounded, share_shape, span
from triage.cli.figures import scale as scale_named
from triage.cli.output import day, emit, emit_json, moment, note, table
from triage.model import Sentiment
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.measures import Difference
    from triage.query import Query
    from triage.workspace.changed import Changed, Release, Shift


def tell(found: Changed, query: Query, *, as_json: bool) -> None:
    """Print it, for a program or for a person."""
    if as_json:
        emit_json("numbers-changed", _told(found, query))
    else:
        _show(found)


def _told(found: Changed, query: Query) -> dict[str, Any]:
    metric, scale = found.scale or ("", "")
    return {
        "query": str(query),
        "sentence": found.sentence,
        "metric": metric,
        "scale": scale,
        "after": _release(found.after, found),
        "before": _release(found.before, found) if found.before else None,
        "ratings": _difference(found.ratings),
        "negative": _difference(found.negative),
        "compared": found.compared,
        "shifts": [_shift(one) for one in found.shifts],
    }


def _release(one: Release, found: Changed) -> dict[str, Any]:
    negative = share_shape(one.tally.share(Sentiment.NEGATIVE))
    return {
        "name": one.name,
        "versions": list(one.versions),
        "first_at": moment(one.first_at),
        "last_at": moment(one.last_at),
        "n": one.tally.n,
        "wordless": one.tally.wordless.total(),
        "rating": mean_shape(one.tally.mean(found.scale or ("", ""))),
        "negative": {name: negative[name] for name in negative if name != "name"},
    }


def _difference(one: Difference) -> dict[str, Any]:
    low, high = one.interval or (None, None)
    return {
        "value": rounded(one.value), "low": rounded(low), "high": rounded(high),
        "sure": one.is_sure,
    }  # fmt: skip


def _shift(one: Shift) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.short,
        "title": one.title,
        "new": one.is_new,
        "after": {"people": one.after.count, "of": one.after.n},
        "before": {"people": one.before.count, "of": one.before.n},
        "change": _difference(one.change),
        "quotes": [
            {"feedback": f"f{said.number}", "text": said.text} for said in one.words
        ],
    }


def _show(found: Changed) -> None:
    emit(found.sentence)
    emit()
    table(
        ("version", "from", "to", ">feedback", *_head(found), ">negative", "interval"),
        [
            _line(one, found)
            for one in (found.after, found.before)
            if one is not None
        ],
    )  # fmt: skip
    emit()
    for release in (found.after, found.before):
        if release is not None and release.versions != (release.name,):
            told = ", ".join(one_line(each, 30) for each in release.versions)
            emit(f"{release.name} is {told}")
    if found.before is None:
        return
    emit(found.sentiment_sentence)
    emit()
    emit(found.shifts_sentence)
    for one in found.shifts:
        emit()
        emit(f"{one.short}  {one_line(one.title, 100)}")
        emit(f"    {one.sentence}")
        for said in one.words:
            emit(f"    f{said.number}  “{one_line(said.text, 160)}”")
    note("shares are of people; each interval of a difference is Newcombe's")


def _head(found: Changed) -> list[str]:
    if found.scale is None:
        return []
    return [f">{scale_named(found.scale)}", "interval", ">n"]


def _line(one: Release, found: Changed) -> list[object]:
    rated: list[object] = []
    if found.scale is not None:
        mean = one.tally.mean(found.scale)
        value = "" if mean.value is None else f"{mean.value:.2f}"
        rated = [value, between(mean), mean.n or ""]
    negative = one.tally.share(Sentiment.NEGATIVE)
    sounds = [f"{negative.share:.0%}", span(negative)] if negative.n else ["", ""]
    return [
        one.name, day(one.first_at), day(one.last_at), one.tally.n,
        *rated, *sounds,
    ]  # fmt: skip
