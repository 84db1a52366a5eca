"""Highlight: passages a person underlines, and what they hear in them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from triage.errors import UsageError
from triage.model import Feedback
from triage.operations.changes import added, edited, moment, removed
from triage.operations.labels import named, naming, quoted
from triage.operations.pain_points import Span, text_of, words_at
from triage.operations.tags import LONGEST, called, renamed, tidied
from triage.research import Comparison, Feeling, Highlight
from triage.step import Change, Step

INTENSITIES = {1: "a little", 2: "plainly", 3: "very much"}
"""How strongly somebody felt; a feeling named alone is felt plainly."""

PLAINLY = 2


def passage(highlight: Highlight, feedback: Feedback, span: Span | None) -> Highlight:
    """
    The highlight with its words copied from the text, exactly; all without a span.

    Raises:
        UsageError: The span is not within the text, or holds no words.
    """
    chosen = words_at(feedback, span)
    quote = text_of(feedback)[chosen.start : chosen.end]
    if not quote.strip():
        raise UsageError(f"there are no words at that place of {feedback.short}")
    return replace(
        highlight,
        feedback_id=feedback.id,
        quote=quote,
        start=chosen.start,
        end=chosen.end,
    )


def found_again(feedback: Feedback, quote: str, start: int) -> Span | None:
    """Where these words stand now, nearest to where they stood; None for nowhere."""
    text = text_of(feedback)
    places = []
    at = text.find(quote)
    while at >= 0 and quote:
        places.append(at)
        at = text.find(quote, at + 1)
    if not places:
        return None
    nearest = min(places, key=lambda place: abs(place - start))
    return Span(nearest, nearest + len(quote))


def same_passage(one: Highlight, other: Highlight) -> bool:
    """Whether both underline the same words at the same place."""
    return _place(one) == _place(other)


def highlight(made: Highlight, feedback: Feedback) -> Step:
    """A passage is underlined."""
    told = _checked(made)
    return Step(
        "highlight",
        named(f"Highlighted {_telling(told)} in {naming([feedback])}"),
        (added("highlight", told.id, highlight_columns(told)),),
    )


def change(before: Highlight, after: Highlight) -> Step:
    """Something else is heard in it; only what differs."""
    told = _checked(after)
    done = edited(
        "highlight", before.id, highlight_columns(before), highlight_columns(told)
    )
    names = ", ".join(done.after or ()) if done else "nothing"
    return Step(
        "highlight",
        named(f"Changed {before.short} {_telling(told)}: {names}"),
        (done,) if done else (),
    )


def remove(
    highlight: Highlight, feedback: Feedback, cited_by: Sequence[str] = ()
) -> Step:
    """
    A highlight goes, unless an entry of an empathy map still cites it.

    Args:
        cited_by: Entries that do, as people know them.

    Raises:
        UsageError: There is one; names it.
    """
    if cited_by:
        raise UsageError(
            f"{highlight.short} stays: it is cited by {', '.join(cited_by)};"
            " take it out there first"
        )
    return Step(
        "highlight",
        named(
            f"Removed {highlight.short} {quoted(highlight.quote)} from"
            f" {naming([feedback])}"
        ),
        (removed("highlight", highlight.id, highlight_columns(highlight)),),
    )


def retag(
    found: Sequence[Highlight], old: str, new: str, known: Mapping[str, str]
) -> tuple[Change, ...]:
    """A tag is called something else in these: changes for a step of all it is on."""
    wanted = called(old, new, known)
    changes = (
        edited(
            "highlight", one.id, highlight_columns(one),
            highlight_columns(replace(one, tags=renamed(one.tags, old, wanted))),
        )
        for one in found
    )  # fmt: skip
    return tuple(change for change in changes if change is not None)


def hearing(
    highlight: Highlight, known: Mapping[str, str], told: Mapping[str, Any]
) -> Highlight:
    """
    The highlight with what was told of it; what was not told stays.

    A feeling named without intensity keeps the one there was, else it is felt plainly;
    without a feeling there is no intensity.

    Args:
        known: Every tag there is, folded, to as it was first written.
        told: tags, feeling, intensity, meaning, comparison; None takes one away.
    """
    wanted = dict(told)
    if "tags" in wanted:
        wanted["tags"] = tuple(tidied(wanted["tags"] or (), known).values())
    if "intensity" in wanted:
        wanted["intensity"] = wanted["intensity"] or 0
    after = replace(highlight, **wanted)
    if after.feeling is None and "intensity" not in told:
        return replace(after, intensity=0)
    if after.feeling is not None and not after.intensity:
        return replace(after, intensity=highlight.intensity or PLAINLY)
    return after


def _checked(highlight: Highlight) -> Highlight:
    intensity = highlight.intensity
    if highlight.feeling is None and intensity:
        raise UsageError("an intensity is that of a feeling; say which, as angry:3")
    if highlight.feeling is not None and intensity not in INTENSITIES:
        raise UsageError(f"intensity is {intensity}; it goes from 1 to 3")
    if highlight.comparison is None:
        return highlight
    return replace(highlight, comparison=_compared(highlight.comparison))


def _compared(comparison: Comparison) -> Comparison:
    competitor = _line("competitor", comparison.competitor)
    if not competitor:
        raise UsageError("a comparison needs a competitor: with whom are we compared?")
    return replace(
        comparison,
        competitor=competitor,
        aspect=_line("aspect", comparison.aspect).lower(),
    )


def _line(what: str, told: str) -> str:
    name = unicodedata.normalize("NFC", " ".join(told.split()))
    if len(name) > LONGEST:
        raise UsageError(f"{name[:20]}… is too long for {what}: {LONGEST} at most")
    if not name.isprintable():
        raise UsageError(f"{name!r} is no name of a {what}; use letters and digits")
    return name


def felt(feeling: Feeling, intensity: int) -> str:
    """A feeling as people type it: ``frustrated:2``."""
    return f"{feeling.value}:{intensity}"


def _telling(highlight: Highlight) -> str:
    """The words, and what was heard in them: ``“…” (frustrated:2, need)``."""
    told = []
    if highlight.feeling is not None:
        told.append(felt(highlight.feeling, highlight.intensity))
    if highlight.meaning is not None:
        told.append(highlight.meaning.value)
    beside = highlight.comparison
    if beside is not None:
        told.append(f"{beside.competitor} {beside.stance.value}")
    words = quoted(highlight.quote)
    return f"{words} ({', '.join(told)})" if told else words


def _place(highlight: Highlight) -> tuple[int, int, int, str]:
    one = highlight
    return one.feedback_id, one.start, one.end, one.quote


def highlight_columns(highlight: Highlight) -> dict[str, Any]:
    """The row of a highlight, without its key."""
    beside = highlight.comparison
    return {
        "feedback_id": highlight.feedback_id,
        "quote": highlight.quote,
        "start": highlight.start,
        "end": highlight.end,
        "tags": json.dumps(list(highlight.tags), separators=(",", ":")),
        "feeling": highlight.feeling.value if highlight.feeling else "",
        "intensity": highlight.intensity,
        "meaning": highlight.meaning.value if highlight.meaning else "",
        "competitor": beside.competitor if beside else "",
        "aspect": beside.aspect if beside else "",
        "stance": beside.stance.value if beside else "",
        "at": moment(highlight.at),
        "by": highlight.by,
    }
