"""Kano: what its presence and its absence would do to people, from paired answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from triage.scoring.case import Case
from triage.scoring.formula import Formula, Input, Reckoned
from triage.scoring.inputs import estimate, figure, rounded
from triage.weights import Weights

ANSWERS = ("like", "expect", "neutral", "tolerate", "dislike")
"""To “how do you feel if you have it”, and to “how if you do not”."""

TABLE: Mapping[str, str] = MappingProxyType(
    {"like": "QAAAO", "expect": "RIIIM", "neutral": "RIIIM",
     "tolerate": "RIIIM", "dislike": "RRRRQ"}
)  # fmt: skip
"""The category by the answer with it (row) and without (column, as in ``ANSWERS``)."""

CATEGORIES: Mapping[str, str] = MappingProxyType(
    {"M": "must-be", "O": "one-dimensional", "A": "attractive", "I": "indifferent",
     "R": "reverse", "Q": "questionable"}
)  # fmt: skip
"""In this order one goes before another where as many answers say so."""

_WITH = dict(zip(ANSWERS, (4, 2, 0, -1, -2), strict=True))
_WITHOUT = dict(zip(ANSWERS, (-2, -1, 0, 2, 4), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kano:
    """
    What paired answers say.

    Attributes:
        counts: Answers by category: M, O, A, I, R, Q.
        category: The one most answers are of.
        better: Share that its presence would please; ``worse``, 0 to -1, that its
            absence would annoy. Q and R are left out; None where nothing else is.
        left_out: Share of the answers that are Q or R.
        functional: Mean answer with it, -2 to 4; ``dysfunctional`` without it. Over
            all answers.
    """

    counts: Mapping[str, int]
    category: str
    better: float | None
    worse: float | None
    left_out: float
    functional: float
    dysfunctional: float


def kano(answers: Mapping[tuple[str, str], int]) -> Kano | None:
    """What these pairs (with it, without it) say, each so often; None for none."""
    n = sum(answers.values())
    if not n:
        return None
    counts: Counter[str] = Counter()
    for (present, absent), many in answers.items():
        counts[TABLE[present][ANSWERS.index(absent)]] += many
    told = counts["A"] + counts["O"] + counts["M"] + counts["I"]
    best = max(CATEGORIES, key=lambda one: counts[one])
    return Kano(
        counts={one: counts[one] for one in CATEGORIES},
        category=CATEGORIES[best],
        better=(counts["A"] + counts["O"]) / told if told else None,
        worse=-(counts["O"] + counts["M"]) / told if told else None,
        left_out=(n - told) / n,
        functional=sum(_WITH[one] * many for (one, _), many in answers.items()) / n,
        dysfunctional=(
            sum(_WITHOUT[one] * many for (_, one), many in answers.items()) / n
        ),
    )


def of_case(case: Case) -> Kano | None:
    """What is known of one pain point; None where nobody answered."""
    return kano(_answers(case))


def reckon(case: Case, weights: Weights, as_of: datetime) -> Reckoned:
    """The better coefficient; the working tells the category and everything else."""
    del weights, as_of
    parts = tuple(
        part
        for present, absent in _answers(case)
        if (part := estimate(case, f"kano.{present}.{absent}"))
    )
    found = of_case(case)
    if found is None or found.better is None or found.worse is None:
        return Reckoned(parts=parts, lacks=("kano",))
    value, n = rounded(found.better), found.counts
    told = n["A"] + n["O"] + n["M"] + n["I"]
    return Reckoned(
        value=value,
        parts=parts,
        working=(
            f"better ({n['A']} A + {n['O']} O) ÷ {told} = {figure(value)};"
            f" worse −({n['O']} O + {n['M']} M) ÷ {told} = {figure(found.worse)};"
            f" {found.category}; Q and R left out: {n['Q'] + n['R']},"
            f" {found.left_out:.0%} of all; means {figure(found.functional)} with it,"
            f" {figure(found.dysfunctional)} without"
        ),
    )


def _answers(case: Case) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for one in case.estimates:
        head, _, pair = one.name.partition(".")
        present, _, absent = pair.partition(".")
        if head == "kano" and present in ANSWERS and absent in ANSWERS:
            found[present, absent] = int(one.value)
    return dict(
        sorted(found.items(), key=lambda one: [ANSWERS.index(a) for a in one[0]])
    )


KANO = Formula(
    name="kano",
    version=1,
    says=(
        "score = better = (A + O) ÷ (A + O + M + I); worse = −(O + M) ÷ the same;"
        " each pair of answers is of a category by Kano's table; Q and R are left out"
        " and their share is told"
    ),
    source="Kano (1984), Berger et al. (1993)",
    inputs=(
        Input(
            name="kano.*", unit="count",
            tails=tuple(f"{one}.{other}" for one in ANSWERS for other in ANSWERS),
            says="How many answer so: with it, then without it, kano.like.dislike",
        ),
    ),
    reckon=reckon,
)  # fmt: skip
