"""sources add set remove: what is configured, and where its secrets are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from triage.cli.options import map_option, pairs, told_settings
from triage.cli.output import count, emit, emit_json, note
from triage.cli.session import Session
from triage.cli.source_shapes import of_source
from triage.cli.sources import sources
from triage.cli.verbs import Verb, verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.config import SourceSettings
    from triage.workspace import Workspace


class _Adding(Verb):
    """Its help lists what there is to add."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The connectors, and the example."""
        from triage import plugins

        loaded, _ = plugins.every(plugins.CONNECTORS)
        with formatter.section("Connectors"):
            formatter.write_dl(
                [
                    (name, one_line(kind.summary))
                    for name, kind in sorted(loaded.items())
                ]
            )
        super().format_epilog(ctx, formatter)


@verb(
    "add", within=sources, schemas=("source",), cls=_Adding,
    example="triage sources add csv reviews path=reviews.csv --map body=Text",
)  # fmt: skip
@click.argument("connector")
@click.argument("name")
@click.argument("settings", nargs=-1, metavar="[KEY=VALUE]...")
@map_option
@click.option(
    "--preset", default="", metavar="PROVIDER",
    help="Begin with the settings of a provider the connector knows.",
)  # fmt: skip
def add(
    session: Session,
    connector: str,
    name: str,
    settings: tuple[str, ...],
    mapping: tuple[str, ...],
    preset: str,
    as_json: bool,
) -> None:
    """
    Configure a source; `triage sync` pulls it from then on.

    What is missing is asked for on a terminal; secrets do not show as they are typed.
    They are kept in the system's keyring, or in a file only you can read where there is
    none, unless a setting says where they are: env:NAME, keyring:SERVICE/USER,
    file:PATH or command:WORDS. `triage sources connectors NAME` explains the settings.
    """
    from triage import plugins
    from triage.cli import asking

    kind = plugins.one(plugins.CONNECTORS, connector)
    typed = told_settings(settings, "setting")
    given = {**_preset(kind, connector, preset), **typed}
    if mapping:
        given["columns"] = pairs(mapping, "--map")
    allowed = {one: given.pop(one) for one in ("writes",) if one in given}
    given |= asking.what_is_missing(kind, given)
    workspace = session.open(create=True)
    made = workspace.add_source(name, connector, given | allowed)
    _tell(workspace, made, f"Added {made.name} ({made.connector}) to", as_json=as_json)
    _tell_secrets(made, given, typed)
    if asking.signs_in(workspace.sketch(made)):
        note(f"`triage sources sign-in {made.name}` signs in, which comes first")
    else:
        note(f"`triage sources check {made.name}` tries it without storing anything")


@verb(
    "set", within=sources, schemas=("source",),
    example="triage sources set reviews path=other.csv",
)  # fmt: skip
@click.argument("name")
@click.argument("settings", nargs=-1, required=True, metavar="KEY[=VALUE]...")
def set_settings(
    session: Session, name: str, settings: tuple[str, ...], as_json: bool
) -> None:
    """
    Change settings of a source, or replace a secret.

    KEY alone is asked for, and does not show where it is a secret; KEY= takes a setting
    away. fields.plan=NAME sets one entry of a table. writes=true lets what waits in the
    outbox be sent there; without it, a source is only read.
    """
    from triage import plugins
    from triage.cli import asking

    workspace = session.open()
    kind = plugins.one(plugins.CONNECTORS, workspace.configured(name).connector)
    typed = told_settings([one for one in settings if "=" in one], "setting")
    bare = [one for one in settings if "=" not in one]
    given = {**typed, **asking.for_these(kind, bare)}
    made, gone = workspace.change_source(name, given)
    _tell(workspace, made, f"Changed {made.name} in", as_json=as_json)
    _tell_secrets(made, given, typed)
    _tell_gone(gone)


@verb(
    "remove", within=sources, schemas=("source-removed",),
    example="triage sources remove reviews",
)  # fmt: skip
@click.argument("name")
def remove(session: Session, name: str, as_json: bool) -> None:
    """Stop pulling a source; what it brought stays, secrets kept for it do not."""
    workspace = session.open()
    gone = workspace.remove_source(name)
    waiting = workspace.waiting_count(name)
    if as_json:
        told = {"name": name, "forgotten": gone, "waiting": waiting}
        emit_json("source-removed", told)
        return
    emit(one_line(f"Removed {name} from {workspace.config.path}", 999))
    _tell_gone(gone)
    if waiting:
        note(
            f"{count(waiting, 'draft')} for {name} cannot be sent any more;"
            f" `triage outbox list` shows what waits"
        )


def _preset(kind: Any, connector: str, name: str) -> Mapping[str, Any]:
    """The settings of a provider; what a person does there first is told."""
    if not name:
        return {}
    presets: Mapping[str, Mapping[str, Any]] = getattr(kind, "presets", {})
    if name not in presets:
        known = ", ".join(presets) or "none"
        raise UsageError(f"{connector} has no preset {name!r}; there are: {known}")
    hint = getattr(kind, "hints", {}).get(name)
    if hint:
        note(hint)
    return presets[name]


def _tell(
    workspace: Workspace, made: SourceSettings, words: str, *, as_json: bool
) -> None:
    if as_json:
        view = next(one for one in workspace.sources() if one.name == made.name)
        emit_json("source", of_source(view))
    else:
        emit(one_line(f"{words} {workspace.config.path}", 999))


def _tell_secrets(
    made: SourceSettings, given: Mapping[str, Any], typed: Mapping[str, Any]
) -> None:
    """Where secrets went that were told now, without them."""
    from triage import plugins, secrets
    from triage.workspace.accounts import secrets_of

    for setting in secrets_of(plugins.one(plugins.CONNECTORS, made.connector)):
        told = given.get(setting.name)
        if not told or secrets.is_reference(str(told)):
            continue
        note(f"{setting.name} is kept in {made.settings[setting.name]}")
        if setting.name in typed:
            note(
                f"{setting.name} was part of the command, which shells remember; the"
                " next time, leave it out and it is asked for"
            )


def _tell_gone(gone: Iterable[str]) -> None:
    for reference in gone:
        note(f"nothing is kept in {reference} any more")
