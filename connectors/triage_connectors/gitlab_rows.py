"""Issues of GitLab as what is planned."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from triage.connector import Planned, SourceUnavailable
from triage_connectors import filing, payload
from triage_connectors.gitlab_api import AT_ONCE, GitLab, Row

if TYPE_CHECKING:
    from triage_connectors.gitlab import GitLab as Settings

_KEY: Final = re.compile(r"([\w.-]+(?:/[\w.-]+)*)#([1-9]\d{0,9})", re.ASCII)
_NUMBER: Final = re.compile(r"#?([1-9]\d{0,9})", re.ASCII)
_OVER: Final = frozenset({"shipped", "dropped"})


@dataclass(frozen=True, slots=True)
class Reading:
    """The issues of a project, in the words of its settings."""

    settings: Settings
    api: GitLab

    async def planned(self, keys: Sequence[str]) -> list[Planned]:
        """Those issues as they are now; what is no key of GitLab's is left out."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for key in dict.fromkeys(keys):
            known = parted(key)
            if known:
                wanted[known[0]].append(known[1])
        found: list[Planned] = []
        for path, numbers in wanted.items():
            for first in range(0, len(numbers), AT_ONCE):
                some = numbers[first : first + AT_ONCE]
                rows = await self.api.numbered(path, some)
                told = {payload.key(row, "iid"): row for row in rows}
                if not told.keys() <= {*some}:
                    raise SourceUnavailable(
                        "GitLab answered other issues than it was asked for; try again"
                        " later"
                    )
                found += [self.read(row, path) for row in told.values()]
        return found

    async def find(self, text: str, limit: int) -> Sequence[Planned]:
        """What says so; what was changed last stands before what is as good."""
        path, words = self.settings.path, " ".join(text.split())
        rows: list[Row] = []
        number = _NUMBER.fullmatch(words)
        if number:
            rows += await self.api.numbered(path, [number[1]])
        asked = {"order_by": "updated_at", "sort": "desc"}
        if words:
            asked |= {"search": words, "in": "title,description"}
        rows += await self.api.issues(path, **asked)
        return filing.best((self.read(row, path) for row in rows), words, limit)

    def read(self, row: Row, path: str) -> Planned:
        """One issue."""
        milestone = payload.within(row, "milestone")
        owners = payload.inside(row, "assignees")
        return Planned(
            key=f"{path}#{payload.must_be_key(row, 'iid')}",
            title=payload.text(row, "title"),
            state=self._state(row),
            url=payload.text(row, "web_url"),
            owner=payload.text(owners[0], "name") if owners else "",
            target=payload.text(milestone, "title") or payload.text(row, "due_date"),
            updated_at=payload.moment(row, "updated_at"),
        )

    def _state(self, row: Row) -> str:
        state = payload.text(row, "state")
        if not state:
            raise SourceUnavailable(
                "GitLab told an issue without its state; try again later"
            )
        means = {
            word.casefold(): status for word, status in self.settings.statuses.items()
        }
        for label in self._labels(payload.texts(row, "labels"), means):
            if state != "closed" or means.get(label.casefold()) in _OVER:
                return label
        if state == "closed" and payload.key(row, "moved_to_id"):
            return "moved"
        return state

    def _labels(self, labels: Iterable[str], means: Mapping[str, str]) -> list[str]:
        """Those that say how far an issue is, without the scope they begin with."""
        start = (
            f"{self.settings.scope.strip()}::" if self.settings.scope.strip() else ""
        )
        found = []
        for label in labels:
            is_scoped = start and label.casefold().startswith(start.casefold())
            word = label[len(start) :].strip() if is_scoped else label
            if word and (is_scoped or word.casefold() in means):
                found.append(word)
        return found


def parted(key: str) -> tuple[str, str] | None:
    """Project and number of an issue; None of what is no key."""
    found = _KEY.fullmatch(key)
    return (found[1], found[2]) if found else None
