"""What trackers have planned: found there, and taken onto the roadmap."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import Any

from triage import plugins
from triage.config import SourceSettings
from triage.connector import Planned
from triage.errors import NotFound, TriageError, UsageError
from triage.model import Extent, Horizon, PainPoint, RoadmapItem, RoadmapLink
from triage.operations import filing
from triage.store import decided, tracking
from triage.store.tracking import StateSeen
from triage.text.display import one_line
from triage.workspace.accounts import Accounts, statuses_of
from triage.workspace.asking import client
from triage.workspace.deciding import Deciding

SHORTEST = 2
"""Characters a tracker is searched for at least."""

_KEPT = 100
_HORIZONS = {"in_progress": Horizon.NOW, "shipped": Horizon.NOW}


@dataclass(slots=True)
class Finds:
    """What was found at trackers lately, so that going back over a word asks nobody."""

    _found: OrderedDict[tuple[str, str, int], list[Planned]] = field(
        default_factory=OrderedDict
    )

    def get(self, source: str, text: str, limit: int) -> list[Planned] | None:
        """What was found; None where nobody was asked."""
        return self._found.get((source, text, limit))

    def keep(self, source: str, text: str, limit: int, found: list[Planned]) -> None:
        """The latest are kept."""
        self._found[source, text, limit] = found
        while len(self._found) > _KEPT:
            self._found.popitem(last=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmapped:
    """A tracker's word that means nothing here yet, and of how many plans."""

    source: str
    state: str
    count: int

    @property
    def says(self) -> str:
        """The word, and the line that gives it a meaning."""
        from triage.sync.events import meaning

        plans = "1 plan" if self.count == 1 else f"{self.count:,} plans"
        return (
            f"“{one_line(self.state, 60)}” ({plans}) means nothing yet;"
            f" `{meaning(self.source, self.state)}` says what"
        )


class Plans(Deciding, Accounts):
    """The verb plan_from, and what trackers say."""

    finds: Finds

    def trackers(self) -> list[SourceSettings]:
        """Configured sources that plans can be found at."""
        found = []
        for settings in self.config.sources.values():
            try:
                kind = plugins.one(plugins.CONNECTORS, settings.connector)
            except TriageError:
                continue  # its sync says that it does not load
            if hasattr(kind, "planned"):
                found.append(settings)
        return found

    def tracker(self, name: str) -> SourceSettings:
        """A configured tracker by its name."""
        settings = self.configured(name)
        kind = plugins.one(plugins.CONNECTORS, settings.connector)
        if not hasattr(kind, "planned"):
            raise UsageError(
                f"{name} ({settings.connector}) is no tracker; nothing is planned there"
            )
        return settings

    async def find_planned(
        self, source: str, text: str, limit: int = 10
    ) -> list[Planned]:
        """
        What is planned at a tracker and says so, best first.

        ``status`` is what a person says its words mean, else what the tracker does.
        What was found before is not asked for again in this session.
        """
        settings = self.tracker(source)
        wanted = " ".join(text.split()).casefold()
        if len(wanted) < SHORTEST:
            return []
        known = self.finds.get(source, wanted, limit)
        if known is None:
            connector: Any = await self._looked_up(settings)
            async with client(self.db, connector, source) as http:
                known = list(await connector.find(http, wanted, limit))
            self.finds.keep(source, wanted, limit, known)
        return [self._meant(settings, one) for one in known]

    async def planned_at(self, source: str, key: str) -> Planned:
        """One of a tracker's plans, as it is there now."""
        settings = self.tracker(source)
        connector: Any = await self._looked_up(settings)
        async with client(self.db, connector, source) as http:
            told = await connector.planned(http, [key])
        for one in told:
            if one.key == key:
                return self._meant(settings, one)
        raise NotFound(f"{source} has nothing called {key}, or does not show it to you")

    def plan_from(
        self,
        source: str,
        planned: Planned,
        *,
        pain_point: PainPoint | None = None,
        extent: Extent = Extent.FULL,
        horizon: Horizon | None = None,
    ) -> RoadmapItem:
        """
        Take a tracker's plan onto the roadmap, linked to a pain point, as one step.

        One that stands there already is only linked.
        """
        settings = self.tracker(source)
        known = self.item_at(source, planned.key)
        if known is None:
            when = horizon or _HORIZONS.get(planned.status, Horizon.LATER)
            known = RoadmapItem(
                id=self.reserve("roadmap_item", 1), horizon=when, tracker=source,
                title=" ".join(planned.title.split()) or planned.key, key=planned.key,
                url=planned.url,
            )  # fmt: skip
            link = self._link(pain_point, known, extent)
            self.do(filing.track(known, pain_point, link))
        elif pain_point is not None:
            self.link(pain_point, known, extent)
        with self.db.write() as write:
            tracking.save(write, source, [planned], statuses_of(settings), self.clock())
        return known

    def item_at(self, source: str, key: str) -> RoadmapItem | None:
        """The plan that is this one of a tracker; None where none is."""
        for item in decided.roadmap_items(self.db.read()):
            if (item.tracker, item.key) == (source, key):
                return item
        return None

    def states_of(self, item: RoadmapItem) -> list[StateSeen]:
        """Each state its tracker had it in, the earliest first."""
        return tracking.states(self.db.read(), item.tracker, item.key)

    def unmapped(self) -> list[Unmapped]:
        """Words of trackers nobody has given a meaning, the most frequent first."""
        return [
            Unmapped(source=source, state=state, count=count)
            for source, state, count in tracking.unmapped(self.db.read())
            if source in self.config.sources
        ]

    def _meant(self, settings: SourceSettings, planned: Planned) -> Planned:
        return replace(planned, status=tracking.meant(planned, statuses_of(settings)))

    def _link(
        self, pain_point: PainPoint | None, item: RoadmapItem, extent: Extent
    ) -> RoadmapLink | None:
        if pain_point is None:
            return None
        return RoadmapLink(
            id=self.reserve("roadmap_link", 1), pain_point_id=pain_point.id,
            roadmap_item_id=item.id, extent=extent,
        )  # fmt: skip
