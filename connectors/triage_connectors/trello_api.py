"""What is asked of Trello: its REST interface, with key and token in a header."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from triage.connector import (
    Budget,
    ConfigError,
    RateLimited,
    Secret,
    SourceUnavailable,
)
from triage_connectors import payload
from triage_connectors.tokens import shared_by

if TYPE_CHECKING:
    from triage.transport import Http
    from triage_connectors.trello import Trello as Settings

AT_ONCE: Final = 1_000
"""Cards or comments in an answer, at most."""
TOGETHER: Final = 10
"""Questions in one call, at most."""
FIELDS: Final = "name,closed,dueComplete,idList,shortLink,shortUrl,due,dateLastActivity"

_SECONDS: Final = 10.0
_KEY_CALLS: Final = 300
_TOKEN_CALLS: Final = 100

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trello:
    """Trello, and what opens it."""

    http: Http
    signed: Secret

    @classmethod
    def of(cls, http: Http, settings: Settings) -> Trello:
        """Trello as the settings sign in to it."""
        key, token = settings.key.reveal().strip(), settings.token.reveal().strip()
        if not all(re.fullmatch(r"[\w-]+", one, re.ASCII) for one in (key, token)):
            raise ConfigError(
                "the key and the token of Trello are letters and digits; copy them"
                " again"
            )
        budgets = (
            Budget(
                name=f"trello key {shared_by(settings.key)}",
                calls=_KEY_CALLS,
                seconds=_SECONDS,
            ),
            Budget(
                name=f"trello token {shared_by(settings.token)}",
                calls=_TOKEN_CALLS,
                seconds=_SECONDS,
            ),
        )
        home = f"{settings.url.strip().rstrip('/')}/1"
        words = f'OAuth oauth_consumer_key="{key}", oauth_token="{token}"'
        return cls(http.at(home, *budgets), Secret(words))

    async def me(self) -> Row:
        """Whose token it is."""
        return payload.found(await self._get("members/me", fields="username,fullName"))

    async def board(self, name: str) -> Row:
        """A board with all its lists, in their order."""
        told = await self._get(
            f"boards/{name}",
            fields="name,url,prefs",
            lists="all",
            list_fields="name,closed",
        )
        return payload.found(told)

    async def cards(self, keys: Sequence[str]) -> list[Row]:
        """The cards of these keys that are there, each with its list; ten at most."""
        # A comma would end a question within the list of them, so all fields come.
        urls = ",".join(f"/cards/{key}?list=true" for key in keys)
        told = payload.listed(await self._get("batch", urls=urls))
        if len(told) != len(keys):
            raise SourceUnavailable(
                "Trello answered another number of questions than it was asked; try"
                " again later"
            )
        return [card for one in told if (card := _answered(one)) is not None]

    async def search(self, board: str, text: str, limit: int) -> list[Row]:
        """The cards of a board that say so, the likeliest first."""
        told = await self._get(
            "search",
            query=text,
            modelTypes="cards",
            idBoards=board,
            card_fields=FIELDS,
            cards_limit=max(1, min(limit, AT_ONCE)),
            partial="true",
        )
        return payload.rows_if_any(payload.found(told), "cards")

    async def latest(self, board: str) -> list[Row]:
        """Open cards of a board, those changed last first."""
        told = await self._get(f"boards/{board}/cards", fields=FIELDS, limit=AT_ONCE)
        rows = payload.listed(told)
        return sorted(
            rows, key=lambda row: payload.text(row, "dateLastActivity"), reverse=True
        )

    def described(self, board: str) -> AsyncIterator[Row]:
        """Every card of a board with its description, archived ones too."""
        return self._before(
            f"boards/{board}/cards/all", fields="desc,shortLink,shortUrl"
        )

    def comments(self, key: str) -> AsyncIterator[Row]:
        """Every comment on a card, newest first."""
        return self._before(f"cards/{key}/actions", filter="commentCard")

    async def attachments(self, key: str) -> list[Row]:
        """What is attached to a card."""
        return payload.listed(
            await self._get(f"cards/{key}/attachments", fields="name,url,date")
        )

    async def post(self, path: str, told: Mapping[str, str]) -> Row:
        """Write, whatever is there already."""
        headers = {"Authorization": self.signed}
        return payload.found(await self.http.post(path, json=told, headers=headers))

    async def _get(self, path: str, **asked: str | int) -> Any:
        headers = {"Authorization": self.signed}
        return await self.http.get(path, params=asked, headers=headers)

    async def _before(self, path: str, **asked: str) -> AsyncIterator[Row]:
        """Every row of a list, page by page; an id begins with when it was made."""
        pages, before = self.http.pages(), ""
        while True:
            more = {"before": pages.turn(before)} if before else {}
            rows = payload.listed(await self._get(path, **asked, limit=AT_ONCE, **more))
            for row in rows:
                yield row
            if len(rows) < AT_ONCE:
                return
            before = min(payload.must_be_key(row) for row in rows)


def _answered(one: Row) -> Row | None:
    """What one of several questions was answered; None where it is not there."""
    for name in ("200", "404"):
        if name in one:
            return payload.within(one, name) if name == "200" else None
    status = payload.number(one, "statusCode")
    # A card on a board that the token may not see is as good as gone.
    if status in {400, 401, 403, 404}:
        return None
    if status == 429:
        raise RateLimited("Trello was asked too often; sync again in a minute")
    raise SourceUnavailable(
        "Trello could not answer one of several questions; try again later"
    )
