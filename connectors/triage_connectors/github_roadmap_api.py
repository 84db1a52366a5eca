"""GitHub as its tracker asks it: single lists and writes by REST, many by GraphQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Budget, ConfigError, Secret, SignInFailed, SourceError
from triage.text.display import one_line
from triage_connectors import payload
from triage_connectors.github_api import HEADERS, HOME, Api, forbidden

if TYPE_CHECKING:
    from triage.transport import Http, Response

_SEARCHES: Final = Budget(name="github search", calls=30, seconds=60)
_REFUSED: Final = frozenset({400, 403, 404, 410, 422})


@dataclass(frozen=True, slots=True)
class Board:
    """
    A project on which issues stand.

    Attributes:
        owner: The organisation or the person whose it is.
        field: What its field of status is called.
    """

    owner: str
    number: int
    field: str

    def is_at(self, address: str) -> bool:
        """Whether this is the project with that address."""
        end = f"/{self.owner}/projects/{self.number}".lower()
        return address.lower().rstrip("/").endswith(end)


@dataclass(frozen=True, slots=True)
class Forge:
    """
    GitHub, signed in to.

    Attributes:
        api: For lists and for GraphQL.
        searches: For searches, which have a limit of their own.
    """

    api: Api
    searches: Http

    @classmethod
    def at(cls, http: Http, address: str, token: Secret) -> Forge:
        """GitHub, or the server of a company's own at that address of its API."""
        need, remedy = "read the project", "take project out of the settings"
        api = Api.at(http, address, token, need=need, remedy=remedy)
        home = address.strip().rstrip("/")
        budgets = (_SEARCHES,) if home == HOME else ()
        return cls(api, http.at(home, *budgets))

    async def get(
        self, path: str, params: Mapping[str, str | int], allow: Collection[int] = ()
    ) -> Response:
        """Return what is there, with refusals told in GitHub's terms."""
        return await self.api.answered(path, params, allow)

    async def search(self, params: Mapping[str, str | int]) -> dict[str, Any]:
        """
        Return what a search for issues finds.

        Raises:
            ConfigError: The repository is none that may be searched.
        """
        answer = await self.searches.get(
            "search/issues",
            params=params,
            headers=HEADERS,
            auth=self.api.token,
            allow={403, 422},
        )
        if answer.status == 403:
            raise forbidden(answer, self.searches.now())
        if answer.status == 422:
            raise ConfigError(
                f"GitHub does not search there{_why(answer)}; look at the setting repo,"
                " and whether the token may read its issues"
            )
        return payload.found(answer)

    async def write(self, path: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """
        Change something there, once.

        Raises:
            SignInFailed: The token may not.
            SourceError: It was refused; what GitHub says about it is in the message.
        """
        answer = await self.api.lists.post(
            path,
            json=values,
            headers=HEADERS,
            auth=self.api.token,
            allow=_REFUSED,
        )
        if answer.status < 400:
            return payload.found(answer)
        if answer.status == 403:
            refusal = forbidden(answer, self.api.lists.now())
            if not isinstance(refusal, SignInFailed):
                raise refusal
            raise SignInFailed(
                f"GitHub does not let this token write there (403){_why(answer)}; give"
                " it the right to read and write issues"
            )
        raise SourceError(
            f"GitHub did not take it ({answer.status}){_why(answer)}; see that the"
            " issue and the repository are still there, and that the token may write"
            " to them: what it may not see is told as missing"
        )


def _why(answer: Response) -> str:
    """What GitHub says of a refusal, to be put behind the sentence; "" if nothing."""
    if answer.is_page or not answer.content:
        return ""
    told = answer.json()
    if not isinstance(told, dict):
        return ""
    words = [payload.text(told, "message")]
    words += [
        payload.text(one, "message") or payload.text(one, "code")
        for one in payload.inside(told, "errors")
    ]
    said = "; ".join(filter(None, words))
    return f": “{one_line(said, 200)}”" if said else ""
