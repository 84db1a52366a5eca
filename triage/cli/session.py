"""Which workspace a command works on; opened when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from triage.workspace import Workspace


class Session:
    """
    What every command is handed.

    Attributes:
        told: The workspace named with ``--db`` or ``TRIAGE_DB``; None for the
            person's own.
        read_only: Whether every change is refused.
    """

    def __init__(self, told: str | None, *, read_only: bool = False) -> None:
        self.told = told
        self.read_only = read_only

    @property
    def path(self) -> Path:
        """Where the workspace is, there or not."""
        if self.told:
            from pathlib import Path

            return Path(self.told).expanduser()
        from triage.config import default_database

        return default_database()

    def open(self, *, create: bool = False, path: Path | None = None) -> Workspace:
        """The workspace, closed when the command ends; made only where asked to."""
        import click

        from triage.workspace import Workspace

        path = path or self.path
        create = create and not self.read_only
        if not create and not self.told and not path.exists():
            raise UsageError(
                "there is no workspace yet; begin with `triage import FILE` or"
                " `triage demo`"
            )
        workspace = Workspace(path, create=create, read_only=self.read_only)
        click.get_current_context().call_on_close(workspace.close)
        return workspace
