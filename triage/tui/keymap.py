"""
Which keys ask for which action, after a person's ``[keys]``; refused where unsound.

``[keys]`` names actions: ``decline = "x, D"``. A comma separates keys, a space joins a
sequence ("g i"). ``preset = "linear"`` starts from other defaults. Pure data.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from triage.errors import ConfigError
from triage.tui.action import Action
from triage.tui.actions import ACTIONS, BY_ID

UNREACHABLE = {
    "ctrl+i": "a terminal sends tab for it",
    "ctrl+m": "a terminal sends enter for it",
    "ctrl+h": "many terminals send backspace for it",
    "ctrl+[": "a terminal sends escape for it",
    "ctrl+left_square_bracket": "a terminal sends escape for it",
    "ctrl+j": "a terminal sends enter for it",
    "ctrl+c": "it copies",
    "ctrl+z": "it suspends the program",
    "ctrl+s": "many terminals stop output for it",
}
"""Keys nothing may hang on, and why."""

PRESETS: dict[str, dict[str, str]] = {
    "vim": {},
    "gmail": {
        "undo": "z", "back": "u, escape", "snooze": "b", "tag": "l",
        "more-text": "Z", "raw": "H",
    },
    "linear": {
        "accept": "1", "merge": "2, m m", "decline": "3", "snooze": "H", "own": "a",
        "tag": "l", "filter": "f", "palette": "ctrl+k, :",
    },
}  # fmt: skip
"""Other defaults by name, each written as a person would write ``[keys]``."""

# Parts whose keys are live together: one key cannot mean two things within a set.
_TOGETHER: tuple[tuple[str, ...], ...] = (
    ("inbox", "list", "app"), ("persona", "map", "app"), ("quote",), ("listen",),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keymap:
    """
    The keys in force.

    Attributes:
        keys: Action id to its keys.
        changed: Only what differs from the table.
    """

    keys: Mapping[str, tuple[str, ...]]
    changed: Mapping[str, tuple[str, ...]]

    def of(self, action: Action) -> tuple[str, ...]:
        """The keys that ask for an action."""
        return self.keys[action.id]

    def sequences(self) -> dict[tuple[str, ...], list[Action]]:
        """Every sequence of more than one key, and what it asks for."""
        found: dict[tuple[str, ...], list[Action]] = {}
        for action in ACTIONS:
            for key in self.keys[action.id]:
                if " " in key:
                    found.setdefault(tuple(key.split(" ")), []).append(action)
        return found

    def first_key(self, action: Action) -> str:
        """The key shown where there is room for one."""
        return self.keys[action.id][0]


def keymap(wanted: Mapping[str, str]) -> Keymap:
    """The table with a person's wishes; ``ConfigError`` says what cannot be and why."""
    preset = wanted.get("preset", "vim")
    if preset not in PRESETS:
        known = ", ".join(sorted(PRESETS))
        raise ConfigError(f"[keys] preset {preset!r} is not known; there are {known}")
    own = {name: keys for name, keys in wanted.items() if name != "preset"}
    changed = {
        _known(name): _parsed(name, keys)
        for name, keys in {**PRESETS[preset], **own}.items()
    }
    keys = {action.id: changed.get(action.id, action.keys) for action in ACTIONS}
    _refuse_clashes(keys, set(changed))
    return Keymap(keys, changed)


def _known(name: str) -> str:
    if name in BY_ID:
        return name
    near = difflib.get_close_matches(name, BY_ID, n=1)
    hint = f"; did you mean {near[0]}?" if near else "; `?` lists the actions"
    raise ConfigError(f"[keys] {name} is no action{hint}")


def _parsed(name: str, written: object) -> tuple[str, ...]:
    if not isinstance(written, str) or not written.strip():
        raise ConfigError(
            f'[keys] {name} needs keys in quotes, like "{name[0]}, ctrl+e"'
        )
    found = []
    for key in written.split(","):
        strokes = key.split()
        if not strokes:
            raise ConfigError(
                f'[keys] {name}: an empty key; a comma itself is written "comma"'
            )
        for stroke in strokes:
            reason = UNREACHABLE.get(stroke.casefold())
            if reason:
                raise ConfigError(f"[keys] {name}: {stroke} cannot be used, {reason}")
        found.append(" ".join(strokes))
    return tuple(found)


def _refuse_clashes(keys: Mapping[str, Sequence[str]], changed: set[str]) -> None:
    for parts in _live_together():
        taken: dict[str, Action] = {}
        for action in ACTIONS:
            if not set(action.where) & set(parts):
                continue
            for key in keys[action.id]:
                other = taken.setdefault(key, action)
                if other is not action:
                    _refuse_clash(key, action, other, changed)
        _refuse_shadows(taken, changed)


def _live_together() -> list[tuple[str, ...]]:
    screens = {part for action in ACTIONS for part in action.where}
    covered = {part for parts in _TOGETHER for part in parts}
    return [*_TOGETHER, *((part, "list", "app") for part in sorted(screens - covered))]


def _refuse_clash(key: str, action: Action, other: Action, changed: set[str]) -> None:
    mine, theirs = (action, other) if action.id in changed else (other, action)
    raise ConfigError(
        f"[keys] {mine.id}: {key} already asks for {theirs.id} ({theirs.label});"
        f" give {theirs.id} another key too"
    )


def _refuse_shadows(taken: Mapping[str, Action], changed: set[str]) -> None:
    """A key that begins a sequence cannot be an action as well."""
    for key, action in taken.items():
        first, *rest = key.split(" ")
        if rest and first in taken:
            mine = action if action.id in changed else taken[first]
            raise ConfigError(
                f"[keys] {mine.id}: {first} begins the sequence {key}"
                f" ({action.label}), so it cannot stand alone"
            )
