"""Price points lie where the curves cross, and those who contradict are left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.measures.price import Prices, prices_of, sensitivity

SAID = [
    Prices(5, 10, 15, 20), Prices(6, 9, 14, 18), Prices(4, 8, 16, 24),
    Prices(8, 12, 18, 25), Prices(5, 8, 12, 16), Prices(7, 10, 16, 22),
    Prices(3, 6, 10, 15), Prices(6, 11, 17, 24), Prices(5, 9, 13, 17),
    Prices(9, 14, 20, 30),
]  # fmt: skip


def test_curves_by_hand() -> None:
    """At ten, six of ten find it cheap, one expensive, none too cheap or too dear."""
    found = sensitivity(SAID)
    (at,) = [one for one in found.curves if one.price == 10]
    assert at[1:] == pytest.approx((0, 0.5, 0.1, 0))
    assert (found.n, found.inconsistent) == (10, 0)


def test_points_by_hand() -> None:
    """
    Each point is where two straight pieces meet, or half-way along where they lie.

    From 8 to 9 too cheap falls from .2 to .1 and not cheap rises from .1 to .3; from 16
    to 17 too expensive rises from .2 to .3 and not expensive falls from .3 to .2; at 12
    two find it cheap and two expensive; from 10 to 14 nobody refuses.
    """
    found = {one.name: one for one in sensitivity(SAID).points}
    assert list(found) == ["PMC", "OPP", "IDP", "PME"]
    assert [one.value for one in found.values()] == pytest.approx(
        [8 + 1 / 3, 12.0, 12.0, 16.5]
    )
    for one in found.values():
        assert one.n == 10
        assert one.interval is not None
        assert one.interval[0] <= (one.value or 0) <= one.interval[1]


def test_prices_that_do_not_rise() -> None:
    """Who finds a price dear that is cheaper than their cheap one is counted apart."""
    found = sensitivity([*SAID, Prices(20, 10, 15, 5), Prices(5, 5, 5, 5)])
    assert (found.n, found.inconsistent) == (10, 2)
    assert found.points == sensitivity(SAID).points


def test_too_few_people() -> None:
    """Nine people have curves and no points; nobody has neither."""
    nine = sensitivity(SAID[:9])
    assert {one.why for one in nine.points} == {"too few to say"}
    assert nine.curves
    none = sensitivity([])
    assert {one.why for one in none.points} == {"no answer"}
    assert none.curves == ()


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"too_cheap": 1, "cheap": "2.50", "expensive": "3,50", "too_expensive": "$ 5"},
         Prices(1, 2.5, 3.5, 5)),
        ({"too_cheap": 1, "cheap": 2, "expensive": 3}, None),
        ({"too_cheap": 1, "cheap": 2, "expensive": 3, "too_expensive": "much"}, None),
        ({"too_cheap": True, "cheap": 2, "expensive": 3, "too_expensive": 4}, None),
        ({"too_cheap": -1, "cheap": 2, "expensive": 3, "too_expensive": 4}, None),
    ],
)  # fmt: skip
def test_prices_as_sources_tell_them(
    told: dict[str, object], found: Prices | None
) -> None:
    """A point or a comma before cents, a currency's sign; four of them or none."""
    assert prices_of(told) == found


FOUR = st.lists(st.integers(1, 60), min_size=4, max_size=4).map(
    lambda one: Prices(*map(float, sorted(one)))
)


@given(st.lists(FOUR, min_size=10, max_size=20))
def test_curves_fall_and_rise(told: list[Prices]) -> None:
    """Fewer find it cheap as it gets dearer, more expensive; points are among prices."""
    found = sensitivity(told)
    for one, after in zip(found.curves, found.curves[1:], strict=False):
        assert one.too_cheap >= after.too_cheap
        assert one.cheap >= after.cheap
        assert one.expensive <= after.expensive
        assert one.too_expensive <= after.too_expensive
    for point in found.points:
        if point.value is not None:
            assert found.curves[0].price <= point.value <= found.curves[-1].price


@given(st.lists(FOUR, min_size=10, max_size=14), st.integers(2, 9))
def test_prices_in_another_currency(told: list[Prices], times: int) -> None:
    """At an exchange rate of ten, every point is ten times as much."""
    more = [Prices(*(times * price for price in one)) for one in told]
    for one, other in zip(
        sensitivity(told).points, sensitivity(more).points, strict=True
    ):
        assert (one.value is None) == (other.value is None)
        if one.value is not None:
            assert other.value == pytest.approx(times * one.value)
