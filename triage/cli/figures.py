"""How figures are printed: with their n and interval, for programs and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.output import count

if TYPE_CHECKING:
    from triage.measures import Mean
    from triage.workspace.numbers import Scale, Share, Tally


def tally_shape(tally: Tally) -> dict[str, Any]:
    """What was counted: how it sounds and how it was rated."""
    return {
        "n": tally.n,
        "wordless": tally.wordless.total(),
        "sentiments": [share_shape(one) for one in tally.shares()],
        "ratings": [
            {"metric": one[0], "scale": one[1], **mean_shape(tally.mean(one)),
             "counts": [
                 {"rating": rating, "count": told[rating]} for rating in sorted(told)
             ]}
            for one, told in sorted(tally.ratings.items())
        ],
    }  # fmt: skip


def share_shape(one: Share) -> dict[str, Any]:
    """A share with its interval."""
    low, high = one.interval
    return {
        "name": one.name or "unread", "count": one.count, "share": round(one.share, 4),
        "low": round(low, 4), "high": round(high, 4),
    }  # fmt: skip


def mean_shape(one: Mean) -> dict[str, Any]:
    """A mean with its n and its interval."""
    low, high = one.interval or (None, None)
    return {
        "n": one.n, "mean": rounded(one.value),
        "low": rounded(low), "high": rounded(high),
    }  # fmt: skip


def rounded(value: float | None) -> float | None:
    """Four digits; None stays what it is."""
    return None if value is None else round(value, 4)


def scale(scale: Scale) -> str:
    """``stars 1-5``."""
    return " ".join(one for one in scale if one) or "rating"


def between(one: Mean) -> str:
    """``2.16–4.02``; too few is an answer, and nothing is none."""
    if one.interval is None:
        return "too few" if one.n else ""
    return f"{one.interval[0]:.2f}–{one.interval[1]:.2f}"


def span(one: Share) -> str:
    """``38–44 %``."""
    low, high = one.interval
    return f"{low * 100:.0f}–{high * 100:.0f} %"


def wordless(tally: Tally) -> str:
    """``; 12 ratings came without a word``; nothing where none did."""
    alone = tally.wordless.total()
    return f"; {count(alone, 'rating')} came without a word" if alone else ""
