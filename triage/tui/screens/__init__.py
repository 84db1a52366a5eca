"""
The screens there are, by name; a new one is one line.

Areas are reached by ``g`` and a letter and keep their place; the others are opened over
them with what they are about. A screen's module is imported when it is first shown.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

AREAS = {
    "inbox": "triage.tui.screens.inbox:InboxScreen",
    "pain-points": "triage.tui.screens.pain_points:PainPointsScreen",
    "backlog": "triage.tui.screens.backlog:BacklogScreen",
    "roadmap": "triage.tui.screens.roadmap:RoadmapScreen",
    "personas": "triage.tui.screens.personas:PersonasScreen",
    "sources": "triage.tui.screens.sources:SourcesScreen",
    "outbox": "triage.tui.screens.outbox:OutboxScreen",
    "numbers": "triage.tui.screens.numbers:NumbersScreen",
    "matches": "triage.tui.screens.matches:MatchesScreen",
    "likenesses": "triage.tui.screens.likenesses:LikenessesScreen",
    "companies": "triage.tui.screens.companies:CompaniesScreen",
    "history": "triage.tui.screens.history:HistoryScreen",
}
"""Made with nothing: ``InboxScreen()``."""

OVER = {
    "breakdown": "triage.tui.screens.breakdown:BreakdownScreen",
    "changed": "triage.tui.screens.changed:ChangedScreen",
    "customer": "triage.tui.screens.customer:CustomerScreen",
    "group": "triage.tui.screens.group:GroupScreen",
    "listen": "triage.tui.screens.listen:ListenScreen",
    "pain-point": "triage.tui.screens.pain_point:PainPointScreen",
    "persona": "triage.tui.screens.persona:PersonaScreen",
    "quotes": "triage.tui.screens.quotes:QuotesScreen",
    "tell": "triage.tui.screens.tell:TellScreen",
}
"""Made with what they are about: ``GroupScreen(group_id)``."""


def load(name: str) -> Any:
    """The class of a screen."""
    module, _, kind = {**AREAS, **OVER}[name].partition(":")
    return getattr(import_module(module), kind)
