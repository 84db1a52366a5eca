"""Settings a person is asked for, at a terminal; secrets do not show."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from triage import plugins
from triage.connector import Connector, Secret
from triage.errors import ConfigError, UsageError
from triage.settings import Setting, settings_of
from triage.text.display import one_line


def what_is_missing(kind: type[Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """
    What a connector needs and was not given, asked for one by one.

    Raises:
        ConfigError: Something is missing and nobody is there to ask.
    """
    missing = [
        one for one in settings_of(kind) if one.required and one.name not in given
    ]
    if not _somebody_is_there():
        if missing:
            _refuse(missing)
        return {}
    told = {one.name: _ask(kind, one) for one in missing}
    while found := _necessary(kind, {**given, **told}):
        told[found.name] = _ask(kind, replace(found, required=True))
    for secret in _secrets(kind, {**given, **told}):
        value = _ask(kind, secret)
        if value:
            told[secret.name] = value
            break
    return told


def for_these(kind: type[Any], names: Sequence[str]) -> dict[str, Any]:
    """These settings, asked for."""
    settings = {one.name: one for one in settings_of(kind)}
    for name in names:
        if name not in settings:
            raise ConfigError(
                f"{kind.__name__} has no setting {one_line(name, 60)!r};"
                f" known: {', '.join(settings)}"
            )
    if names and not _somebody_is_there():
        raise UsageError(
            f"nobody is there to be asked for {', '.join(names)};"
            f" write {names[0]}=env:NAME or another reference"
        )
    return {name: _ask(kind, settings[name], anew=True) for name in names}


def signs_in(connector: Connector) -> bool:
    """Whether its account signs in with OAuth."""
    return getattr(connector, "oauth", lambda: None)() is not None


def _secrets(kind: type[Any], given: Mapping[str, Any]) -> list[Setting]:
    """Secrets that may be left out, but one of which is needed to sign in."""
    if given.get("auth") == "none":
        return []
    secrets = _secrets_to_type(kind)
    if _is_for_oauth(kind, given):
        secrets = [one for one in settings_of(kind) if one.name == "client_secret"]
    return [] if any(one.name in given for one in secrets) else secrets


def _is_for_oauth(kind: type[Any], given: Mapping[str, Any]) -> bool:
    try:
        return signs_in(plugins.build(kind, given, Path.cwd()))
    except ConfigError:
        # Not whole without its secret, which then is what is asked for.
        return False


def _secrets_to_type(kind: type[Any]) -> list[Setting]:
    """Those a person may know: not what signing in gives, nor what a client has."""
    apart = {"token", "client_secret"} if hasattr(kind, "oauth") else set()
    return [one for one in settings_of(kind) if one.is_secret and one.name not in apart]


def _necessary(kind: type[Any], given: Mapping[str, Any]) -> Setting | None:
    """
    A setting that those given make necessary.

    Raises:
        ConfigError: They do not fit, whatever is said to the questions to come.
    """
    settings = {one.name: one for one in settings_of(kind)}
    later = {one.name: Secret("x") for one in _secrets_to_type(kind)}
    try:
        plugins.build(kind, {**later, **given}, Path.cwd())
    except ConfigError as error:
        if error.missing in settings and error.missing not in given:
            return settings[error.missing]
        raise
    return None


def _ask(kind: type[Any], setting: Setting, *, anew: bool = False) -> Any:
    may_be_empty = not (setting.required or anew)
    hints = ["not shown", "env:NAME or file:PATH will do"] if setting.is_secret else []
    hints += ["enter for none"] if may_be_empty else []
    hint = f" ({'; '.join(hints)})" if hints else ""
    if setting.help:
        click.echo(click.wrap_text(one_line(setting.help, 600), 88), err=True)

    def checked(text: str) -> str:
        text = text.strip()
        try:
            plugins.value(kind, setting.name, text)
        except ConfigError as error:
            raise click.UsageError(str(error)) from error
        return text

    return click.prompt(
        f"{setting.name}{hint}", hide_input=setting.is_secret, err=True,
        default="" if may_be_empty else None, show_default=False, value_proc=checked,
    )  # fmt: skip


def _refuse(missing: Sequence[Setting]) -> None:
    names = ", ".join(one.name for one in missing)
    how = " ".join(
        f"{one.name}=env:NAME" if one.is_secret else f"{one.name}=…" for one in missing
    )
    if len(missing) == 1:
        raise ConfigError(f"the setting {names} is missing; add {how}")
    raise ConfigError(f"the settings {names} are missing; add {how}")


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
