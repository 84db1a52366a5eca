"""Who and whose: a Freshdesk's agents, companies and contacts, each asked for once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from triage_connectors import payload
from triage_connectors.desk import Who
from triage_connectors.freshdesk_api import Desk
from triage_connectors.freshdesk_words import agent
from triage_connectors.together import together

FEW: Final = 20
"""Companies asked for one by one in a pull; then all of them are listed."""
_MOST: Final = 50_000
"""People that are remembered."""


@dataclass(slots=True)
class People:
    """All that one pull has learnt of them."""

    desk: Desk
    contacts: dict[str, Who] = field(default_factory=dict)
    _agents: dict[str, Who] | None = None
    _companies: dict[str, dict[str, Any]] = field(default_factory=dict)
    _are_all: bool = False

    async def agents(self) -> dict[str, Who]:
        """Our side, by id; nobody where the key may not list them."""
        if self._agents is None:
            rows = await self.desk.all_of("agents", allow={403})
            self._agents = {payload.must_be_key(row): agent(row) for row in rows}
        return self._agents

    def met(self, name: str, who: Who) -> None:
        """Remember somebody a ticket told of."""
        if name and len(self.contacts) < _MOST:
            self.contacts[name] = who

    async def companies(self, names: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The companies by id, these among them as far as they are still there."""
        wanted = {name for name in names if name} - self._companies.keys()
        if self._are_all:
            return self._companies
        if len(self._companies) + len(wanted) <= FEW:
            asked = [partial(self._company, name) for name in sorted(wanted)]
            self._companies |= await together(asked)
        elif wanted:
            rows = await self.desk.all_of("companies")
            self._companies |= {payload.must_be_key(row): row for row in rows}
            self._are_all = True
        return self._companies

    async def contact(self, name: str) -> Who:
        """One person; nobody in particular where there is none any more."""
        if name not in self.contacts:
            told = await self._one(f"contacts/{name}")
            who = Who(payload.text(told, "name"), payload.text(told, "email"))
            self.met(name, who)
            return who
        return self.contacts[name]

    async def _company(self, name: str) -> tuple[str, dict[str, Any]]:
        return name, await self._one(f"companies/{name}")

    async def _one(self, path: str) -> dict[str, Any]:
        answer = await self.desk.ask(path, allow={404})
        if answer.status >= 300:
            return {}
        told = payload.found(answer)
        payload.must_be_key(told)
        return told
