"""What moved between two rankings by one formula, and why, from nothing but data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from triage.model import PainPoint
from triage.scoring.case import Heard
from triage.scoring.formulas import input_named
from triage.scoring.inputs import figure
from triage.scoring.ranking import Ranked, Ranking
from triage.scoring.scored import Origin, Part
from triage.scoring.voices import latest, segment_of
from triage.text.counting import counted
from triage.weights import Weights

_NAMED = 3
"""So many others are named; of more it is said how many they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """
    One pain point in two rankings.

    Attributes:
        pain_point: As it is in the later one, or was in the earlier.
        rank: Its place in the later one; None where it has none, as ``rank_before``.
        value: What it ranks by in the later one, as ``value_before`` in the earlier.
        why: What is different about it, in a phrase; "" where nothing is.
    """

    pain_point: PainPoint
    rank: int | None
    rank_before: int | None
    value: float | None
    value_before: float | None
    why: str

    @property
    def way(self) -> str:
        """One word or two: "up 4", "down 2", "new", "gone" or "stays"."""
        if self.rank is None:
            return "gone"
        if self.rank_before is None:
            return "new"
        places = self.rank_before - self.rank
        if not places:
            return "stays"
        return f"{'up' if places > 0 else 'down'} {abs(places):,}"

    @property
    def says(self) -> str:
        """The whole in a sentence: "up 4: 3 new people from 2 companies"."""
        return f"{self.way}: {self.why}" if self.why else self.way


def moved(
    before: Ranking,
    after: Ranking,
    weights: Weights,
    known: Mapping[int, PainPoint],
) -> tuple[Moved, ...]:
    """
    Everything in either ranking, in the order of the later one; what is gone last.

    Args:
        weights: Those of the later one, by whose segments people are told apart.
        known: Every pain point there was at the later moment, ranked or not.
    """
    was = {row.case.pain_point.id: row for row in before.rows}
    now = {row.case.pain_point.id: row for row in after.rows}
    places = _Places(before, after)
    found = []
    for key, row in now.items():
        earlier = was.get(key)
        if earlier is None:
            why = _who(latest(row.case.heard), weights, "person", "people")
        else:
            why = "; ".join(_reasons(earlier, row, weights)) or places.why(key)
        found.append(_moved(row, earlier, row.case.pain_point, why))
    for key, row in was.items():
        if key not in now:
            left = known.get(key)
            why = left.status.value if left else "taken back"
            found.append(_moved(None, row, left or row.case.pain_point, why))
    return tuple(found)


def _moved(
    now: Ranked | None, was: Ranked | None, pain_point: PainPoint, why: str
) -> Moved:
    return Moved(
        pain_point=pain_point,
        rank=now.rank if now else None,
        rank_before=was.rank if was else None,
        value=now.scored.ranks_by if now else None,
        value_before=was.scored.ranks_by if was else None,
        why=why,
    )


def _reasons(was: Ranked, now: Ranked, weights: Weights) -> Iterator[str]:
    """What is different about a pain point itself."""
    placed, before = now.scored.placed, was.scored.placed
    if placed and (before is None or before.value != placed.value):
        who = f" by {placed.by}" if placed.by else ""
        reason = f" ({placed.reason})" if placed.reason else ""
        yield f"placed by hand{who}{reason}"
    elif before and placed is None:
        yield "no longer placed by hand"
    told = [*_heard(was, now, weights), *_inputs(was, now)]
    yield from told
    if not told and was.scored.value != now.scored.value:
        yield from _counted(was, now)


def _heard(was: Ranked, now: Ranked, weights: Weights) -> Iterator[str]:
    """Who came, who went, and whose word weighs something else."""
    then = {one.person: one for one in latest(was.case.heard)}
    here = {one.person: one for one in latest(now.case.heard)}
    came = [one for person, one in here.items() if person not in then]
    left = [one for person, one in then.items() if person not in here]
    quoted = {one.evidence_id for one in was.case.heard}
    still = {one.evidence_id for one in now.case.heard}
    apart = [one for one in came if one.evidence_id in quoted]
    joined = [one for one in left if one.evidence_id in still]
    if new := [one for one in came if one not in apart]:
        yield _who(new, weights, "new person", "new people")
    if gone := [one for one in left if one not in joined]:
        yield _who(gone, weights, "person", "people") + " no longer heard"
    if len(joined) != len(apart):
        fewer = len(joined) > len(apart)
        many = counted(abs(len(joined) - len(apart)), "person", "people")
        yield f"{many} now counted {'as one with others' if fewer else 'apart'}"
    for_both = [(then[person], one) for person, one in here.items() if person in then]
    yield from _matters(for_both)


