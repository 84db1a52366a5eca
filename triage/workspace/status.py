"""How sources fare, what came from each, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from triage import plugins
from triage.config import Config, SourceSettings
from triage.errors import NotFound, TriageError
from triage.store import queries, sources
from triage.store.database import Database
from triage.store.views import BatchView, Quarantined, SourceView


class Status:
    """Questions about sources; none of them writes."""

    db: Database
    config: Config
    clock: Callable[[], datetime]

    def sources(self) -> list[SourceView]:
        """Configured sources and those that were imported once, by name."""
        known = sources.facts(self.db.read(), self.clock())
        names = sorted(set(known) | set(self.config.sources))
        return [self._source(name, known.get(name, {})) for name in names]

    def source(self, name: str) -> SourceView:
        """One of them."""
        for found in self.sources():
            if found.name == name:
                return found
        raise NotFound(f"no source is called {name}; `triage sources list` shows them")

    def pulls(self, name: str, limit: int = 10) -> list[BatchView]:
        """The latest imports and syncs of a source first."""
        return sources.pulls(self.db.read(), name, limit)

    def imports(self, limit: int = 100) -> list[BatchView]:
        """The latest imports and syncs first."""
        return sources.batches(self.db.read(), limit)

    def quarantined(self, limit: int = 1000) -> list[Quarantined]:
        """Inputs that could not be read, newest first."""
        return queries.quarantined(self.db.read(), limit)

    def _source(self, name: str, known: dict[str, Any]) -> SourceView:
        settings = self.config.sources.get(name)
        if settings is None:
            # Whatever is pulled no more is not expected either.
            known = known | {"is_late": False, "retry_at": None}
        else:
            known = known | {"connector": settings.connector}
        return SourceView(
            name=name,
            configured=settings is not None,
            settings=settings.settings if settings else {},
            writes=settings is not None and settings.writes,
            sends=settings is not None
            and not known.get("synced_at")
            and _only_sends(settings),
            **known,
        )


def _only_sends(settings: SourceSettings) -> bool:
    """Whether nothing comes from it; not where its connector does not load."""
    try:
        kind = plugins.one(plugins.CONNECTORS, settings.connector)
    except TriageError:
        return False
    return hasattr(kind, "send") and not plugins.pulls(kind)
