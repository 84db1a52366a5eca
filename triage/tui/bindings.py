"""From the table of actions to what Textual understands."""

from __future__ import annotations

from textual.binding import Binding, BindingType
from textual.keys import _character_to_key

from triage.tui.action import Action
from triage.tui.actions import of
from triage.tui.keymap import Keymap

_SHOWN = {
    "escape": "esc", "pagedown": "pgdn", "pageup": "pgup", "shift+left": "⇧←",
    "shift+right": "⇧→", "left": "←", "right": "→", "up": "↑", "down": "↓",
}  # fmt: skip


def bindings(*parts: str) -> list[BindingType]:
    """Bindings for the single keys of these parts; sequences are the app's."""
    made: list[BindingType] = []
    for action in of(*parts):
        keys = [key for key in action.keys if " " not in key]
        # An action that has only sequences still needs a binding for a keymap to find.
        made.append(
            Binding(
                ",".join(textual_key(key) for key in keys) or f"f24+{action.id}",
                action.method,
                action.label,
                show=False,
                priority=action.always,
                id=action.id,
            )
        )
    return made


def overrides(keymap: Keymap) -> dict[str, str]:
    """What ``App.set_keymap`` needs to know of a person's wishes."""
    found = {}
    for name, keys in keymap.changed.items():
        single = [textual_key(key) for key in keys if " " not in key]
        found[name] = ",".join(single) or f"f24+{name}"
    return found


def shown(key: str) -> str:
    """A key as people read it: "esc", "g i", "⇧→"."""
    strokes = [_SHOWN.get(stroke, stroke) for stroke in key.split(" ")]
    return ("" if all(len(stroke) == 1 for stroke in strokes) else " ").join(strokes)


def shown_all(keymap: Keymap, action: Action) -> str:
    """Every key of an action, for ``?``."""
    return "  ".join(shown(key) for key in keymap.of(action))


def textual_key(key: str) -> str:
    """Textual's own name of a key: "asterisk" for "*"."""
    return _character_to_key(key) if len(key) == 1 else key
