"""keys completion: what helps a person's fingers."""

from __future__ import annotations

import click

from triage.cli.output import emit, emit_json, table
from triage.cli.session import Session
from triage.cli.verbs import verb


@verb("keys", example="triage keys", schemas=("keys",))
def keys(session: Session, as_json: bool) -> None:
    """List the keys of the app, as they are in force."""
    from triage import config
    from triage.tui.actions import ACTIONS
    from triage.tui.keymap import keymap

    in_force = keymap(config.load(session.path).keys)
    if as_json:
        emit_json(
            "keys",
            {
                "keys": [
                    {
                        "action": action.id,
                        "keys": list(in_force.of(action)),
                        "does": action.help,
                        "section": action.group,
                        "where": list(action.where),
                        "command": action.verb,
                    }
                    for action in ACTIONS
                ]
            },
        )
        return
    table(
        ("keys", "action", "command", "does"),
        [
            (", ".join(in_force.of(action)), action.id, action.verb, action.help)
            for action in ACTIONS
        ],
    )


@verb("completion", example="triage completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion(ctx: click.Context, session: Session, shell: str) -> None:
    """Print the script that completes commands in a shell."""
    del session
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None, "click knows every shell of the choice"
    maker = kind(ctx.find_root().command, {}, "triage", "_TRIAGE_COMPLETE")
    # Bash's own form asks the bash on this machine for its version; printing does not
    # need one.
    emit(ShellComplete.source(maker))
