"""Typeform's API as the connector asks it: forms, their questions, their responses."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Budget, ConfigError, Secret, SignInFailed
from triage_connectors import payload
from triage_connectors.tokens import shared_by
from triage_connectors.typeform_form import Form

if TYPE_CHECKING:
    from triage.transport import Http, Response

HOSTS: Final = {
    "us": "https://api.typeform.com",
    "eu": "https://api.eu.typeform.com",
    "typeform.eu": "https://api.typeform.eu",
}
"""Where an account's data lies, and who answers for it."""
FORMS: Final = 200
"""Forms of a page at most (the reference of ``GET /forms``)."""
RESPONSES: Final = 1000
"""Responses of a page at most."""
A_MINUTE: Final = 120
"""Two questions a second are answered, by account (developers' get-started page)."""
NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Api:
    """One account, signed in to."""

    http: Http
    token: Secret

    @classmethod
    def at(cls, http: Http, region: str, token: Secret) -> Api:
        """The account of a token, in one of the regions."""
        budget = Budget(name=f"typeform {shared_by(token)}", calls=A_MINUTE, seconds=60)
        return cls(http.at(HOSTS[region], budget), token)

    async def me(self) -> dict[str, Any]:
        """Whose token it is; empty where it has no right to say."""
        answer = await self.http.get("me", auth=self.token, allow={403})
        return payload.found(answer) if answer.status != 403 else {}

    async def forms(self) -> list[dict[str, Any]]:
        """Every form, as the list tells it."""
        turns = self.http.pages()
        found: list[dict[str, Any]] = []
        page = 1
        while True:
            turns.turn(str(page))
            answer = await self._answered("forms", {"page": page, "page_size": FORMS})
            told = payload.found(answer)
            turns.saw(answer.content)
            rows = payload.rows(told, "items")
            found += rows
            if not rows or page >= (payload.number(told, "page_count") or 1):
                return found
            page += 1

    async def form(self, name: str) -> Form | None:
        """A form with its questions; None where there is none of that name."""
        answer = await self._answered(f"forms/{name}", {}, {404})
        return None if answer.status == 404 else Form.read(payload.found(answer))

    async def responses(
        self,
        form: str,
        *,
        since: datetime | None = None,
        without: Collection[str] = (),
        only: Sequence[str] = (),
        size: int = RESPONSES,
    ) -> tuple[list[dict[str, Any]], int, bytes] | None:
        """
        Completed responses, the oldest first, and how many there are in all.

        Args:
            since: From that second on.
            without: Ids that are not to be told again.
            only: Ids that alone are to be told.

        Returns:
            Rows, their number on all pages and the answer's bytes; None where there is
            no such form.
        """
        asked: dict[str, str | int] = {
            "page_size": size,
            "response_type": "completed",
            "sort": "submitted_at,asc",
        }
        if since is not None:
            asked["since"] = f"{since:%Y-%m-%dT%H:%M:%S}"
        if without:
            asked["excluded_response_ids"] = ",".join(sorted(without))
        if only:
            asked["included_response_ids"] = ",".join(only)
        answer = await self._answered(f"forms/{form}/responses", asked, {404})
        if answer.status == 404:
            return None
        told = payload.found(answer)
        rows = payload.rows(told, "items")
        total = payload.number(told, "total_items") or 0
        return rows, int(total), answer.content

    async def _answered(
        self, path: str, params: Mapping[str, str | int], allow: Collection[int] = ()
    ) -> Response:
        answer = await self.http.get(
            path, params=params, auth=self.token, allow={403, *allow}
        )
        if answer.status == 403:
            raise SignInFailed(
                f"Typeform does not let this token read {path} (403); make one with the"
                " scopes forms:read and responses:read"
            )
        return answer


def missing(form: str) -> ConfigError:
    """The error for a form that is named in the settings and not there."""
    return ConfigError(
        f"Typeform has no form {form} that this token may read; check the settings"
        " forms and region, a form's name is the end of its address: …/to/u6nXL7"
    )
