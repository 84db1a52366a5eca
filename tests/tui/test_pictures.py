"""The pictures in docs/screens are of the app as it is, and ask for nothing from afar."""

from __future__ import annotations

import asyncio
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.pictures import FOLDER, SCREENS, THEMES, demo, draw, words

CHECKOUT = Path(__file__).parents[2]
NAMES = [
    f"{screen}-{theme.replace('_', '-')}.svg" for screen in SCREENS for theme in THEMES
]


@pytest.fixture(scope="module")
def drawn(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, str]]:
    """Every picture as the app draws it now; one theme tells what all say."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRIAGE_HOME", str(tmp_path_factory.mktemp("home")))
        with demo(tmp_path_factory.mktemp("demo") / "demo.db") as workspace:
            yield asyncio.run(draw(workspace, THEMES[:1]))


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_current(drawn: dict[str, str], name: str) -> None:
    """It reads as the screen does now; `python tests/tui/pictures.py` draws it anew."""
    screen = next(one for one in SCREENS if name.startswith(one))
    now = drawn[f"{screen}-{THEMES[0]}.svg"]
    kept = (FOLDER / name).read_text(encoding="utf-8")
    assert words(kept) == words(now), "run python tests/tui/pictures.py, and look at it"


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_all_there(name: str) -> None:
    """It is a picture by itself: no font, style or script from anywhere else."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert not {"@font-face", "<script", "<image", "<foreignObject"} & set(text.split())
    ET.fromstring(text)
    assert len(text) < 60_000


def test_no_other_pictures() -> None:
    """What nobody draws any more is not kept."""
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(NAMES)


def test_the_readme_shows_some() -> None:
    """Who looks at the README sees the app, dark and light."""
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    shown = [name for name in NAMES if f"docs/screens/{name}" in readme]
    assert len(shown) >= 2
