"""
Weights learnt from rated texts, and how well they tell the pleased from the others.

Logistic regression (``sentiment_fit``) on the listed words' balance and opening and
on hashed words and pairs; the same files give the same weights, byte for byte, as
nothing is drawn by chance but the folds, whose seed is kept.
"""

from __future__ import annotations

import hashlib
import json
import random
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triage.errors import UsageError
from triage.model import Sentiment
from triage.text.language import language
from triage.text.sentiment import features, label, of_rating, score
from triage.text.sentiment_fit import Table, descended, shift
from triage.text.sentiment_weights import Weights

SEED = 7
"""Deals the rows into folds."""

FOLDS = 5

_HELD = 5
"""Parts left out in turn to set the start by."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A text whose writer said in stars, or somebody for them, how pleased they are."""

    text: str
    language: str
    pleased: bool


@dataclass(frozen=True, slots=True)
class Score:
    """
    How well texts were told apart.

    Attributes:
        balanced: Mean of the shares of pleased and of displeased told right; a text
            told neutral is told wrong.
        neutral: Share told neither.
    """

    rows: int
    balanced: float
    neutral: float


def read(file: Path) -> list[Rated]:
    """
    The rated texts of a file of JSON lines: text, rating (on scale, 1-5) or label.

    Ratings in the middle are left out, and all but the first of equal texts.
    """
    found: dict[str, Rated] = {}
    for number, line in enumerate(_lines(file), 1):
        try:
            row = json.loads(line)
            text, pleased = str(row["text"]), _pleased(row)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(
                f"{file}:{number} is no JSON object with text and rating or label"
            ) from error
        if pleased is not None:
            told = row.get("lang") or row.get("language") or language(text)[0]
            found.setdefault(text, Rated(text, str(told), pleased))
    return list(found.values())


def train(files: Mapping[Path, str]) -> Weights:
    """Weights learnt from these files, each with the licence of its texts."""
    rows: dict[str, Rated] = {}
    sets = []
    for file, licence in files.items():
        told = read(file)
        rows |= {row.text: row for row in told}
        sets.append(
            {
                "name": file.stem,
                "licence": licence,
                "rows": len(told),
                "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            }
        )
    every = list(rows.values())
    if len({row.pleased for row in every}) < 2:
        raise UsageError("weights are learnt from pleased and displeased rows both")
    about = {
        "sets": sets,
        "rows": len(every),
        "seed": SEED,
        "folds": {
            name: {"rows": one.rows, "balanced": round(one.balanced, 4)}
            for name, one in crossed(every).items()
        },
    }
    return fitted(every, about)


def crossed(rows: Sequence[Rated]) -> dict[str, Score]:
    """How well rows are told by weights that never saw them, by language."""
    fold = random.Random(SEED)
    dealt = [fold.randrange(FOLDS) for _ in rows]
    scored: dict[str, list[tuple[bool, float]]] = {}
    for part in range(FOLDS):
        seen = [row for row, at in zip(rows, dealt, strict=True) if at != part]
        weights = fitted(seen, {})
        for row, at in zip(rows, dealt, strict=True):
            if at == part:
                told = score(row.text, row.language, weights)
                scored.setdefault(row.language, []).append((row.pleased, told))
    return {name: _scored(pairs) for name, pairs in sorted(scored.items())}


def evaluate(rows: Sequence[Rated], weights: Weights) -> Score:
    """How well these weights tell these rows."""
    return _scored(
        [(row.pleased, score(row.text, row.language, weights)) for row in rows]
    )


def fitted(rows: Sequence[Rated], about: Mapping[str, Any]) -> Weights:
    """
    Weights that tell these rows apart, the start such that both sides are told as well.

    Rows learnt from look surer than they are, so the start is set on rows left out.
    """
    every = table(rows)
    fold = random.Random(SEED + 1)
    dealt = [fold.randrange(_HELD) for _ in rows]
    held: list[tuple[float, bool]] = []
    for part in range(_HELD):
        inside = [at != part for at in dealt]
        left = every.only([not one for one in inside])
        if left.rows and every.only(inside).two_sided:
            learnt = descended(every.only(inside))
            held += zip(left.told(learnt), left.pleased, strict=True)
    now = descended(every)
    top = max(map(abs, now.slots)) or 1.0
    return Weights(
        about=about,
        languages=frozenset(_taught(rows)),
        listed=(round(now.listed[0], 4), round(now.listed[1], 4)),
        start=round(now.listed[2] + shift(held), 4),
        step=round(top / 127, 6),
        values=array("b", [round(value / top * 127) for value in now.slots]),
    )


def table(rows: Sequence[Rated]) -> Table:
    """The features of rows."""
    sides = [features(row.text, row.language) for row in rows]
    return Table(
        [(balance, opening, 1.0) for balance, opening, _ in sides],
        [shares for *_, shares in sides],
        [row.pleased for row in rows],
    )


def _taught(rows: Sequence[Rated]) -> Iterator[str]:
    """The languages with rows enough to learn words from."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.language] = counts.get(row.language, 0) + 1
    return (name for name, many in counts.items() if name and many >= _ENOUGH)


_ENOUGH = 200


def _scored(pairs: Sequence[tuple[bool, float]]) -> Score:
    shares = []
    for side, want in ((True, Sentiment.POSITIVE), (False, Sentiment.NEGATIVE)):
        told = [label(value) for pleased, value in pairs if pleased is side]
        if told:
            shares.append(sum(one is want for one in told) / len(told))
    neutral = sum(label(value) is Sentiment.NEUTRAL for _, value in pairs)
    return Score(
        rows=len(pairs),
        balanced=sum(shares) / len(shares) if shares else 0.0,
        neutral=neutral / len(pairs) if pairs else 0.0,
    )


def _pleased(row: Mapping[str, Any]) -> bool | None:
    told = row.get("label")
    if told is not None:
        word = str(told).casefold()
        return {"positive": True, "1": True, "negative": False, "0": False}.get(word)
    given = row.get("rating")
    if given is None:
        return None
    rated = of_rating(float(given), str(row.get("scale") or "1-5"))
    return None if rated is None or abs(rated) < 0.5 else rated > 0


def _lines(file: Path) -> Iterator[str]:
    try:
        with file.open(encoding="utf-8") as opened:
            yield from (line for line in opened if line.strip())
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is no text in UTF-8") from error
