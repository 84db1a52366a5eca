"""GitHub as the connector asks it: lists by REST, discussions by GraphQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from triage.connector import (
    Budget,
    ConfigError,
    RateLimited,
    Secret,
    SignInFailed,
    SourceUnavailable,
)
from triage.text.display import one_line
from triage_connectors import payload

if TYPE_CHECKING:
    from triage.transport import Http, Response

HOME: Final = "https://api.github.com"
AN_HOUR: Final = 5000
"""Calls to the lists in an hour; and points of GraphQL, counted apart."""
POINTS: Final = 16
"""What our dearest question costs: one for a hundred lists it opens, at most."""
ROWS: Final = 100
"""Rows of a page of a list, at most."""

_ENTERPRISE: Final = "/api/v3"
HEADERS: Final = {
    "Accept": "application/vnd.github+json",
    "X-GitHub-Api-Version": "2022-11-28",
}
_PAUSE: Final = timedelta(minutes=1)


class BadPlace(SourceUnavailable):
    """A place in a list of GraphQL is accepted no more."""


@dataclass(frozen=True, slots=True)
class Api:
    """
    GitHub, signed in to.

    Attributes:
        lists: For REST.
        graph: For GraphQL, which has limits of its own.
        need: What the token has to be let do there.
        remedy: What helps a person whose token is not.
    """

    lists: Http
    graph: Http
    token: Secret
    need: str = "read discussions"
    remedy: str = "set discussions=no"

    @classmethod
    def at(cls, http: Http, address: str, token: Secret, **words: str) -> Api:
        """
        GitHub, or the server of a company's own at that address of its API.

        Args:
            words: ``need`` and ``remedy``, where they are others.
        """
        home = address.strip().rstrip("/")
        if home != HOME:
            # A server of one's own sets its own limits, or none.
            above = home.removesuffix(_ENTERPRISE)
            graph = f"{above}/api" if above != home else home
            return cls(http.at(home), http.at(graph), token, **words)
        lists = Budget(name="github lists", calls=AN_HOUR, seconds=3600)
        graphs = Budget(name="github graph", calls=AN_HOUR // POINTS, seconds=3600)
        return cls(http.at(home, lists), http.at(home, graphs), token, **words)

    async def answered(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        allow: Collection[int] = (),
    ) -> Response:
        """Return the answer to a question, with refusals told in GitHub's terms."""
        answer = await self.lists.get(
            path,
            params=params,
            headers=HEADERS,
            auth=self.token,
            allow={403, 404, *allow},
        )
        if answer.status == 403:
            raise forbidden(answer, self.lists.now())
        if answer.status == 404 and 404 not in allow:
            raise unknown(answer.where)
        return answer

    async def asked(
        self, query: str, name: str, variables: Mapping[str, Any]
    ) -> dict[str, Any]:
        """
        Return the data a question of GraphQL brought.

        Args:
            name: The operation's own name in ``query``.
        """
        question = {"query": query, "operationName": name, "variables": dict(variables)}
        answer = await self.graph.post(
            "graphql",
            json=question,
            headers=HEADERS,
            auth=self.token,
            allow={403},
            idempotent=True,
        )
        if answer.status == 403:
            raise forbidden(answer, self.graph.now())
        told = payload.found(answer)
        data = told.get("data")
        errors = payload.inside(told, "errors")
        if errors and not _is_only_missing(errors):
            raise self._refused(errors, answer)
        if not isinstance(data, dict) or not data:
            raise SourceUnavailable(
                f"{answer.where} answered without data; try again later"
            )
        return data

    def _refused(
        self, errors: list[dict[str, Any]], answer: Response
    ) -> SourceUnavailable | SignInFailed | RateLimited:
        kinds = {payload.text(one, "type") for one in errors}
        said = one_line(payload.text(errors[0], "message"), 160)
        if kinds & {"RATE_LIMITED", "RATE_LIMIT"}:
            reset = payload.number(answer.headers, "x-ratelimit-reset")
            until = (
                datetime.fromtimestamp(reset, UTC)
                if reset
                else self.graph.now() + _PAUSE
            )
            return RateLimited(
                f"{answer.where} has been asked as often as it lets itself be; what"
                f" came so far is kept, sync again after {until:%F %R} UTC",
                until,
            )
        if kinds & {"FORBIDDEN", "INSUFFICIENT_SCOPES"}:
            return SignInFailed(
                f"{answer.where} does not let this token {self.need}: “{said}”; give it"
                f" the right to, or {self.remedy}"
            )
        if "INVALID_CURSOR_ARGUMENTS" in kinds:
            return BadPlace(f"{answer.where} knows that place no more: “{said}”")
        return SourceUnavailable(f"{answer.where} refused what was asked: “{said}”")


def repository(data: payload.Values, name: str) -> dict[str, Any]:
    """What was told of a repository; ConfigError where there is none."""
    if "repository" not in data:
        raise SourceUnavailable(
            f"GitHub told nothing of {name}, which was asked for; try again later"
        )
    found = payload.within(data, "repository")
    if not found:
        raise unknown(name)
    return found


def unknown(where: str) -> ConfigError:
    """What is told where a repository is not there, or not for this token."""
    return ConfigError(
        f"GitHub shows no {where} to this token; check the setting repos (repo of a"
        " roadmap), and that the token may read it: of what it may not read GitHub says"
        " that it is not there"
    )


def forbidden(answer: Response, now: datetime) -> RateLimited | SignInFailed:
    """What a 403 means: asked too often in a short time, or not let in."""
    if b"secondary rate limit" in answer.content:
        return RateLimited(
            f"{answer.where} is asked too often; what came so far is kept, sync again"
            " in a minute",
            now + _PAUSE,
        )
    return SignInFailed(
        f"{answer.where} does not let this token read it (403); give it the rights to"
        " read issues, and discussions or projects where they are asked for, and"
        " authorise it where the organisation uses single sign-on"
    )


def _is_only_missing(errors: list[dict[str, Any]]) -> bool:
    """Whether all that is wrong is that something asked for is not there."""
    return all(payload.text(one, "type") == "NOT_FOUND" for one in errors)
