"""
What a command is here: a sentence, its options, one example, the JSON it prints.

A module registers its commands as it is imported; the program imports the module a
word on the command line names, and all of them only to print the whole help.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from triage.cli.session import Session

REGISTERED: dict[str, click.Command] = {}
"""Commands of the first level whose modules are imported, by name."""


class Verb(click.Command):
    """
    One command.

    Attributes:
        example: A line a person could type.
        schemas: The JSON documents ``--json`` prints, by name; files in docs/schemas.
    """

    def __init__(
        self, *args: Any, example: str, schemas: tuple[str, ...], **extra: Any
    ) -> None:
        super().__init__(*args, **extra)
        self.example = example
        self.schemas = schemas
        if schemas:
            named = " or ".join(f"triage.{schema}/1" for schema in schemas)
            self.params.append(
                click.Option(
                    ["--json", "as_json"], is_flag=True,
                    help=f"One JSON document, {named}.",
                )
            )  # fmt: skip
        self.params.append(
            click.Option(
                ["--db"], type=click.Path(), hidden=True, expose_value=False,
                callback=_choose_database,
            )
        )  # fmt: skip

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The example, after the options."""
        del ctx
        with formatter.section("Example"):
            formatter.write_text(self.example)


class Nouns(click.Group):
    """Several commands about one noun: ``triage pain add``, ``triage pain list``."""


class NounsByUsual(Nouns):
    """
    Commands about one noun of which one is meant where none is named.

    ``triage highlight f12`` is ``triage highlight add f12``.

    Attributes:
        usual: The name of that one.
    """

    usual = ""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, the usual command put before what names none."""
        usual = self.commands[self.usual]
        # Alone it is meant where it asks for nothing; else the help says what there is.
        is_whole = bool(args) or not any(one.required for one in usual.params)
        named = args[0] if args else ""
        if is_whole and named not in {*self.commands, "--help", "-h"}:
            args = [self.usual, *args]
        return super().parse_args(ctx, args)


class VerbOfNouns(Verb, Nouns):
    """A command that stands by itself and has others within it: ``triage groups``."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(
            *args, invoke_without_command=True, subcommand_metavar="[COMMAND ...]",
            **extra,
        )  # fmt: skip


def verb_of_nouns(
    name: str, *, example: str, schemas: tuple[str, ...] = ()
) -> Callable[[Callable[..., None]], VerbOfNouns]:
    """As ``verb``; not called where a command within it is named."""

    def made(function: Callable[..., None]) -> VerbOfNouns:
        @wraps(function)
        def alone(*args: Any, **options: Any) -> None:
            ctx = click.get_current_context()
            if ctx.invoked_subcommand is None:
                function(*args, **options)
            elif any(_is_typed(ctx, name) for name in options):
                raise click.UsageError(
                    f"options belong after {ctx.invoked_subcommand!r}", ctx
                )

        command: VerbOfNouns = click.command(
            name, cls=VerbOfNouns, example=example, schemas=schemas
        )(click.pass_obj(alone))
        REGISTERED[name] = command
        return command

    return made


def _is_typed(ctx: click.Context, option: str) -> bool:
    return ctx.get_parameter_source(option) is click.core.ParameterSource.COMMANDLINE


def verb(
    name: str,
    *,
    example: str,
    schemas: tuple[str, ...] = (),
    within: Nouns | None = None,
    hidden: bool = False,
    takes_dashes: bool = False,
    cls: type[Verb] = Verb,
) -> Callable[[Callable[..., None]], Verb]:
    """
    Make a function a command; it is handed the session first, then its options.

    ``takes_dashes``: a word that begins with a dash is no option unless it is one.
    ``cls``: One whose help says more.
    """
    settings = {"ignore_unknown_options": takes_dashes}

    def made(function: Callable[..., None]) -> Verb:
        command: Verb = click.command(
            name, cls=cls, example=example, schemas=schemas, hidden=hidden,
            context_settings=settings,
        )(click.pass_obj(function))  # fmt: skip
        if within is None:
            REGISTERED[name] = command
        else:
            within.add_command(command)
        return command

    return made


def nouns(name: str, sentence: str, *, within: Nouns | None = None) -> Nouns:
    """A group of commands about one noun."""
    group = Nouns(name, help=sentence)
    if within is None:
        REGISTERED[name] = group
    else:
        within.add_command(group)
    return group


def nouns_by_usual(name: str, usual: str, sentence: str) -> NounsByUsual:
    """As ``nouns``, with one that is meant where none is named."""
    group = NounsByUsual(name, help=sentence)
    group.usual = usual
    REGISTERED[name] = group
    return group


def _choose_database(
    ctx: click.Context, option: click.Parameter, value: str | None
) -> None:
    del option
    if value is not None and isinstance(ctx.obj, Session):
        ctx.obj.told = value
