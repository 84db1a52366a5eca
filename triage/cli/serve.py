"""serve: the app in a browser, on this machine."""

from __future__ import annotations

import click

from triage.cli.output import emit, note
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.text.display import one_line


@verb("serve", example="triage serve --read-only")
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help="Where to listen.",
)  # fmt: skip
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
    metavar="N", help="The same; 0 takes any that is free.",
)  # fmt: skip
@click.option(
    "--max-sessions", type=click.IntRange(1, 100), default=4, show_default=True,
    metavar="N", help="Tabs that may be open at once.",
)  # fmt: skip
@click.option("--read-only", is_flag=True, help="Show everything, change nothing.")
@click.option(
    "--origin", "origins", multiple=True, metavar="URL",
    help="Another address a browser may show, where a port is forwarded under another"
    " number or a proxy stands before: http://localhost:9000. Again for several.",
)  # fmt: skip
@click.option(
    "--beyond-this-machine", "beyond", is_flag=True,
    help="Allow a --host that other machines reach.",
)  # fmt: skip
def serve(
    session: Session,
    host: str,
    port: int,
    max_sessions: int,
    read_only: bool,
    origins: tuple[str, ...],
    beyond: bool,
) -> None:
    """
    Open the app in a browser, on this machine; Ctrl-C ends it.

    Prints a link that lets one browser in, once; then the next one. Through
    `ssh -L 8000:127.0.0.1:8000` it works from afar.
    """
    host = "127.0.0.1" if host == "localhost" else host
    _refuse_exposure(host, origins, beyond=beyond)
    try:
        from triage.serve.server import Server, Setting
    except ModuleNotFoundError as error:
        raise UsageError(
            "the browser needs packages that are not installed:"
            " pip install 'feedback-triage[serve]'"
        ) from error
    session.read_only = session.read_only or read_only
    workspace = session.open(create=True)
    path, theme = workspace.path, workspace.config.theme
    workspace.close()
    setting = Setting(
        database=path, host=host, port=port, max_sessions=max_sessions,
        read_only=session.read_only, origins=origins, background=_background(theme),
    )  # fmt: skip
    server = Server(setting, tell=emit, complain=_complain)
    only = ", read only" if session.read_only else ""
    note(f"{path}{only}; Ctrl-C stops. A link lets one browser in, once:")
    server.serve()


def _refuse_exposure(host: str, origins: tuple[str, ...], *, beyond: bool) -> None:
    from ipaddress import ip_address

    from triage.serve.addresses import is_loopback

    try:
        everywhere = ip_address(host).is_unspecified
    except ValueError:
        raise UsageError(
            f"--host is an address like 127.0.0.1, not {host!r}; names are --origin"
        ) from None
    if is_loopback(host):
        return
    if not beyond:
        raise UsageError(
            f"{host} can be reached by other machines, which Triage is not made for:"
            " forward the port instead (ssh -L 8000:127.0.0.1:8000), or say"
            " --beyond-this-machine"
        )
    if everywhere and not origins:
        raise UsageError(
            f"{host} is every address of this machine: say with --origin which one"
            " browsers show, for example --origin http://192.168.1.5:8000"
        )
    note(
        "warning: other machines reach this. What is said travels in the clear, and"
        " whoever gets the link reads and decides; put a proxy with TLS before it"
    )


def _complain(said: str) -> None:
    note("triage: an app in a browser failed; it said:")
    for line in said.splitlines()[-20:]:
        note(f"  {one_line(line, 400)}")


def _background(theme: str) -> str:
    from triage.tui import themes

    found = themes.load().found
    chosen = found.get(theme) or found[themes.DEFAULT]
    return chosen.background or "#000000"
