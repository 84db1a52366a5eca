"""What there is to cite on an empathy map: asked by whoever writes an entry."""

from __future__ import annotations

from collections.abc import Collection

from triage.store import citable
from triage.store.citable import Citable
from triage.store.database import Database
from triage.store.persona_views import PersonaView


class Citing:
    """Passages a persona's people said, underlined or evidence."""

    db: Database

    def citable(self, view: PersonaView, also: Collection[str] = ()) -> list[Citable]:
        """
        What its people said that an entry may cite, the latest first.

        ``also``: Passages (``h3``) to be told whoever said them.
        """
        return citable.citable(self.db.read(), view.ids, also)
