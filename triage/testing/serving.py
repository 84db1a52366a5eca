"""A made-up service behind a socket of this machine, for clients of other processes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from triage.testing.service import Service
from triage.transport.answered import Answer, Request, said


def answer_of(values: Any, status: int = 200) -> Answer:
    """Return an answer of JSON values."""
    content = json.dumps(values).encode()
    return said(status, {"Content-Type": "application/json"}, content)


def serve(service: Service, port: int) -> None:
    """Serve it on this machine until it is interrupted, and say where."""
    with served(service.answer, port) as address:
        print(f"{address}/api answers; Ctrl-C ends it")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


@contextmanager
def served(answer: Callable[[Request], Answer | None], port: int = 0) -> Iterator[str]:
    """
    The address at which whatever ``answer`` says is answered, one at a time.

    Where it says None, the connection is broken off.

    Args:
        port: Of 127.0.0.1; any free one for 0.
    """
    turn = threading.Lock()

    class Desk(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Headers and body would be two packets, and the second waits for an answer.
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Request(
                self.command,
                f"http://{self.headers['Host']}{self.path}",
                headers=list(self.headers.items()),
                content=self.rfile.read(length),
            )
            with turn:
                told = answer(asked)
            if told is None:
                self.close_connection = True
                return
            self.send_response(told.status_code)
            for name, value in told.headers.items():
                if name.lower() not in {"content-length", "transfer-encoding", "date"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.content)))
            self.end_headers()
            self.wfile.write(told.content)

        do_POST = do_PATCH = do_PUT = do_DELETE = do_GET  # noqa: N815 - named by HTTP

        def log_message(self, *_: object) -> None:
            """Tests print what they have to say themselves."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Desk)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
