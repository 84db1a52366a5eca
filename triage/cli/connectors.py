"""sources connectors: what can be added, and what each of its settings means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from triage.cli.act_words import WRITES, in_words
from triage.cli.output import emit, emit_json, note, table
from triage.cli.session import Session
from triage.cli.sources import sources
from triage.cli.verbs import verb
from triage.settings import settings_of
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.connector import Act


@verb(
    "connectors", within=sources, schemas=("connectors",),
    example="triage sources connectors csv",
)  # fmt: skip
@click.argument("names", nargs=-1)
def connectors(session: Session, names: tuple[str, ...], as_json: bool) -> None:
    """List the connectors there are; with a name, the settings of it."""
    del session
    from triage import plugins

    loaded, broken = plugins.every(plugins.CONNECTORS)
    chosen = {name: plugins.one(plugins.CONNECTORS, name) for name in names} or loaded
    if as_json:
        told = [_of_connector(name, kind) for name, kind in sorted(chosen.items())]
        emit_json("connectors", {"connectors": told})
    elif names:
        for name, kind in chosen.items():
            _explain(name, kind)
    else:
        table(
            ("connector", "what it reads"),
            [(name, kind.summary) for name, kind in sorted(loaded.items())],
        )
        note("`triage sources connectors NAME` explains the settings of one")
    for why in broken.values():
        note(why)


def _explain(name: str, kind: Any) -> None:
    formatter = click.HelpFormatter(max_width=88)
    formatter.write_text(f"{name}: {one_line(kind.summary)}")
    settings = [
        (one.name, one_line(f"{one.manner}. {one.help}", 900))
        for one in settings_of(kind)
    ]
    acts: Mapping[str, Act] = getattr(kind, "acts", {})
    if acts:
        settings.append(("writes", WRITES))
    with formatter.section("Settings"):
        formatter.write_dl(settings)
    if acts:
        with formatter.section("What can be sent"):
            formatter.write_dl([(act, one_line(in_words(acts[act]))) for act in acts])
    hints = getattr(kind, "hints", {})
    presets = getattr(kind, "presets", {})
    if presets:
        with formatter.section("Presets"):
            formatter.write_dl(
                [(preset, one_line(hints.get(preset, " "), 900)) for preset in presets]
            )
    emit(formatter.getvalue().rstrip())


def _of_connector(name: str, kind: Any) -> dict[str, Any]:
    hints = getattr(kind, "hints", {})
    return {
        "name": name,
        "summary": kind.summary,
        "settings": [
            {
                "name": one.name,
                "kind": one.kind,
                "required": one.required,
                "default": one.default,
                "help": one.help,
            }
            for one in settings_of(kind)
        ],
        "acts": [
            {
                "name": name,
                "help": act.help,
                "longest": act.longest,
                "replaces": act.replaces,
            }
            for name, act in getattr(kind, "acts", {}).items()
        ],
        "presets": [
            {"name": preset, "hint": hints.get(preset, "")}
            for preset in getattr(kind, "presets", {})
        ],
    }
