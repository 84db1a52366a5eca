"""Lines that let a system pull by itself: systemd units and a crontab's."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

EVERY = 15
"""Minutes between two pulls, where a schedule is written."""


def written(what: str, database: Path) -> str:
    """The lines for ``systemd``, ``systemd-watch`` or ``cron``, for this workspace."""
    words = [*_program(), "--db", str(database.absolute()), "sync"]
    if what == "cron":
        line = " ".join(shlex.quote(word) for word in words).replace("%", "\\%")
        return f"*/{EVERY} * * * * {line}"
    if what == "systemd":
        return _SERVICE.format(command=_quoted(words)) + _TIMER.format(every=EVERY)
    return _WATCH.format(command=_quoted([*words, "--watch"]))


def _program() -> list[str]:
    """How this very installation is called."""
    script = Path(sys.executable).with_name("triage")
    return [str(script)] if script.exists() else [sys.executable, "-m", "triage"]


def _quoted(words: list[str]) -> str:
    return " ".join(
        '"{}"'.format(
            word.replace("\\", "\\\\")
            .replace('"', '\\"')
            .replace("%", "%%")
            .replace("$", "$$")
        )
        for word in words
    )


_SERVICE = """\
# ~/.config/systemd/user/triage-sync.service
[Unit]
Description=Triage pulls customer feedback

[Service]
Type=oneshot
ExecStart={command}
TimeoutStartSec=1h
Nice=10
"""

_TIMER = """
# ~/.config/systemd/user/triage-sync.timer
[Unit]
Description=Triage pulls customer feedback every {every} minutes

[Timer]
OnCalendar=*:0/{every}
RandomizedDelaySec=60
Persistent=true

[Install]
WantedBy=timers.target
"""

_WATCH = """\
# ~/.config/systemd/user/triage-watch.service
[Unit]
Description=Triage watches for customer feedback

[Service]
ExecStart={command}
Restart=on-failure
RestartSec=60
Nice=10

[Install]
WantedBy=default.target
"""
