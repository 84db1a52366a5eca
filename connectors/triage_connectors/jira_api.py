"""Jira Cloud as the tracker asks it: searches, single issues, and writes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from triage.connector import (
    ConfigError,
    Secret,
    SignInFailed,
    SourceError,
    SourceUnavailable,
)
from triage.text.display import one_line
from triage_connectors import payload

if TYPE_CHECKING:
    from triage.transport import Http, Response

AT_ONCE: Final = 100
"""Issues asked for by their keys in one call, and rows of any page."""

_REFUSED: Final = frozenset({400, 403, 404, 413, 422})


@dataclass(frozen=True, slots=True)
class Site:
    """A site that lets us in with an account's token."""

    http: Http
    host: str
    auth: tuple[str, Secret]

    def page_of(self, key: str) -> str:
        """Where people open an issue."""
        return f"https://{self.host}/browse/{quote(key, safe='')}"

    async def get(self, path: str, missing: bool = False, **params: Any) -> Response:
        """Return what is there; a 404 where ``missing`` says that it may not be."""
        return await self.http.get(
            path, params=params, auth=self.auth, allow={404} if missing else ()
        )

    async def asked(
        self, path: str, values: Mapping[str, Any], allow: Sequence[int] = ()
    ) -> Response:
        """Return the answer to a question that is put as a POST and changes nothing."""
        return await self.http.post(
            path, json=values, auth=self.auth, allow=allow, idempotent=True
        )

    async def write(self, path: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """
        Change something there, once.

        Raises:
            SignInFailed: The account may not.
            SourceError: It was refused; what Jira says about it is in the message.
        """
        answer = await self.http.post(path, json=values, auth=self.auth, allow=_REFUSED)
        if answer.status < 400:
            return payload.found(answer)
        said = why(answer)
        if answer.status == 403:
            raise SignInFailed(
                f"Jira does not let this account do that (403){said}; give it the"
                " rights to create issues, comment and link issues in the project"
            )
        raise SourceError(
            f"Jira did not take it ({answer.status}){said}; look at the settings"
            " project, issue_type and labels, and whether the issue is still there"
        )

    async def fetched(
        self, keys: Sequence[str], fields: Sequence[str], **more: Any
    ) -> list[dict[str, Any]]:
        """
        Return those of at most a hundred issues that are there, by whatever key.

        Raises:
            SourceUnavailable: Jira cannot tell all of them just now.
        """
        values = {"issueIdsOrKeys": list(keys), "fields": list(fields), **more}
        answer = await self.asked("rest/api/3/issue/bulkfetch", values)
        told = payload.found(answer)
        if payload.inside(told, "issueErrors"):
            # Who is not there is in neither list: these may be there all the same.
            raise SourceUnavailable(
                f"{answer.where} could not tell all issues just now; try again later"
            )
        return payload.rows(told, "issues")

    async def search(
        self, jql: str, fields: Sequence[str], limit: int, **more: Any
    ) -> AsyncIterator[dict[str, Any]]:
        """
        Yield the issues a search finds, at most so many.

        A page may be short or empty and yet not the last.

        Raises:
            ConfigError: Jira refuses the search.
        """
        token, left, circle = "", limit, self.http.pages()
        while left > 0:
            values = {
                "jql": jql,
                "fields": list(fields),
                "maxResults": min(left, AT_ONCE),
                **more,
            }
            if token:
                values["nextPageToken"] = token
            answer = await self.asked("rest/api/3/search/jql", values, (400,))
            if answer.status == 400:
                raise ConfigError(
                    f"Jira refuses the search{why(answer)}; look at the setting"
                    " project, and whether the account of the token may browse it"
                )
            told = payload.found(answer)
            rows = payload.rows(told, "issues")[:left]
            for row in rows:
                yield row
            left -= len(rows)
            token = payload.text(told, "nextPageToken")
            if told.get("isLast") is True or not token:
                return
            circle.turn(token)


def why(answer: Response) -> str:
    """What Jira says of a refusal, to be put behind the sentence; "" if nothing."""
    if answer.is_page or not answer.content:
        return ""
    told = answer.json()
    if not isinstance(told, dict):
        return ""
    fields = payload.within(told, "errors")
    words = payload.texts(told, "errorMessages")
    words += [f"{name}: {said}" for name, said in fields.items()]
    return f": “{one_line('; '.join(words), 200)}”" if words else ""
