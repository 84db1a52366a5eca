"""Method calls sent together, and what each of them answered (RFC 8620 §3)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from triage.connector import (
    ConfigError,
    RateLimited,
    Secret,
    SignInFailed,
    SourceError,
    SourceUnavailable,
)
from triage_connectors.jmap_values import rows, strange, text

if TYPE_CHECKING:
    from triage.transport import Http

CORE: Final = "urn:ietf:params:jmap:core"
MAIL: Final = "urn:ietf:params:jmap:mail"
_PROBLEM: Final = "urn:ietf:params:jmap:error:"
_WORD: Final = re.compile(r"[\w.:-]{1,60}")

TOO_LARGE: Final = frozenset({"requestTooLarge", "tooManyChanges", "limit"})
"""Errors that smaller pages may cure."""
_SIZES: Final = frozenset({"maxObjectsInGet", "maxSizeRequest", "maxCallsInRequest"})

Auth: TypeAlias = "Secret | tuple[str | Secret, str | Secret]"
Call: TypeAlias = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What one method answered.

    Attributes:
        error: The error's type; "" where it did what was asked.
    """

    values: Mapping[str, Any]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Api:
    """
    Where one account's methods are called.

    Attributes:
        http: A client of the origin that the settings name.
        url: The whole address, on that origin.
    """

    http: Http
    url: str
    auth: Auth
    account: str

    async def ask(self, *calls: Call, allow: Collection[str] = ()) -> list[Answer]:
        """
        Return the answers in the order of the calls.

        The first error is raised unless it is allowed; what fails after one that is,
        fails because of it. ``accountId`` is filled in. Only reading methods are
        called, so asking again changes nothing.
        """
        told = [
            [method, {"accountId": self.account, **arguments}, str(number)]
            for number, (method, arguments) in enumerate(calls)
        ]
        answer = await self.http.post(
            self.url,
            json={"using": [CORE, MAIL], "methodCalls": told},
            auth=self.auth,
            allow={400},
            idempotent=True,
        )
        values = answer.json()
        if answer.status == 400:
            error = _problem(values)
            if error == "limit" and error in allow:
                return [Answer({}, error)] * len(calls)
            raise _refused_request(values, error)
        answers = _answers(values, len(calls))
        failed = next((n for n, one in enumerate(answers) if one.error), None)
        if failed is not None and answers[failed].error not in allow:
            raise self._refused(calls[failed][0], answers[failed].error)
        return answers

    async def one(
        self, method: str, *, allow: Collection[str] = (), **arguments: Any
    ) -> Answer:
        """Return what a single method answers."""
        (answer,) = await self.ask((method, arguments), allow=allow)
        return answer

    async def emails(
        self, ids: Sequence[str], size: int, **wanted: Any
    ) -> dict[str, dict[str, Any]]:
        """
        Return what is told of these mails, by id; of those that are gone, nothing.

        They are asked for ``size`` at a time, or fewer where that is too much.
        """
        found: dict[str, dict[str, Any]] = {}
        for at in range(0, len(ids), size):
            some = ids[at : at + size]
            allow = TOO_LARGE if len(some) > 1 else frozenset[str]()
            answer = await self.one("Email/get", allow=allow, ids=list(some), **wanted)
            if answer.error:
                found |= await self.emails(some, len(some) // 2, **wanted)
            else:
                found |= by_id(answer.values)
        return found

    def _refused(self, method: str, error: str) -> SourceError | ConfigError:
        match error:
            case "accountNotFound":
                return ConfigError(
                    f"the mail server knows no account {self.account!r}; check"
                    " account= in this source's settings"
                )
            case "accountNotSupportedByMethod":
                return ConfigError(
                    f"the account {self.account!r} holds no mail; name another with"
                    " account= in this source's settings"
                )
            case "forbidden":
                return SignInFailed(
                    f"this key may not read mail ({method} is forbidden); make one"
                    " that has the right to"
                )
            case "unknownMethod":
                return SourceUnavailable(
                    f"the mail server has no {method}; read this account with the"
                    " imap connector"
                )
            case "serverUnavailable" | "serverFail" | "serverPartialFail":
                return SourceUnavailable(
                    f"the mail server is in trouble ({method}: {error}); what came is"
                    " kept, sync again later"
                )
        return SourceUnavailable(
            f"the mail server refused {method} ({error}); try again later, or read"
            " this account with the imap connector"
        )


def _answers(values: Any, count: int) -> list[Answer]:
    """Return the first answer to each call."""
    told = values.get("methodResponses") if isinstance(values, dict) else None
    found: dict[str, Answer] = {}
    for row in told if isinstance(told, list) else ():
        match row:
            case [str(name), dict(inner), str(call)]:
                error = _word(inner.get("type")) if name == "error" else ""
                found.setdefault(call, Answer(inner, error))
            case _:
                raise strange("methodResponses")
    if any(str(number) not in found for number in range(count)):
        raise strange("methodResponses")
    return [found[str(number)] for number in range(count)]


def _problem(values: Any) -> str:
    """Return the type of a request-level error (RFC 7807), our way to say it."""
    told = values if isinstance(values, dict) else {}
    error = _word(told.get("type")).removeprefix(_PROBLEM)
    if error == "limit" and told.get("limit") not in _SIZES:
        return "limit of requests"
    return error


def _refused_request(values: Any, error: str) -> SourceError | ConfigError:
    match error:
        case "unknownCapability":
            return ConfigError(
                "the server has no mail over JMAP; read this account with the imap"
                " connector"
            )
        case "notJSON" | "notRequest":
            return SourceUnavailable(
                f"the mail server could not read what was asked ({error}); something"
                " between here and there may change it: check the address, or try"
                " another network"
            )
        case "limit" | "limit of requests":
            limit = _word(values.get("limit"))
            return RateLimited(
                f"the mail server's limit is reached ({limit}); what came is kept,"
                " sync again in a minute"
            )
    return SourceUnavailable(
        f"the mail server refused what was asked (400, {error}); check the address in"
        " the settings"
    )


def _word(value: Any) -> str:
    """Return a name the server gave, if it is one; never a sentence of its own."""
    found = _WORD.match(value) if isinstance(value, str) else None
    return found[0] if found else "unnamed"


def reference(call: int, name: str, path: str) -> dict[str, str]:
    """Return an argument that is taken from an earlier call's answer (§3.7)."""
    return {"resultOf": str(call), "name": name, "path": path}


def by_id(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what an ``Email/get`` or ``Mailbox/get`` tells, by id."""
    return {text(row, "id"): row for row in rows(values, "list")}
