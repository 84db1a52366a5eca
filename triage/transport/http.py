"""The client: asks one origin, waits when told to, and gives up with a reason."""

from __future__ import annotations

import asyncio
import json as json_values
import logging
import random
import re
import ssl
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any, Self, TypeAlias
from urllib.parse import urlencode

import httpx

from triage import __version__
from triage.connector import Budget, OAuth, Secret
from triage.errors import ConfigError, RateLimited
from triage.spending import Ledger, Passing, Spent
from triage.transport import origin, waiting
from triage.transport.auth import Auth, authorization, header_value, revealed
from triage.transport.exchange import Exchange, Question
from triage.transport.oauth import Tokens
from triage.transport.pages import Pages
from triage.transport.response import Response
from triage.transport.usage import Usage

# At INFO httpx writes whole addresses, queries and all, into the log.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)

Params: TypeAlias = Mapping[str, str | int | float | bool | Sequence[str | int]]
Headers: TypeAlias = Mapping[str, str | Secret]

TRIES = 5
"""Times a question is asked before we give up; a write is made once."""
DEADLINE = 60.0
"""Seconds for one try, from the first byte sent to the last received."""

_BACKOFF = 60.0  # the longest pause of our own choosing, in seconds


class Http:
    """
    A client of one origin.

    Only ``Http`` decides about retries, waiting, redirects and limits. Errors are ours
    (``SignInFailed``, ``RateLimited``, ``SourceUnavailable``, ``ConfigError``), name
    host and path, and hold neither query nor key.

    Attributes:
        usage: What was asked through it, at whatever origin.
    """

    __slots__ = (
        "_budgets", "_client", "_clock", "_deadline", "_home", "_ledger", "_sleep",
        "_tokens", "usage",
    )  # fmt: skip

    def __init__(
        self,
        base_url: str = "",
        *,
        client_transport: httpx.AsyncBaseTransport | None = None,
        ca_file: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        deadline: float = DEADLINE,
        source: str = "NAME",
        ledger: Ledger | None = None,
    ) -> None:
        """
        Open a client; without an address it answers nothing until ``at`` gives one.

        Args:
            base_url: The source's address: https, or http on this machine.
            client_transport: Answers instead of the network, in tests.
            ca_file: Certificates to trust instead of the usual ones.
            clock: The time now, aware.
            sleep: Waits the given seconds.
            deadline: Seconds for one try.
            source: What its person calls it, for what they have to type.
            ledger: Where calls are counted that a budget limits; in this process alone
                where none is given.
        """
        self.usage = Usage()
        self._budgets: tuple[Budget, ...] = ()
        self._ledger = ledger or Passing()
        self._home = origin.address(base_url) if base_url else None
        self._clock = clock
        self._sleep = sleep
        self._deadline = deadline
        self._tokens = Tokens(clock, source)
        self._client = httpx.AsyncClient(
            transport=client_transport,
            verify=ssl.create_default_context(cafile=ca_file) if ca_file else True,
            trust_env=False,  # no proxy, netrc or certificate from the environment
            follow_redirects=False,
            timeout=httpx.Timeout(30.0, connect=10.0),
            headers={"Accept-Encoding": "gzip", "User-Agent": f"triage/{__version__}"},
            # No source needs a cookie, and a kept one is a secret nobody declared.
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
        )

    def __repr__(self) -> str:
        return f"Http({origin.place(self._home) if self._home else ''})"

    def at(self, base_url: str, *budgets: Budget) -> Self:
        """
        Return the same client for another origin; closing the first closes both.

        A connector names its server with this before it asks: the address comes from
        its settings, never from a cursor or an answer.

        Args:
            budgets: How often that server lets itself be asked: in a minute, in a day.
                Every try is counted by each; where one has none left for long,
                ``RateLimited`` says until when.
        """
        other = copy(self)
        other._home = origin.address(base_url)  # noqa: SLF001 - of our own class
        # A day that is spent is told before anything is counted for the minute.
        longest = sorted(budgets, key=lambda one: -one.seconds)
        other._budgets = tuple(longest)  # noqa: SLF001
        return other

    def now(self) -> datetime:
        """The time, for what is signed with it."""
        return self._clock()

    def left(self, budget: Budget) -> int:
        """Calls of a budget that may be made now."""
        return self._ledger.look(budget.name).left(budget, self._clock())

    def pages(self) -> Pages:
        """Return a guard against a source that leads in circles; one for each pull."""
        return Pages()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def get(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Headers | None = None,
        auth: Auth | None = None,
        allow: Collection[int] = (),
    ) -> Response:
        """
        Return what is at ``url``: a path under our address, or a whole one within it.

        Args:
            url: ``"api/v2/tickets"`` or the ``next`` address of an answer.
            params: Added to the query; never a secret.
            headers: Values may be a ``Secret``.
            auth: A ``Secret`` is a bearer token; a pair is user and password.
            allow: Refusals to be returned, not raised: ``{404}`` where it means "gone".
        """
        return await self.send(
            "GET",
            url,
            params=params,
            headers=headers,
            auth=auth,
            allow=allow,
            idempotent=True,
        )

    async def post(
        self,
        url: str,
        *,
        json: Any = None,
        form: Mapping[str, str | Secret] | None = None,
        params: Params | None = None,
        headers: Headers | None = None,
        auth: Auth | None = None,
        allow: Collection[int] = (),
        idempotent: bool = False,
    ) -> Response:
        """
        Return the answer to a POST of JSON or of a form, each value of which may be a
        ``Secret``.

        ``idempotent`` says that asking twice changes nothing, as with a search; only
        then is it tried again.
        """
        return await self.send(
            "POST",
            url,
            json=json,
            form=form,
            params=params,
            headers=headers,
            auth=auth,
            allow=allow,
            idempotent=idempotent,
        )

    async def access_token(self, oauth: OAuth, refresh: Secret) -> Secret:
        """
        Return an access token for a refresh token: a kept one while it lasts.

        A refresh token that is given in place of this one goes where this one came
        from (``Secret.renewed``); pass the same ``refresh`` all the time.

        Raises:
            SignInFailed: Nobody signed in yet, or the sign-in is accepted no more.
        """
        return await self._tokens.access(self, oauth, refresh)

    async def send(
        self,
        method: str,
        url: str,
        *,
        json: Any = None,
        form: Mapping[str, str | Secret] | None = None,
        params: Params | None = None,
        headers: Headers | None = None,
        auth: Auth | None = None,
        allow: Collection[int] = (),
        idempotent: bool = False,
    ) -> Response:
        """Return the answer to any method; ``get`` and ``post`` read better."""
        home = self._server()
        target = origin.within(home, url)
        if params:
            target = target.copy_merge_params(dict(params))
        signed = dict(headers or {})
        if auth is not None:
            signed["Authorization"] = authorization(auth)
        question = Question(
            self._request(method, target, signed, json, form),
            home,
            allow,
            _secrets(signed, form, json, auth),
        )
        return await self._answer(question, TRIES if idempotent else 1)

    async def _answer(self, question: Question, tries: int) -> Response:
        exchange = Exchange(self._client, self._clock, self._deadline)
        tried = 0
        while True:
            for budget in self._budgets:
                await self._spend(budget, question)
            self.usage.calls += 1
            outcome = await exchange.attempt(question, self._note_left)
            tried += 1
            if isinstance(outcome, Response):
                return outcome
            if not outcome.passing or tried >= tries:
                raise outcome.error
            pause = random.uniform(0, min(_BACKOFF, 2.0**tried))
            await self._sleep(pause if outcome.wait is None else outcome.wait)

    async def _spend(self, budget: Budget, question: Question) -> None:
        """Count a call before it is made; wait for one, or say until when to."""
        self.usage.budgets[budget.name] = budget
        while True:
            now = self._clock()
            taken = False

            def take(spent: Spent) -> Spent:
                nonlocal taken
                taken = spent.left(budget, now) > 0  # noqa: B023 - called at once
                return spent.with_call(budget, now) if taken else spent  # noqa: B023

            spent = self._ledger.change(budget.name, take)
            if taken:
                return
            until = spent.free_at(budget, now)
            wait = (until - now).total_seconds()
            if wait > waiting.LONGEST:
                raise RateLimited(
                    f"{origin.place(question.home)} has been asked as often as it lets"
                    f" itself be ({budget.calls:,} calls in"
                    f" {budget.seconds / 60:,.0f} min) and wants rest until"
                    f" {until.astimezone(UTC):%F %R} UTC; what came so far is kept,"
                    " sync again then",
                    until,
                )
            await self._sleep(max(1.0, wait))

    def _note_left(self, headers: Mapping[str, str]) -> None:
        """Keep what an answer says of the calls that are left."""
        alone = len(self._budgets) == 1
        for budget in self._budgets:
            left, of = waiting.calls_left(headers, budget.seconds, alone=alone)
            if left is not None:
                self._note(budget, left, of)

    def _note(self, budget: Budget, left: int, of: int | None) -> None:
        now = self._clock()
        self._ledger.change(
            budget.name,
            lambda spent: replace(spent, said_left=left, said_of=of, said_at=now),
        )

    def _server(self) -> httpx.URL:
        if self._home is None:
            raise ConfigError("no address to ask; the connector names one with http.at")
        return self._home

    def _request(
        self,
        method: str,
        url: httpx.URL,
        headers: Headers,
        json: Any,
        form: Mapping[str, str | Secret] | None,
    ) -> httpx.Request:
        plain = {name: header_value(value) for name, value in headers.items()}
        content: bytes | None = None
        if form is not None:
            pairs = {name: revealed(value) for name, value in form.items()}
            content = urlencode(pairs).encode()
            plain.setdefault("Content-Type", "application/x-www-form-urlencoded")
        elif json is not None:
            content = json_values.dumps(
                json, allow_nan=False, default=_revealed_in_json
            ).encode()
            plain.setdefault("Content-Type", "application/json")
        return self._client.build_request(method, url, headers=plain, content=content)


def _revealed_in_json(value: object) -> str:
    if isinstance(value, Secret):
        return value.reveal()
    raise TypeError(f"{type(value).__name__} is no value of JSON")


def _secrets(
    headers: Headers,
    form: Mapping[str, str | Secret] | None,
    json: Any,
    auth: Auth | None,
) -> tuple[Secret, ...]:
    """Return every secret of a request, and each as it travels."""
    parts: list[object] = [*headers.values(), *(form or {}).values()]
    parts += json.values() if isinstance(json, dict) else []
    parts += [auth] if isinstance(auth, Secret) else list(auth or ())
    secrets = [part for part in parts if isinstance(part, Secret)]
    # "Basic Zm9v…" travels as one, but a server quotes the second word alone; of
    # "Token token=…" what follows the sign, of "OAuth oauth_token="…"" what is quoted.
    words = [secret.reveal().partition(" ")[2] for secret in secrets]
    words += [part for word in words for part in re.findall(r'"([^"]+)"', word)]
    words += [word.partition("=")[2] for word in words]
    return (*secrets, *(Secret(word) for word in words if len(word) > 7))
