"""Themes: a dozen colours in TOML each, ours and a person's; a bad one is skipped."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
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

Seen = frozenset[tuple[str, int, int]]
"""Name, time of change in nanoseconds and size of each file."""

_COLOURS = (
    "accent", "foreground", "muted", "background", "surface", "panel", "success",
    "warning", "error",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Themes:
    """
    What was found, and what was wrong with the rest.

    Attributes:
        about: What each says of itself, by name; "" where it says nothing.
        wrong: What to mend, by the name of its file, a sentence each.
    """

    found: dict[str, Theme]
    about: dict[str, str]
    wrong: dict[str, str]


def load() -> Themes:
    """Every theme there is; a person's own beats ours of the same name."""
    themes = Themes({}, {}, {})
    for file in _files():
        try:
            told = tomllib.loads(file.read_text("utf-8"))
            theme = _theme(file.name.removesuffix(".toml"), told)
        except (OSError, ValueError) as error:
            themes.wrong[file.name] = one_line(
                f"theme {file.name} is left out: {error}"
            )
        else:
            themes.found[theme.name] = theme
            themes.about[theme.name] = one_line(str(told.get("about", "")))
    return themes


def _theme(name: str, told: Mapping[str, Any]) -> Theme:
    """The theme a file tells of; ``ValueError`` says what is wrong with it."""
    unknown = set(told) - set(_COLOURS) - {"dark", "about", "ansi"}
    if unknown:
        raise ValueError(f"nothing is called {min(unknown)}")
    is_ansi = bool(told.get("ansi", False))
    colours = {role: _colour(role, told, is_ansi=is_ansi) for role in _COLOURS}
    muted, ground = colours.pop("muted"), colours["background"]
    variables = {"muted": muted, "scrollbar": colours["panel"],
                 "scrollbar-background": ground,
                 "scrollbar-hover": muted, "scrollbar-active": muted,
                 "scrollbar-corner-color": ground,
                 "scrollbar-background-hover": ground,
                 "scrollbar-background-active": ground}  # fmt: skip
    if is_ansi:
        # Textual takes these for transparent, and asks for the terminal's own two.
        variables |= {"surface": colours["surface"], "panel": colours["panel"],
                      "ansi-background": ground,
                      "ansi-foreground": colours["foreground"]}  # fmt: skip
    looks: dict[str, Any] = colours
    return Theme(
        name=name, primary=colours["accent"], secondary=muted, ansi=is_ansi,
        dark=bool(told.get("dark", True)), variables=variables, **looks,
    )  # fmt: skip


def _colour(role: str, told: Mapping[str, Any], *, is_ansi: bool) -> str:
    """A colour as Textual knows it; of the terminal's own in a theme of those."""
    if role not in told:
        raise ValueError(f"it has no colour {role}")
    try:
        colour = Color.parse(str(told[role]))
    except ColorParseError:
        raise ValueError(f"{role} = {told[role]!r} is no colour") from None
    if is_ansi != (colour.ansi is not None):
        wanted = '"ansi_blue" or the like' if is_ansi else '"#8a4b08" or the like'
        raise ValueError(
            f"{role} = {told[role]!r} where ansi is {str(is_ansi).lower()};"
            f" write {wanted}"
        )
    return colour.hex


def own_folder() -> Path:
    """Where a person's own lie."""
    return person_folder() / "themes"


def seen() -> Seen:
    """What lies in a person's folder: another answer means something has changed."""
    try:
        with os.scandir(own_folder()) as entries:
            return frozenset(
                (entry.name, entry.stat().st_mtime_ns, entry.stat().st_size)
                for entry in entries
                if entry.name.endswith(".toml")
            )
    except OSError:
        return frozenset()


def _files() -> Iterator[Traversable]:
    packaged = files("triage") / "themes"
    ours: Traversable = packaged
    if not packaged.is_dir():
        # An editable checkout keeps them at the top level, where people look for them.
        ours = Path(__file__).parents[2] / "themes"
    for folder in (ours, own_folder()):
        if folder.is_dir():
            yield from sorted(
                (file for file in folder.iterdir() if file.name.endswith(".toml")),
                key=lambda file: file.name,
            )
