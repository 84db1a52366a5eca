"""One try at a question: sent, read within limits, and judged."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx

from triage.connector import Secret
from triage.errors import ConfigError, RateLimited, SourceError, SourceUnavailable
from triage.transport import body, origin, refusal, waiting
from triage.transport.auth import hidden
from triage.transport.response import Response

HOPS = 5
"""Redirects followed, on the same origin."""

_FARTHEST = timedelta(days=1)  # a source that says "in a year" is asked again tomorrow
_MOVED = {301, 302, 303, 307, 308}
_AGAIN = {408, 425}


@dataclass(frozen=True, slots=True)
class Question:
    """
    A request, ready to be sent and sent again.

    Attributes:
        home: The address of the source; the request stays on its origin.
        allow: Refusals the caller wants returned.
        secrets: What no message may show.
    """

    request: httpx.Request
    home: httpx.URL
    allow: Collection[int]
    secrets: tuple[Secret, ...]

    def hide(self, text: str) -> str:
        """Return the text without the secrets of this request."""
        return hidden(text, self.secrets)


@dataclass(frozen=True, slots=True)
class Trouble:
    """
    Why a try failed, as a value.

    Raised outside any ``except``, the error drags along no cause whose frames hold a
    key.

    Attributes:
        passing: Whether asking again may help.
        wait: Seconds the source asked for; None where the pause is ours to choose.
    """

    error: SourceError | ConfigError
    passing: bool = False
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """
    What a try needs: a client, the time, and when to give up.

    Attributes:
        deadline: Seconds from the first byte sent to the last received: the client's
            own timeouts begin anew with every byte of a slow drip.
    """

    client: httpx.AsyncClient
    clock: Callable[[], datetime]
    deadline: float

    async def attempt(
        self, question: Question, note: Callable[[Mapping[str, str]], object]
    ) -> Response | Trouble:
        """
        Return the answer, or why there is none; raises nothing of the network.

        Args:
            note: Is given the headers of every answer, a refusal's too.
        """
        where = question.hide(origin.place(question.request.url))
        try:
            async with asyncio.timeout(self.deadline):
                return await self._follow(question, note)
        except TimeoutError:
            return Trouble(
                SourceUnavailable(
                    f"{where} did not finish its answer within {self.deadline:g} s;"
                    " try again later"
                ),
                passing=True,
            )
        except (SourceError, ConfigError) as error:
            return Trouble(error.with_traceback(None))
        # A byte turned round on the way comes as TLS's own error, past the client's.
        except (httpx.TransportError, ssl.SSLError) as error:
            reason = refusal.connection(error)
            return Trouble(
                SourceUnavailable(question.hide(f"{where} {reason.words}")),
                passing=reason.passing,
            )
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            return Trouble(
                SourceUnavailable(
                    f"{where} cannot be asked ({type(error).__name__});"
                    " check its address in the settings"
                )
            )

    async def _follow(
        self, question: Question, note: Callable[[Mapping[str, str]], object]
    ) -> Response | Trouble:
        request = question.request
        for _ in range(HOPS + 1):
            answer = await self._once(request, question)
            note(answer.headers)
            target = answer.headers.get("location", "")
            if answer.status not in _MOVED or not target:
                return self._judge(answer, question)
            # 301 to 303 turn a write into a read; a write must not vanish so.
            if request.method != "GET" and answer.status < 307:
                return Trouble(
                    SourceUnavailable(
                        f"{answer.where} has moved; change its address in the settings"
                    )
                )
            request = httpx.Request(
                request.method,
                origin.within(question.home, target, request.url),
                headers=request.headers,
                content=request.content,
            )
        return Trouble(
            SourceUnavailable(f"{answer.where} redirects in circles; try again later")
        )

    async def _once(self, request: httpx.Request, question: Question) -> Response:
        where = question.hide(origin.place(request.url))
        answer = await self.client.send(request, stream=True, auth=None)
        try:
            packing = answer.headers.get("content-encoding", "")
            # The stream itself, not aiter_bytes: that one unpacks without a limit.
            stream = answer.stream
            assert isinstance(stream, httpx.AsyncByteStream)
            content = await body.read(stream, packing, where)
        finally:
            await answer.aclose()
        return Response(
            answer.status_code, where, answer.headers, content, str(request.url)
        )

    def _judge(self, answer: Response, question: Question) -> Response | Trouble:
        status, headers = answer.status, answer.headers
        if waiting.is_limited(status, headers, answer.content):
            return self._paused(answer)
        if 200 <= status < 300 or status in question.allow:
            return answer
        error = refusal.refused(answer, question.hide, self.clock())
        if status < 500 and status not in _AGAIN:
            return Trouble(error)
        asked = waiting.wait(headers, b"", self.clock())
        if asked is not None and asked > waiting.LONGEST:
            return self._paused(answer)
        return Trouble(error, passing=True, wait=asked)

    def _paused(self, answer: Response) -> Trouble:
        now = self.clock()
        wait = waiting.wait(answer.headers, answer.content, now)
        until = None
        if wait is not None:
            until = now + timedelta(seconds=min(wait, _FARTHEST.total_seconds()))
        when = f"until {until.astimezone(UTC):%F %R} UTC" if until else "for a while"
        return Trouble(
            RateLimited(
                f"{answer.where} was asked too often and wants rest {when};"
                " what came so far is kept, sync again then",
                until,
            ),
            passing=wait is None or wait <= waiting.LONGEST,
            wait=wait,
        )
