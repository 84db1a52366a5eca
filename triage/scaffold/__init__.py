"""
A package with a connector of one's own, begun: it works, and its test holds it to
what every connector promises.

The files under ``package`` are what is written, with ``{{name}}`` and the like filled
in; a test writes them out, and runs, installs and pulls what came of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from triage.errors import ConfigError

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_BLANK: Final = re.compile(r"{{(\w+)}}")
_FILES: Final = {
    "README.md": "README.md.txt",
    "pyproject.toml": "pyproject.toml.txt",
    "{{module}}.py": "connector.py.txt",
    "tests/pretend.py": "tests/pretend.py.txt",
    "tests/test_contract.py": "tests/test_contract.py.txt",
}


def write(name: str, within: Path, taken: Mapping[str, str]) -> list[Path]:
    """
    Write a package for a connector of that name into a folder of its own.

    Args:
        name: As in ``triage sources add NAME …``: "acme" or "acme-desk".
        within: Where the folder ``triage-NAME`` is made.
        taken: Who has a name already, by name.

    Returns:
        The files, in the order to read them.

    Raises:
        ConfigError: The name is none or taken, or the folder is there already; nothing
            was written.
    """
    if not _NAME.fullmatch(name) or len(name) > 40:
        raise ConfigError(
            f"{name!r} is no name for a connector: small letters, digits and single"
            " dashes, such as acme-desk"
        )
    if name in taken:
        raise ConfigError(
            f"{taken[name]} has a connector {name} already; choose another name"
        )
    blanks = {
        "name": name,
        "package": f"triage-{name}",
        "module": f"triage_{name.replace('-', '_')}",
        "class": "".join(part.capitalize() for part in name.split("-")),
        "title": " ".join(part.capitalize() for part in name.split("-")),
        "env": f"{name.replace('-', '_').upper()}_TOKEN",
    }
    folder = within / blanks["package"]
    if folder.exists():
        raise ConfigError(f"{folder} is there already; nothing was written")
    source = files(__package__) / "package"
    written = []
    for place, template in _FILES.items():
        path = folder / _filled(place, blanks)
        text = source.joinpath(template).read_text(encoding="utf-8")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_filled(text, blanks), encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"{path} cannot be written: {error.strerror}") from error
        written.append(path)
    return written


def _filled(text: str, blanks: Mapping[str, str]) -> str:
    return _BLANK.sub(lambda found: blanks[found[1]], text)
