"""Writes the generated parts of the manual's pages: ``python tests/cli/manual.py``."""

from __future__ import annotations

import inspect
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1]))

from cli.commands import every_verb
from triage import plugins
from triage.cli.act_words import WRITES, in_words
from triage.cli.contents import OTHER_NAMES, SECTIONS
from triage.cli.verbs import Verb
from triage.settings import settings_of

DOCS = Path(__file__).parents[2] / "docs"


def written(page: str, manual: str) -> str:
    """A page with its generated parts as the code has them."""
    for name, lines in PARTS[page]().items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        part = "\n".join([begin, "", *lines, "", end])
        # A backslash in the part is no reference to a group.
        manual, found = pattern.subn(part.replace("\\", r"\\"), manual)
        assert found == 1, f"the manual has no place for {name}"
    return manual


def _connectors() -> Iterator[str]:
    """Ours, whatever else is installed."""
    for point in sorted(entry_points(group=plugins.CONNECTORS)):
        if not point.value.startswith("triage_connectors."):
            continue
        kind = point.load()
        yield f"### `{point.name}`"
        yield ""
        yield f"{kind.summary}."
        yield ""
        yield "| Setting | | |"
        yield "|---|---|---|"
        for one in settings_of(kind):
            yield f"| `{one.name}` | {_cell(one.manner)} | {_cell(one.help)} |"
        acts = getattr(kind, "acts", {})
        if acts:
            manner, _, told = WRITES.partition(". ")
            yield f"| `writes` | {manner} | {told} |"
        for act, what in acts.items():
            yield ""
            yield f"Can be sent: `{act}`. {in_words(what)}"
        presets = ", ".join(f"`{name}`" for name in getattr(kind, "presets", {}))
        if presets:
            yield ""
            yield f"Presets: {presets}."
        yield ""


def _commands() -> Iterator[str]:
    verbs = dict(every_verb())
    for title, section in SECTIONS.items():
        yield f"### {title}"
        for name in section:
            for path, verb in verbs.items():
                if path == name or path.startswith(f"{name} "):
                    yield ""
                    yield from _command(path, verb)
        yield ""


def _command(path: str, verb: Verb) -> Iterator[str]:
    ctx = click.Context(verb, info_name=f"triage {path}")
    yield f"#### `triage {path}`"
    yield ""
    yield inspect.cleandoc(verb.help or "")
    others = [other for other, name in OTHER_NAMES.items() if name == path]
    if others:
        yield ""
        yield f"`triage {others[0]}` is understood too."
    yield ""
    yield "```console"
    usage = " ".join(verb.collect_usage_pieces(ctx))
    yield f"triage {path} {usage}"
    yield "```"
    options = [
        param
        for param in verb.params
        if isinstance(param, click.Option) and not param.hidden
    ]
    if options:
        yield ""
        yield "| Option | |"
        yield "|---|---|"
        for option in options:
            told = option.get_help_record(ctx)
            assert told is not None
            yield f"| `{_cell(told[0])}` | {_cell(told[1])} |"
    yield ""
    yield f"Example: `{verb.example}`"


def _schemas() -> Iterator[str]:
    printed: dict[str, list[str]] = defaultdict(list)
    for path, verb in every_verb():
        for schema in verb.schemas:
            printed[schema].append(f"`{path}`")
    printed["backlog"].append("`export --to json`")
    yield "| Schema | Printed by | File |"
    yield "|---|---|---|"
    for schema, paths in sorted(printed.items()):
        file = f"schemas/{schema}-1.schema.json"
        by = ", ".join(sorted(paths))
        yield f"| `triage.{schema}/1` | {by} | [{schema}-1]({file}) |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


PARTS: dict[str, Callable[[], dict[str, Iterator[str]]]] = {
    "MANUAL.md": lambda: {"commands": _commands(), "schemas": _schemas()},
    "ACCOUNTS.md": lambda: {"connectors": _connectors()},
}

if __name__ == "__main__":
    for page in PARTS:
        path = DOCS / page
        text = written(page, path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
