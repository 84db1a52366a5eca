"""How the app looks: its theme, how many colours, which glyphs, whether things move."""

from __future__ import annotations

import os
from collections.abc import Sequence

from textual import events
from textual.app import App
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome, NoColor
from textual.theme import Theme

from triage.config import Config
from triage.text.display import safe
from triage.tui import glyphs, themes
from triage.tui.colours import fewer
from triage.tui.guard import Guard
from triage.tui.rules_once import RulesOnce

LOOK = 1.0
"""Seconds between two looks into the person's folder of themes."""


class Looks(RulesOnce, inherit_bindings=False):
    """
    An app that follows a person's themes as they write them.

    Attributes:
        guard: Stands last but for ASCII, which can add nothing a terminal obeys.
        wrong: Sentences on settings that could not be followed, told at the start.
    """

    def __init__(self) -> None:
        super().__init__()
        self.guard = Guard()
        self.wrong: list[str] = []
        self._ascii = glyphs.Ascii(enabled=False)
        self._told: Config | None = None
        self._seen = themes.seen()
        self._bad: dict[str, str] = {}
        self._own: dict[str, Theme] = {}
        self._about: dict[str, str] = {}
        if self.no_color:
            # Boxes get edges, as in a terminal's own colours: no ground tells them.
            self.set_reactive(App.ansi_color, True)

    def use_looks(self, config: Config, wanted: str) -> None:
        """Before the first frame: the theme wanted, and what else the settings say."""
        self._told = config
        self._read_themes()
        self.wrong.extend(self._bad.values())
        name = wanted or config.theme or themes.DEFAULT
        if name not in self.available_themes:
            near = ", ".join(sorted(self._own))
            self.wrong.append(f"no theme is called {name}; there are {near}")
            name = themes.DEFAULT
        self.begin_in(name)
        self._ascii.enabled = bool(config.ascii)
        if config.reduce_motion:
            self.animation_level = "none"

    def on_mount(self) -> None:
        """Now the terminal is known; from here on the themes are looked after."""
        if self._told and self._told.ascii is None and self._is_a_terminal:
            self._ascii.enabled = glyphs.are_few(os.environ)
        self.set_interval(LOOK, self.look_for_themes)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A cursor that blinks is motion, too."""
        if self.animation_level == "none" and hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    @property
    def _is_a_terminal(self) -> bool:
        return not self.is_headless and not self.is_web

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What stands between a drawn line and the terminal, in order."""
        # Textual sets these two up before it knows what is in force.
        idle: tuple[type[LineFilter], ...] = ()
        if self.native_ansi_color:
            idle = (ANSIToTruecolor,)
        if self.no_color:
            idle = (ANSIToTruecolor, Monochrome, NoColor)
        found = [one for one in super().get_line_filters() if not isinstance(one, idle)]
        if self.no_color or self.current_theme.ansi:
            muted = self.get_theme_variable_defaults()["muted"]
            found.append(fewer(muted, none=self.no_color))
        found.append(self.guard)
        if self._ascii.enabled:
            found.append(self._ascii)
        return found

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Roles of ours, also where a theme of others does not know them."""
        theme = self.current_theme
        plain = theme.foreground or theme.secondary or theme.primary
        return {"muted": theme.variables.get("muted", plain)}

    # Themes

    def own_themes(self) -> list[tuple[Theme, str]]:
        """Ours and the person's, by name, each with what it says of itself."""
        return [(self._own[name], self._about[name]) for name in sorted(self._own)]

    def look_for_themes(self) -> None:
        """Take up what a person has written into their folder since."""
        seen = themes.seen()
        if seen == self._seen:
            return
        self._seen = seen
        before, told = self.current_theme, dict(self._bad)
        self._read_themes()
        for file, sentence in self._bad.items():
            if told.get(file) != sentence:
                self.warn(f"{sentence}. What is on the screen stays.")
        if self.current_theme != before:
            self.mutate_reactive(App.theme)

    def _read_themes(self) -> None:
        loaded = themes.load()
        self._bad = loaded.wrong
        for name, theme in loaded.found.items():
            # One that has gone bad stays as it was until the app is left.
            if f"{name}.toml" in loaded.wrong and name in self._own:
                continue
            self._own[name] = theme
            self._about[name] = loaded.about[name]
            self.register_theme(theme)

    def warn(self, sentence: str) -> None:
        """Say what could not be followed, and what to mend."""
        self.notify(
            safe(sentence), title="! A setting is left out", severity="warning",
            markup=False, timeout=10,
        )  # fmt: skip
