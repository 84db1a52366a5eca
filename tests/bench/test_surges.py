"""The bench of surges runs, and ours keeps on a small year what the large one says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import peers
from bench.surges.peers import Ours
from bench.surges.simulation import year
from bench.surges.watching import BANDS, summed, watched

BENCH = Path(__file__).with_name("surges")


@pytest.mark.parametrize("alpha", [0.0, 0.05])
def test_surges_are_found_and_quiet_weeks_left_alone(alpha: float) -> None:
    """
    Of 80,000 quiet weeks one has a false alarm, and one in a hundred is perhaps one.

    Of surges to three times, nine of ten are found in two weeks where five a week are
    usual; as sure ones, more than half.
    """
    ours = Ours()
    told = [
        watched(
            year(seed, alpha, pain_points=1000),
            {"surge": ours.surge, "perhaps": ours.perhaps},
        )
        for seed in (1, 2)
    ]
    sure = summed([one["surge"] for one in told])
    perhaps = summed([one["perhaps"] for one in told])
    assert sure.quiet > 75_000
    assert sure.false <= 1
    assert perhaps.quiet_share <= 0.01
    often = [place for place, (low, _) in enumerate(BANDS) if low >= 5]
    shares = [
        sum(one.found[place][0] for place in often)
        / sum(one.found[place][1] for place in often)
        for one in (sure, perhaps)
    ]
    assert shares[0] >= 0.5
    assert shares[1] >= 0.9


def test_the_bench_runs() -> None:
    """Each way of watching has a line in each of four tables."""
    words = ["--seeds", "1", "--pain-points", "60"]
    told = subprocess.run(
        [sys.executable, str(BENCH), *words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": f"{peers.folder()}"},
    ).stdout.splitlines()
    lines = [line.split("|")[1].strip() for line in told if line.startswith("| ")]
    assert len(lines) == 4 * 8
    assert lines[1:8] == [
        "surge", "surge or perhaps", "told all", "rule to the letter", "ratio of 2",
        "z-score of 3", "CUSUM",
    ]  # fmt: skip
