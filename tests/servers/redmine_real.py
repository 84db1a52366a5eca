"""A real Redmine for tests, on a free port of this machine, with SQLite."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from servers.needed import need

_HOME = Path("/usr/share/redmine")
_PUMA = Path("/usr/bin/puma")
_FILLING = Path(__file__).with_name("redmine_setup.rb")

_DATABASE = """\
production:
  adapter: sqlite3
  database: {top}/redmine.sqlite3
  timeout: 10000
"""


class Redmine:
    """
    One server with the project "product"; started by ``running``.

    Attributes:
        url: Its address.
        keys: Of "admin", and of "triage", who may add issues and notes but not choose a
            status; by login.
    """

    def __init__(self, top: Path) -> None:
        self._top = top
        for folder in ("config", "tmp/cache", "log", "files", "public/plugin_assets"):
            (top / folder).mkdir(parents=True)
        (top / "config/secret_key.txt").write_text(secrets.token_hex(32))
        (top / "config/database.yml").write_text(_DATABASE.format(top=top))
        self._port = _free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self.keys: dict[str, str] = {}
        self._http = httpx.Client(base_url=self.url, timeout=60)

    def fill(self) -> None:
        """Make the database, and what every test needs in it."""
        told = self._run("ruby", "bin/rails", "runner", str(_FILLING))
        self.keys = json.loads(told.splitlines()[-1])

    def start(self) -> None:
        with (self._top / "out").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    _PUMA, "-b", f"tcp://127.0.0.1:{self._port}", "-e", "production",
                    "-t", "1:4", "--dir", _HOME, "config.ru",
                ],
                cwd=_HOME, env=self._environment(), stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + 90
        while time.monotonic() < until and self._process.poll() is None:
            with contextlib.suppress(httpx.TransportError):
                if self._http.get("/projects.json").status_code == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError((self._top / "out").read_text())

    def stop(self) -> None:
        self._http.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def ask(self, method: str, path: str, **told: Any) -> httpx.Response:
        """What it answers the admin, as their own programs would ask it."""
        signed = {"X-Redmine-API-Key": self.keys["admin"]}
        answer = self._http.request(method, path, headers=signed, **told)
        assert answer.is_success, answer.text
        return answer

    def add(self, title: str, **told: Any) -> str:
        """Somebody there opens an issue; its number."""
        issue = {"project_id": "product", "subject": title, **told}
        return str(
            self.ask("POST", "/issues.json", json={"issue": issue}).json()["issue"][
                "id"
            ]
        )

    def move(self, key: str, state: str) -> None:
        """Somebody there gives it another status."""
        told = self.ask("GET", "/issue_statuses.json").json()["issue_statuses"]
        (name,) = [one["id"] for one in told if one["name"] == state]
        self.ask("PUT", f"/issues/{key}.json", json={"issue": {"status_id": name}})
        assert self.issue(key)["status"]["name"] == state

    def remove(self, key: str) -> None:
        """Somebody there deletes it."""
        self.ask("DELETE", f"/issues/{key}.json")

    def issue(self, key: str) -> dict[str, Any]:
        """One issue with its notes."""
        answer = self.ask("GET", f"/issues/{key}.json", params={"include": "journals"})
        found: dict[str, Any] = answer.json()["issue"]
        return found

    def issues(self) -> list[dict[str, Any]]:
        """Every issue."""
        answer = self.ask(
            "GET", "/issues.json", params={"status_id": "*", "limit": 100}
        )
        found: list[dict[str, Any]] = answer.json()["issues"]
        return found

    def page(self, key: str) -> str:
        """An issue as a reader's browser gets it, but for the forms to change it."""
        return re.sub(
            "<textarea.*?</textarea>", "", self.ask("GET", f"/issues/{key}").text,
            flags=re.DOTALL,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self._top),
            "LANG": "C.UTF-8",
            "RAILS_ENV": "production",
            "REDMINE_LANG": "en",
            # It looks below its own folder of instances, from where a path leads here.
            "REDMINE_INSTANCE": f"../../../..{self._top}",
            "SCHEMA": str(self._top / "schema.rb"),
            # The bundler that comes with Ruby takes Debian's gems for deleted ones.
            "BUNDLER_VERSION": _bundler(),
        }

    def _run(self, *words: str) -> str:
        ran = subprocess.run(
            words, cwd=_HOME, env=self._environment(), capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if ran.returncode:
            raise RuntimeError(ran.stdout + ran.stderr)
        return ran.stdout


@contextlib.contextmanager
def running() -> Iterator[Redmine]:
    """A server while the block runs."""
    need(_HOME / "config.ru", _PUMA)
    memory = Path("/dev/shm")
    top = Path(tempfile.mkdtemp("", "redmine-", memory if memory.is_dir() else None))
    server = Redmine(top)
    try:
        server.fill()
        server.start()
        yield server
    finally:
        if hasattr(server, "_process"):
            server.stop()
        shutil.rmtree(top, ignore_errors=True)


def _bundler() -> str:
    """Debian's own bundler's version."""
    gems = Path("/usr/share/rubygems-integration/all/specifications")
    found = sorted(gems.glob("bundler-*.gemspec"))
    return found[-1].stem.removeprefix("bundler-") if found else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