def _matters(both: Sequence[tuple[Heard, Heard]]) -> Iterator[str]:
    """How much it matters to who was heard before and is."""
    more = sum(now.importance > was.importance for was, now in both)
    less = sum(now.importance < was.importance for was, now in both)
    said = sum(now.observed > was.observed for was, now in both)
    guessed = sum(now.observed < was.observed for was, now in both)
    for many, one, several in (
        (more, "matters more to", "matters more to"),
        (less, "matters less to", "matters less to"),
        (said, "said, not inferred, by", "said, not inferred, by"),
        (guessed, "inferred, not said, by", "inferred, not said, by"),
    ):
        if many:
            yield f"{one if many == 1 else several} {counted(many, 'person', 'people')}"


def _who(voices: Sequence[Heard], weights: Weights, one: str, several: str) -> str:
    """So many people, from so many companies, of which segments."""
    companies = len({voice.company for voice in voices if voice.company})
    segments = [segment_of(voice, weights)[0] for voice in voices]
    whole = segments[0] if segments and len(set(segments)) == 1 else ""
    kind = f"{whole} " if whole else ""
    told = counted(len(voices), one, several)
    if companies:
        told += f" from {counted(companies, f'{kind}company', f'{kind}companies')}"
    elif whole:
        told += f", {whole}"
    if not whole:
        for segment in weights.segments:
            if many := segments.count(segment.name):
                told += f", {many:,} of them {segment.name}"
    return told


def _inputs(was: Ranked, now: Ranked) -> Iterator[str]:
    """What people or the settings set otherwise."""
    is_weighed_anew = was.scored.weights_hash != now.scored.weights_hash
    for name, before, after in _parts(was, now):
        told = _set(before), _set(after)
        if told[0] == told[1]:
            continue
        origins = {part.origin for part in (before, after) if part}
        if Origin.PERSON in origins:
            by = f" ({after.by})" if after and after.by else ""
            yield f"{name} {told[0]} → {told[1]}{by}"
        elif origins == {Origin.SETTINGS} and is_weighed_anew and before and after:
            yield f"weight of {name} {told[0]} → {told[1]}"


def _counted(was: Ranked, now: Ranked) -> Iterator[str]:
    """What is counted otherwise though nobody set anything: time passes."""
    found = False
    for name, before, after in _parts(was, now):
        told = [figure(part.value) if part else "0" for part in (before, after)]
        if told[0] != told[1]:
            found = True
            yield f"{name} {told[0]} → {told[1]}"
    if not found and was.scored.weights_hash != now.scored.weights_hash:
        yield "other weights"


def _parts(was: Ranked, now: Ranked) -> Iterator[tuple[str, Part | None, Part | None]]:
    """Each input by name, as it was and as it is."""
    then = {part.name: part for part in was.scored.parts}
    here = {part.name: part for part in now.scored.parts}
    for name in dict.fromkeys((*here, *then)):
        yield name, then.get(name), here.get(name)


def _set(part: Part | None) -> str:
    """What somebody set; of a day the day, however much it presses meanwhile."""
    if part is None or part.origin is Origin.DEFAULT:
        return "not set"
    asked = input_named(part.name)
    if asked is not None and asked.unit == "day":
        return part.says.rpartition(" ")[2]
    return figure(part.value)


class _Places:
    """
    Who stood above whom, to tell why one moved that is as it was.

    Sets of pain points are the bits of a number: thousands are compared at once.
    """

    def __init__(self, before: Ranking, after: Ranking) -> None:
        self._then, self._above_then = _ranks(before), _aboves(before)
        self._now, self._above_now = _ranks(after), _aboves(after)
        self._was, self._is = _set_of(self._then), _set_of(self._now)

    def why(self, key: int) -> str:
        """Whom it went past and who went past it; "" where it stays."""
        if self._then[key] == self._now[key]:
            return ""
        then, now = self._above_then[key], self._above_now[key]
        told = (
            (then & self._is & ~now, "fell below it"),
            (now & self._was & ~then, "went past it"),
            (now & ~self._was, "came above it"),
            (then & ~self._is, "above it left"),
        )
        return "; ".join(f"{_short(keys)} {what}" for keys, what in told if keys)


def _ranks(ranking: Ranking) -> dict[int, int]:
    return {row.case.pain_point.id: row.rank for row in ranking.rows}


def _aboves(ranking: Ranking) -> dict[int, int]:
    """All that is above each."""
    found: dict[int, int] = {}
    above = 0
    for row in ranking.rows:
        found[row.case.pain_point.id] = above
        above |= 1 << row.case.pain_point.id
    return found


def _set_of(keys: Iterable[int]) -> int:
    found = 0
    for key in keys:
        found |= 1 << key
    return found


def _short(keys: int) -> str:
    """The first of a set by name: "p1, p2, p3 and 4 more"."""
    many = keys.bit_count()
    names = []
    for _ in range(min(many, _NAMED + 1)):
        lowest = keys & -keys
        names.append(f"p{lowest.bit_length() - 1}")
        keys ^= lowest
    if many > _NAMED + 1:
        return f"{', '.join(names[:_NAMED])} and {many - _NAMED:,} more"
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
