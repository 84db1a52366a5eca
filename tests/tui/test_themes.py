"""Themes are data: readable by contrast, and a bad one is skipped with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from triage.tui import themes

NAMES = sorted(themes.load().found)
GOOD = "\n".join(
    f'{role} = "#808080"'
    for role in ("accent", "foreground", "muted", "background", "surface", "panel",
                 "success", "warning", "error")
)  # fmt: skip


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours."""

    def light(name: str) -> float:
        def linear(part: float) -> float:
            return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

        red, green, blue = (linear(part) for part in Color.parse(name).normalized)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_there_is_a_choice() -> None:
    """Dark, light, high contrast and one for every kind of colour vision."""
    assert {"dusk", "daylight", "high_contrast", "fjord"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_contrast(name: str) -> None:
    """Text reads at 4.5 to 1, what is muted at 3 to 1, on every ground they stand on."""
    theme = themes.load().found[name]
    assert theme.foreground
    assert theme.background
    assert theme.surface
    for ground in (theme.background, theme.surface):
        assert contrast(theme.foreground, ground) >= 4.5
        assert contrast(theme.variables["muted"], ground) >= 3
        for role in (theme.accent, theme.success, theme.warning, theme.error):
            assert role
            assert contrast(role, ground) >= 3
    # A quote is drawn in the ground's colour on the accent.
    assert contrast(theme.background, theme.accent or "") >= 4.5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('accent = "#808080"', "it has no colour foreground"),
        (
            GOOD.replace('panel = "#808080"', 'panel = "loud"'),
            "panel = 'loud' is no colour",
        ),
        (GOOD + '\nsparkle = "yes"', "nothing is called sparkle"),
        ("accent = ", "Invalid value"),
    ],
)
def test_bad_themes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    """A theme that cannot be used says why, and the others are there."""
    folder = tmp_path / "themes"
    folder.mkdir()
    (folder / "mine.toml").write_text(text)
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path))
    loaded = themes.load()
    assert "mine" not in loaded.found
    assert "dusk" in loaded.found
    (sentence,) = loaded.wrong
    assert said in sentence


def test_own_theme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the person's folder is a theme."""
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "mine.toml").write_text(GOOD)
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path))
    assert "mine" in themes.load().found
