"""A real Request Tracker for tests, on free ports of this machine, with SQLite."""

from __future__ import annotations

import contextlib
import json
import os
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

_SETUP = Path("/usr/sbin/rt-setup-database-5")
_HTTPD = Path("/usr/share/request-tracker5/libexec/standalone_httpd")
_STARMAN = Path("/usr/bin/starman")
_FILLING = Path(__file__).with_name("rt_setup.pl")

# A cheap hash, because every request checks its token anew.
_SETTINGS = """\
Set($rtname, 'test.example');
Set($Organization, 'test.example');
Set($WebDomain, '127.0.0.1');
Set($WebPort, {port});
Set($WebPath, '');
Set($WebBaseURL, '{url}');
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '{top}/rt.db');
Set($MailCommand, 'mbox');
Set($LogToSyslog, undef);
Set($LogToFile, undef);
Set($LogToSTDERR, 'error');
Set($Timezone, 'UTC');
Set($HTMLFormatter, 'core');
Set($BcryptCost, 5);
Set($UseSQLForACLChecks, {counts});
Set($WebSessionClass, 'Apache::Session::File');
$RT::VarPath = '{own}/var';
$RT::MasonDataDir = '{own}/mason';
$RT::MasonSessionDir = '{own}/sessions';
1;
"""


class Rt:
    """
    One server: queues "Feedback" and "Legal"; started by ``running``.

    Attributes:
        url: Its address.
        tokens: Of "root", of "agent" who answers, of "triage" who may read Feedback
            alone, and of "webform" who may open tickets; by name.
    """

    def __init__(self, top: Path, name: str = "usual", *, counts: bool = True) -> None:
        """Without ``counts`` rights are looked at row by row, as old servers do."""
        self._top, self._own = top, top / name
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        for folder in ("var", "mason", "sessions", "more"):
            (self._own / folder).mkdir(parents=True)
        settings = _SETTINGS.format(
            top=top, own=self._own, port=port, url=self.url, counts=int(counts)
        )
        (self._own / "settings.pm").write_text(settings)
        self._port = port
        self.tokens: dict[str, str] = {}
        self._http = httpx.Client(base_url=f"{self.url}/REST/2.0/", timeout=60)

    def fill(self) -> None:
        """Make the database, and what every test needs in it."""
        self._run(_SETUP, "--action", "init", "--skip-create")
        self.tokens = json.loads(self._run("perl", _FILLING).splitlines()[-1])
        (self._top / "tokens.json").write_text(json.dumps(self.tokens))

    def start(self) -> None:
        self.tokens = json.loads((self._top / "tokens.json").read_text())
        with (self._own / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    _HTTPD, "--server", "Starman", "--workers", "4",
                    "--disable-keepalive",
                    "--host", "127.0.0.1", "--port", str(self._port),
                    "--env", "deployment",
                ],
                cwd=self._own, env=self._environment(), stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + 60
        while time.monotonic() < until and self._process.poll() is None:
            with contextlib.suppress(httpx.TransportError):
                if self._http.get("rt").status_code == 401:
                    return
            time.sleep(0.05)
        raise RuntimeError((self._own / "log").read_text())

    def stop(self) -> None:
        self._http.close()
        # As root it mends the rights of its own folders when interrupted; not so here.
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def ask(
        self, method: str, path: str, by: str = "agent", **told: Any
    ) -> httpx.Response:
        """What it answers somebody, as their own programs would ask it."""
        signed = {"Authorization": f"token {self.tokens[by]}"}
        return self._http.request(method, path, headers=signed, **told)

    def opened(self, by: str = "webform", **told: Any) -> str:
        """A new ticket's number; a form's unless said otherwise."""
        made = {"Queue": "Feedback", "ContentType": "text/plain", **told}
        answer = self.ask("POST", "ticket", by, json=made)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def change(self, name: str, by: str = "root", **told: Any) -> str:
        """Change a ticket; what it says of that, for it says 200 to anything."""
        answer = self.ask("PUT", f"ticket/{name}", by, json=told)
        assert answer.status_code == 200, answer.text
        return "; ".join(answer.json())

    def tell(
        self, name: str, text: str, how: str = "correspond", by: str = "agent"
    ) -> None:
        """Answer a ticket, or comment on it."""
        told = {"Content": text, "ContentType": "text/plain"}
        answer = self.ask("POST", f"ticket/{name}/{how}", by, json=told)
        assert answer.status_code == 201, answer.text

    def mail(self, message: bytes, queue: str = "Feedback") -> None:
        """Deliver a mail, as a mail server would."""
        told = {"message": message.decode(), "action": "correspond", "queue": queue}
        answer = self._http.post(
            f"{self.url}/REST/1.0/NoAuth/mail-gateway",
            data={**told, "SessionType": "REST"},
        )
        assert answer.text.startswith("ok"), answer.text

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": str(self._own),
            "LANG": "C.UTF-8",
            "RT_SITE_CONFIG": str(self._own / "settings.pm"),
            "RT_SITE_CONFIG_DIR": str(self._own / "more"),
        }

    def _run(self, *words: str | Path) -> str:
        ran = subprocess.run(
            words, env=self._environment(), capture_output=True, text=True, check=False
        )
        if ran.returncode:
            raise RuntimeError(ran.stdout + ran.stderr)
        return ran.stdout


@contextlib.contextmanager
def running() -> Iterator[tuple[Rt, Rt]]:
    """
    One database behind two servers while the block runs.

    The first counts rows as new servers do; the second hides them one by one.
    """
    need(_SETUP, _HTTPD, _STARMAN)
    memory = Path("/dev/shm")
    top = Path(tempfile.mkdtemp("", "rt-", memory if memory.is_dir() else None))
    usual, hiding = Rt(top), Rt(top, "hiding", counts=False)
    started: list[Rt] = []
    try:
        usual.fill()
        for server in (usual, hiding):
            started.append(server)
            server.start()
        yield usual, hiding
    finally:
        for server in started:
            server.stop()
        shutil.rmtree(top, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
