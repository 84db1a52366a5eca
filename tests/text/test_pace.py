"""How fast and how long, as people say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.text.pace import Pace, spell


class Watch:
    """A clock that stands where it is put."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_not_known_is_not_told() -> None:
    """Nothing is told of time left before a rate means anything, or without a share."""
    watch = Watch()
    pace = Pace(watch)
    assert pace.told(0, None) == ""
    watch.now = 1.0
    assert pace.told(500, 0.4) == "500/s, 40 %"
    watch.now = 10.0
    assert pace.told(5000, None) == "500/s"
    assert pace.told(5000, 0.25) == "500/s, 25 %, 30 s left"
    assert pace.told(None, 1.0) == "100 %"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "1 s"), (42.4, "42 s"), (89, "89 s"), (150, "2 min"), (5400, "2 h"), (9000, "2 h")],
)  # fmt: skip
def test_spans(seconds: float, said: str) -> None:
    """A span is told as exactly as anybody needs it."""
    assert spell(seconds) == said


@given(st.floats(0.1, 1e6), st.integers(0, 10**9), st.floats(-0.5, 1.5))
def test_anything_is_told(seconds: float, done: int, share: float) -> None:
    """Whatever a connector says of its progress, a line comes of it."""
    watch = Watch()
    pace = Pace(watch)
    watch.now = seconds
    assert "-" not in pace.told(done, share)
