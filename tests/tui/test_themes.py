"""Themes are data: readable by contrast, and a bad one is skipped with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from triage.tui import themes

FOUND = themes.load().found
NAMES = sorted(FOUND)
IN_COLOUR = [name for name in NAMES if not FOUND[name].ansi]
TOLD_APART = ("fjord", "okabe_ito", "okabe_ito_light")
"""Those that promise to be told apart by every kind of colour vision."""
FOLDER = Path(__file__).parents[2] / "themes"
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


def roles(theme: Theme) -> dict[str, str]:
    """What text is written in, by role."""
    return {
        "foreground": theme.foreground or "", "muted": theme.variables["muted"],
        "accent": theme.accent or "", "success": theme.success or "",
        "warning": theme.warning or "", "error": theme.error or "",
    }  # fmt: skip


# How the long, middle and short cones answer to linear sRGB, and what stands in for the
# one that is missing: Viénot, Brettel and Mollon (1999), Color Research & Application
# 24(4), and for the short one Brettel et al. (1997) with one plane.
VISIONS = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
    "tritan": ((1.01277, 0.13548, -0.14826), (-0.01243, 0.86812, 0.14431), (0.07589, 0.805, 0.11911)),
}  # fmt: skip


def as_seen(colour: str, vision: str) -> tuple[float, float, float]:
    """The colour in Oklab (Ottosson 2020) as such eyes see it; 0.1 is far apart."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in Color.parse(colour).normalized
    ]
    red, green, blue = (
        min(1.0, max(0.0, sum(w * v for w, v in zip(row, linear, strict=True))))
        for row in VISIONS[vision]
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (
        1 / 3
    )
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def test_there_is_a_choice() -> None:
    """Dark and light, high contrast in both, colour-blind safe, the terminal's own."""
    assert {"dusk", "daylight", "high_contrast", "high_contrast_light"} <= set(NAMES)
    assert {"terminal", *TOLD_APART} <= set(NAMES)
    assert len(NAMES) >= 8
    assert {FOUND[name].dark for name in NAMES} == {True, False}


def test_each_says_what_it_is() -> None:
    """A theme is a dozen lines of data, and its first says for whom."""
    about = themes.load().about
    for name in NAMES:
        lines = (FOLDER / f"{name}.toml").read_text("utf-8").splitlines()
        assert about[name]
        assert len(lines) <= 12


@pytest.mark.parametrize("name", IN_COLOUR)
def test_contrast(name: str) -> None:
    """Every role reads at 4.5 to 1 on every ground it stands on (WCAG 2, AA)."""
    theme = FOUND[name]
    assert theme.background
    assert theme.surface
    for ground in (theme.background, theme.surface):
        for role, colour in roles(theme).items():
            assert contrast(colour, ground) >= 4.5, (role, ground)


@pytest.mark.parametrize("name", ["high_contrast", "high_contrast_light"])
def test_high_contrast(name: str) -> None:
    """High contrast is 7 to 1 for all there is to read (AAA), 3 to 1 for lines."""
    theme = FOUND[name]
    assert all(
        contrast(one, theme.background or "") >= 7 for one in roles(theme).values()
    )
    assert contrast(theme.panel or "", theme.background or "") >= 3


@pytest.mark.parametrize("name", TOLD_APART)
@pytest.mark.parametrize("vision", VISIONS)
def test_told_apart(name: str, vision: str) -> None:
    """What went well and what failed differ to eyes that see red or green as one."""
    theme = FOUND[name]
    seen = [as_seen(one or "", vision) for one in (theme.success, theme.error)]
    apart = sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5
    assert apart >= 0.1


def test_terminal_has_no_colour_of_its_own() -> None:
    """The terminal's theme names colours of the terminal, on the ground it has."""
    theme = FOUND["terminal"]
    assert theme.ansi
    for colour in (
        *roles(theme).values(),
        theme.panel,
        theme.surface,
        theme.background,
    ):
        assert Color.parse(colour or "").ansi is not None
    assert Color.parse(theme.background or "").ansi == -1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('accent = "#808080"', "it has no colour foreground"),
        (
            GOOD.replace('panel = "#808080"', 'panel = "loud"'),
            "panel = 'loud' is no colour",
        ),
        (GOOD + '\nsparkle = "yes"', "nothing is called sparkle"),
        (GOOD + "\nansi = true", "accent = '#808080' where ansi is true"),
        (
            GOOD.replace('accent = "#808080"', 'accent = "ansi_red"'),
            "where ansi is false",
        ),
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
    assert list(loaded.wrong) == ["mine.toml"]
    assert said in loaded.wrong["mine.toml"]


def test_own_theme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the person's folder is a theme."""
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "mine.toml").write_text(GOOD)
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path))
    assert "mine" in themes.load().found
