"""Keys are a person's to choose, and what cannot work is refused with the reason."""

from __future__ import annotations

import subprocess
import sys

import pytest

from triage.errors import ConfigError
from triage.tui.actions import ACTIONS, BY_ID
from triage.tui.keymap import PRESETS, UNREACHABLE, keymap


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_presets_are_sound(preset: str) -> None:
    """Every preset passes the check a person's own keys pass."""
    assert keymap({"preset": preset}).keys


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"declne": "x"}, "declne is no action; did you mean decline?"),
        (
            {"preset": "emacs"},
            "preset 'emacs' is not known; there are gmail, linear, vim",
        ),
        ({"decline": "a"}, "decline: a already asks for accept"),
        ({"decline": "j"}, "decline: j already asks for next-row"),
        ({"decline": "u"}, "decline: u already asks for undo"),
        ({"decline": "ctrl+i"}, "decline: ctrl+i cannot be used, a terminal sends tab"),
        ({"decline": "g"}, "decline: g begins the sequence"),
        ({"undo": "g i"}, "undo: g i already asks for go-inbox"),
        ({"decline": ""}, "decline needs keys in quotes"),
        ({"decline": ",x"}, "decline: an empty key"),
    ],
)
def test_refusals(wanted: dict[str, str], said: str) -> None:
    """The message names the action, the key and what is in the way."""
    with pytest.raises(ConfigError) as refused:
        keymap(wanted)
    assert said in str(refused.value)


def test_swapping_is_allowed() -> None:
    """Two actions may change places: only the outcome has to be sound."""
    swapped = keymap({"archive": "s", "snooze": "e"})
    assert swapped.keys["archive"] == ("s",)
    assert swapped.keys["snooze"] == ("e",)


@pytest.mark.parametrize("key", sorted(UNREACHABLE))
def test_unreachable_keys(key: str) -> None:
    """A key no terminal sends is refused."""
    with pytest.raises(ConfigError):
        keymap({"archive": key})


def test_table() -> None:
    """Ids are unique, every action has a sentence and a key, none is unreachable."""
    assert len(BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        assert action.keys
        assert action.help
        assert action.label
        assert not set(action.keys) & set(UNREACHABLE)


def test_table_needs_no_terminal_library() -> None:
    """The manual prints the table without importing Textual."""
    code = (
        "import sys, triage.tui.actions, triage.tui.keymap;"
        "sys.exit('textual' in sys.modules or 'rich' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
