"""sources sign-in: an account that signs in with OAuth, by code or by browser."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from triage.cli.output import emit, emit_json, note
from triage.cli.session import Session
from triage.cli.sources import sources
from triage.cli.verbs import verb
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.transport.device import GoThere


@verb(
    "sign-in", within=sources, schemas=("signed-in",),
    example="triage sources sign-in mail",
)  # fmt: skip
@click.argument("name")
@click.option("--no-browser", is_flag=True, help="Only print the address to open.")
def sign_in(session: Session, name: str, no_browser: bool, as_json: bool) -> None:
    """
    Sign in to a source with OAuth; the token is kept where its settings say.

    Where the provider has one, a code is shown to be typed in any browser. Else a
    browser is opened here; one on another machine ends at an address it cannot reach,
    which is pasted back.
    """
    from asyncio import run

    workspace = session.open()

    def tell(there: GoThere) -> None:
        _tell(there, opens=not no_browser and _has_browser())

    is_asked = no_browser or sys.stdin.isatty()
    made = run(workspace.sign_in(name, tell, _pasted if is_asked else None))
    kept = str(made.settings["token"])
    if as_json:
        emit_json("signed-in", {"name": name, "token": kept})
    else:
        emit(one_line(f"Signed in to {name}; the token is kept in {kept}", 999))
    note(f"`triage sources check {name}` tries it without storing anything")


def _tell(there: GoThere, *, opens: bool) -> None:
    if there.code:
        note("Open this address in any browser, on any machine:")
        click.echo(f"\n  {there.address}\n", err=True)
        note("and type this code there:")
        click.echo(f"\n  {there.code}\n", err=True)
        note(f"It is good for {there.seconds / 60:.0f} min; Ctrl-C stops waiting")
        return
    note("Your browser opens this address:" if opens else "Open this address:")
    # Whole, and on a line of its own: it is copied.
    click.echo(f"\n{one_line(there.address, 8000)}\n", err=True)
    if opens:
        import webbrowser

        webbrowser.open(there.address)
    if not opens or sys.stdin.isatty():
        note(
            "Where the browser is on another machine it ends at an address that begins"
            " with http://127.0.0.1 and shows an error: copy that address, paste it"
            " here and press enter"
        )


def _has_browser() -> bool:
    """Whether one would open on a screen here, not in this terminal."""
    if os.environ.get("SSH_CONNECTION"):
        return False
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


async def _pasted() -> str:
    """
    A line from standard input; "" where it ends.

    Read by a thread nobody waits for, since a browser may be quicker; and not through
    Python's own file, whose lock it would hold when the program ends.
    """
    import asyncio
    import contextlib
    import threading

    loop = asyncio.get_running_loop()
    told: asyncio.Future[str] = loop.create_future()
    number = sys.stdin.fileno()

    def read() -> None:
        line = b""
        while not line.endswith(b"\n") and (more := os.read(number, 65_536)):
            line += more
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
            loop.call_soon_threadsafe(_settle, told, line.decode("utf-8", "replace"))

    threading.Thread(target=read, daemon=True).start()
    return await told


def _settle(told: object, line: str) -> None:
    import asyncio

    assert isinstance(told, asyncio.Future)
    if not told.done():
        told.set_result(line)
