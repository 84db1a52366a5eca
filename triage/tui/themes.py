"""Themes: a dozen colours in TOML each, ours and a person's; a bad one is skipped."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from triage.config import person_folder
from triage.text.display import one_line

DEFAULT = "dusk"

_COLOURS = (
    "accent", "foreground", "muted", "background", "surface", "panel", "success",
    "warning", "error",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Themes:
    """What was found, and what was wrong with the rest, a sentence each."""

    found: dict[str, Theme]
    wrong: tuple[str, ...]


def load() -> Themes:
    """Every theme there is; a person's own beats ours of the same name."""
    found: dict[str, Theme] = {}
    wrong = []
    for file in _files():
        try:
            theme = parsed(file.name.removesuffix(".toml"), file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            wrong.append(one_line(f"theme {file.name} is left out: {error}"))
        else:
            found[theme.name] = theme
    return Themes(found, tuple(wrong))


def parsed(name: str, text: str) -> Theme:
    """The theme a file holds; ``ValueError`` says what is wrong with it."""
    told = tomllib.loads(text)
    colours: dict[str, Any] = {}
    for role in _COLOURS:
        if role not in told:
            raise ValueError(f"it has no colour {role}")
        try:
            colours[role] = Color.parse(str(told[role])).hex
        except ColorParseError:
            raise ValueError(f"{role} = {told[role]!r} is no colour") from None
    unknown = set(told) - set(_COLOURS) - {"dark", "about"}
    if unknown:
        raise ValueError(f"nothing is called {min(unknown)}")
    muted = colours.pop("muted")
    return Theme(
        name=name,
        primary=colours["accent"],
        secondary=muted,
        dark=bool(told.get("dark", True)),
        variables={"muted": muted, "scrollbar": colours["panel"],
                   "scrollbar-background": colours["background"],
                   "scrollbar-hover": muted, "scrollbar-active": muted,
                   "scrollbar-corner-color": colours["background"],
                   "scrollbar-background-hover": colours["background"],
                   "scrollbar-background-active": colours["background"]},
        **colours,
    )  # fmt: skip


def _files() -> Iterator[Traversable]:
    packaged = files("triage") / "themes"
    ours: Traversable = packaged
    if not packaged.is_dir():
        # An editable checkout keeps them at the top level, where people look for them.
        ours = Path(__file__).parents[2] / "themes"
    for folder in (ours, person_folder() / "themes"):
        if folder.is_dir():
            yield from sorted(
                (file for file in folder.iterdir() if file.name.endswith(".toml")),
                key=lambda file: file.name,
            )
