"""How far a persona may be trusted, and what speaks against its map, rule by rule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import NOON
from triage.empathy import MAP, Area
from triage.measures.map_bias import Bias, Entry, Mapped, Voice, biases, summary
from triage.measures.persona_confidence import Level, confidence, is_due

DAYS = timedelta(days=1)

entries = st.lists(
    st.builds(
        Entry,
        area=st.sampled_from(list(Area)),
        is_observed=st.booleans(),
        by=st.sampled_from(["ada", "ben", ""]),
    ),
    max_size=12,
)
voices = st.lists(
    st.builds(
        Voice,
        person=st.integers(1, 6),
        source=st.sampled_from(["mail", "store"]),
        channel=st.sampled_from(["email", "review"]),
        at=st.integers(0, 400).map(lambda days: NOON - days * DAYS),
        company=st.sampled_from(["", "acme", "other"]),
        tone=st.integers(-1, 1),
        is_theirs=st.booleans(),
    ),
    max_size=12,
)
maps = st.builds(
    Mapped,
    entries=entries,
    voices=voices,
    made=st.just(NOON - 10 * DAYS),
    reviewed=st.none(),
    found=st.integers(0, 40),
    now=st.just(NOON),
)


def fair(**told: object) -> Mapped:
    """A map nobody objects to, but for what is told."""
    usual: dict[str, object] = {
        "entries": [Entry(area, True, "ada") for area in MAP],
        "voices": [
            Voice(
                person=key, source=("mail", "store")[key % 2], at=NOON - key * DAYS,
                channel=("email", "review")[key % 2], company=f"c{key}", tone=key % 3 - 1,
            )
            for key in range(6)
        ],
        "made": NOON, "reviewed": None, "found": 12, "now": NOON,
    }  # fmt: skip
    return Mapped(**{**usual, **told})  # type: ignore[arg-type]


def names(mapped: Mapped) -> list[str]:
    """What is objected to."""
    return [one.name for one in biases(mapped)]


def each(mapped: Mapped, **told: object) -> list[Voice]:
    """The map's voices, each with this instead."""
    from dataclasses import replace

    return [replace(one, **told) for one in mapped.voices]  # type: ignore[arg-type]


def test_nothing_to_object() -> None:
    """A map of many people, sources, channels and tones is fair, and says of whom."""
    assert biases(fair()) == ()
    assert (
        summary(fair()) == "6 entries, 6 observed; 6 quotes of 6 people in 2 channels"
    )


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"found": 0}, "assumed"),
        ({"voices": each(fair(), source="mail")}, "one_source"),
        ({"voices": each(fair(), channel="email")}, "one_channel"),
        ({"voices": each(fair(), tone=-1)}, "only_angry"),
        ({"voices": each(fair(), company="acme")}, "one_company"),
        ({"voices": each(fair(), is_theirs=False)}, "elsewhere"),
        ({"voices": each(fair(), at=NOON - 181 * DAYS)}, "old_quotes"),
        ({"voices": fair().voices[:4]}, "few_people"),
        ({"made": NOON - 91 * DAYS}, "not_reviewed"),
        ({"entries": fair().entries[:5]}, "empty"),
    ],
)
def test_each_objection(told: dict[str, object], name: str) -> None:
    """Each is raised by what it is about alone, with figures and what to do."""
    found = biases(fair(**told))
    assert [one.name for one in found] == [name]
    assert found[0].what
    assert found[0].todo
    assert found[0].figures


def test_half_is_not_more_than_half() -> None:
    """Half of the entries inferred, or half of the quotes one person's, is not yet."""
    half = [Entry(area, place % 2 == 0, str(place)) for place, area in enumerate(MAP)]
    assert names(fair(entries=half)) == []
    more = [*half, Entry(Area.SAYS, False, "x")]
    (bias,) = biases(fair(entries=more))
    assert (bias.name, bias.figures) == ("inferred", {"inferred": 4, "entries": 7})
    assert "4 of 7 entries are inferred" in bias.what
    one = [*fair().voices, *[fair().voices[0]] * 6]
    assert names(fair(voices=one)) == ["one_person"]


def test_a_review_counts_anew() -> None:
    """Reviewed since, a map is not stale, whenever it was made."""
    assert names(fair(made=NOON - 900 * DAYS, reviewed=NOON - 90 * DAYS)) == []


@given(maps, st.sampled_from(list(Area)), st.sampled_from(["ada", "ben"]))
def test_inferring_more_never_helps(mapped: Mapped, area: Area, by: str) -> None:
    """One more inferred entry never takes away the objection to how many there are."""
    from dataclasses import replace

    more = replace(mapped, entries=[*mapped.entries, Entry(area, False, by)])
    if "inferred" in names(mapped):
        assert "inferred" in names(more)
    assert set(names(mapped)) - set(names(more)) <= {"empty", "one_author"}


@given(maps)
def test_an_objection_is_stable(mapped: Mapped) -> None:
    """The same map has the same objections, each once, each with a sentence."""
    found = biases(mapped)
    assert found == biases(mapped)
    assert len({one.name for one in found}) == len(found)
    assert all(isinstance(one, Bias) and one.what and one.todo for one in found)


@pytest.mark.parametrize(
    ("told", "level", "wants"),
    [
        ({"people": 0}, Level.NONE, "somebody its query finds"),
        ({"people": 4}, Level.LOW, "5 people, not 4"),
        ({"entries": 0, "observed": 0}, Level.LOW, "entries on its map"),
        ({"observed": 1}, Level.LOW, "a third of its entries observed, not 1 of 4"),
        ({"last": NOON - 181 * DAYS}, Level.LOW, "somebody heard in the last 180 days"),
        ({"people": 11}, Level.FAIR, "12 people, not 11"),
        ({"channels": 1}, Level.FAIR, "2 channels, not 1"),
        ({"last": NOON - 91 * DAYS}, Level.FAIR, "somebody heard in the last 90 days"),
        ({}, Level.GOOD, None),
    ],
)
def test_how_far_to_trust(
    told: dict[str, object], level: Level, wants: str | None
) -> None:
    """Each level has its conditions; what lacks for the next is named."""
    usual: dict[str, object] = {
        "people": 12, "channels": 2, "entries": 4, "observed": 2, "last": NOON,
        "now": NOON,
    }  # fmt: skip
    found = confidence(**{**usual, **told})  # type: ignore[arg-type]
    assert found.level is level
    assert found.wants == (() if wants is None else (wants,))


@given(
    st.integers(0, 30), st.integers(1, 4), st.integers(0, 9), st.integers(0, 9),
    st.integers(0, 300),
)  # fmt: skip
def test_more_people_never_less_trust(
    people: int, channels: int, observed: int, inferred: int, days: int
) -> None:
    """One more person, or one more observed entry, never lowers the level."""
    order = list(Level)

    def level(people: int, observed: int) -> int:
        told = confidence(
            people=people, channels=channels, entries=observed + inferred,
            observed=observed, last=NOON - days * DAYS, now=NOON,
        )  # fmt: skip
        return order.index(told.level)

    assert level(people + 1, observed) >= level(people, observed)
    assert level(people, observed + 1) >= level(people, observed)


def test_when_a_review_is_due() -> None:
    """Ninety days after the last look, or else after it was made; never without."""
    assert not is_due(NOON, None, NOON + 90 * DAYS)
    assert is_due(NOON, None, NOON + 91 * DAYS)
    assert not is_due(NOON, NOON + 50 * DAYS, NOON + 140 * DAYS)
    assert not is_due(None, None, NOON)
