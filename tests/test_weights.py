"""What the settings say of weights is read strictly, and has a name that is its hash."""

from __future__ import annotations

from pathlib import Path

import pytest

from triage import config, scoring, weights
from triage.errors import ConfigError
from triage.weights import Segment, Weights


def settings(folder: Path, text: str) -> Weights:
    """The weights of a workspace with these settings."""
    (folder / "work.toml").write_text(text)
    return config.load(folder / "work.db").weights


def test_nothing_said(tmp_path: Path) -> None:
    """Without settings everybody counts alike, and the usual formula ranks."""
    assert settings(tmp_path, "") == Weights()


def test_all_said(tmp_path: Path) -> None:
    """Segments, caps and coefficients are read; the rest stays as it is usually."""
    told = settings(
        tmp_path,
        '[segments]\npaying = "plan:pro"\n'
        'big = {query = "plan:enterprise", weight = 3}\n'
        '[score]\nformula = "rice"\ncompany_cap = 6\ninferred = 0\n'
        "[score.drivers]\nretention = 2\n[score.urgency]\ndue = 20\n"
        "[score.wsjf]\nrisk_reduction = 0.5\n",
    )
    assert told.formula == "rice"
    assert told.segments == (
        Segment("paying", "plan:pro"), Segment("big", "plan:enterprise", 3.0),
    )  # fmt: skip
    assert (told.company_cap, told.inferred) == (6.0, 0.0)
    assert told.drivers == {"retention": 2.0}
    assert told.urgency["due"] == 20
    assert told.urgency["blocking"] == weights.URGENCY["blocking"]
    assert told.wsjf["risk_reduction"] == 0.5


def test_names() -> None:
    """The settings know each formula there is by its name, and no other."""
    assert tuple(scoring.FORMULAS) == weights.FORMULAS


def test_hash() -> None:
    """The hash follows the weights alone, and what is kept reads as what it was."""
    assert Weights().hash == Weights(formula="rice").hash
    assert Weights().hash != Weights(company_cap=3).hash
    told = Weights(segments=(Segment("a", "plan:pro", 2),), drivers={"growth": 1})
    assert weights.of_told(told.told()) == told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[score]\nfoo = 1\n", r"\[score\] holds"),
        ("[score]\ncompany_cap = -1\n", "company_cap"),
        ("[score]\ninferred = 2\n", "inferred"),
        ('[score]\ncompany_cap = "many"\n', "company_cap"),
        ("[score.wsjf]\nfoo = 1\n", "foo"),
        ("[score]\nformula = 3\n", "formula"),
        ('[score]\nformula = "luck"\n', "there are demand, rice"),
        ("[segments]\nbig = 3\n", "segments"),
        ('[segments]\nbig = {query = "a", weight = -1}\n', "weight of big"),
    ],
)
def test_refused(tmp_path: Path, text: str, why: str) -> None:
    """What is no weight is refused with the place it stands in."""
    with pytest.raises(ConfigError, match=why):
        settings(tmp_path, text)
