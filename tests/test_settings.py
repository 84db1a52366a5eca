"""A connector's settings are read from its dataclass, in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from triage import plugins
from triage.connector import Secret
from triage.settings import Setting, settings_of


@dataclass(frozen=True)
class Every:
    """
    One field of every kind.

    Attributes:
        path: The file,
            over two lines: with a colon.
        fast (bool): Whether it hurries.
        secret: Hush.

    More that is about no field:
        share: Not this.
    """

    path: Path
    secret: Secret
    fast: bool = True
    pages: int | None = None
    share: float = 0.5
    tags: tuple[str, ...] = ("a", "b")
    columns: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None
    hush: Secret | None = Secret("c4nary")  # noqa: RUF009
    name: str = "x"


def test_each_field_is_told() -> None:
    """Kind, default and meaning of each; of a secret no default is shown."""
    assert settings_of(Every) == [
        Setting("path", "path", True, "", "The file, over two lines: with a colon."),
        Setting("secret", "secret", True, "", "Hush."),
        Setting("fast", "yes or no", False, "yes", "Whether it hurries."),
        Setting("pages", "number", False, "", ""),
        Setting("share", "number", False, "0.5", ""),
        Setting("tags", "list", False, "a, b", ""),
        Setting("columns", "table", False, "", ""),
        Setting("since", "time", False, "", ""),
        Setting("hush", "secret", False, "", ""),
        Setting("name", "text", False, "x", ""),
    ]


@pytest.mark.parametrize("name", plugins.names(plugins.CONNECTORS))
def test_ours_explain_all_of_theirs(name: str) -> None:
    """Every setting of every connector that is installed says what it means."""
    for setting in settings_of(plugins.one(plugins.CONNECTORS, name)):
        assert setting.help.endswith("."), (name, setting)
