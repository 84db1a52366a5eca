"""Who speaks at a Zendesk desk: known from a page's own people, else asked in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from triage_connectors import payload
from triage_connectors.desk import Who
from triage_connectors.zendesk_api import Api

OURS: Final = frozenset({"agent", "admin"})
SYSTEM: Final = Who("Zendesk", is_ours=True)
MOST: Final = 200_000
"""People remembered in one run; whoever is forgotten is asked for again."""


@dataclass(slots=True)
class People:
    """
    Those who were told of in this run, by id.

    Nothing of it is kept between runs: roles change, and asking for a hundred people is
    one question.
    """

    _known: dict[str, Who | None] = field(default_factory=dict)

    def learn(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Remember users as a page tells them."""
        for row in rows:
            self._keep(
                payload.must_be_key(row),
                Who(
                    payload.text(row, "name"),
                    payload.text(row, "email"),
                    payload.text(row, "role") in OURS,
                ),
            )

    async def meet(self, api: Api, ids: Iterable[str]) -> None:
        """Ask for those who are not known yet; who is there no more is remembered."""
        strangers = {one for one in ids if one not in self._known and _is_person(one)}
        if not strangers:
            return
        self.learn(await api.people(strangers))
        for one in strangers:
            if one not in self._known:
                self._keep(one, None)

    def who(self, name: str, requester: str) -> Who:
        """
        Whose words they are.

        Who is there no more is a customer only as the one who asked: words of our own
        side must never become feedback.
        """
        if not _is_person(name):
            return SYSTEM
        known = self._known.get(name)
        return known if known is not None else Who(is_ours=name != requester)

    def _keep(self, name: str, who: Who | None) -> None:
        self._known.pop(name, None)
        self._known[name] = who
        if len(self._known) > MOST:
            del self._known[next(iter(self._known))]


def _is_person(name: str) -> bool:
    """Zendesk's own doings have the author -1."""
    return name.isdigit() and name != "0"
