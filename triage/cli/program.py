"""The command ``triage`` itself: its sections of commands, each found when named."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from triage import __version__
from triage.cli.contents import OTHER_NAMES, SECTIONS
from triage.cli.ending import CLOSED, ended, hush
from triage.cli.session import Session
from triage.cli.verbs import REGISTERED


class Program(click.Group):
    """Finds a command by importing its module alone; ends as ``ended`` says."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the sections."""
        del ctx
        return [name for section in SECTIONS.values() for name in section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its module imported now."""
        del ctx
        name = OTHER_NAMES.get(cmd_name, cmd_name)
        for section in SECTIONS.values():
            if name in section:
                import_module(f"triage.cli.{section[name].module}")
                return REGISTERED[name]
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but near names are found among those not imported yet."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), 1)
            if not near:
                raise
            raise click.UsageError(
                f"No such command {args[0]!r}; did you mean {near[0]}?", ctx
            ) from error

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """The commands in their sections."""
        del ctx
        for title, section in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(name, place.sentence) for name, place in section.items()]
                )

    def invoke(self, ctx: click.Context) -> Any:
        """As click does; a reader that went away ends us quietly."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            hush()
            ctx.exit(CLOSED)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and leave with the exit code."""
        extra["standalone_mode"] = False
        sys.exit(ended(lambda: super(Program, self).main(*args, **extra)))


@click.command(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog="Ids look like f12 (feedback), g12 (group), p3 (pain point), r2 (roadmap"
    " item), e7 (evidence), h3 (highlight), s1 (story), n3 (note), d4 (draft), b3"
    " (import), c5 (customer)."
    " Where a command takes several, they may also come on standard input, one a line"
    " or as our own JSON. --db may stand before or after the command.",
)
@click.option(
    "--db",
    type=click.Path(),
    envvar="TRIAGE_DB",
    metavar="PATH",
    help="The workspace; TRIAGE_DB says the same.",
)
@click.option(
    "--read-only",
    is_flag=True,
    help="Change nothing: every decision is refused, in the app too.",
)
@click.version_option(__version__, prog_name="triage", message="%(prog)s %(version)s")
@click.pass_context
def program(ctx: click.Context, db: str | None, read_only: bool) -> None:
    """
    Hear customers: pull feedback together, decide by keyboard, export a backlog.

    Without a command, the app opens on the inbox.
    """
    ctx.obj = Session(db, read_only=read_only)
    if ctx.invoked_subcommand is None:
        from triage.cli.app import open_app

        open_app(ctx.obj)
