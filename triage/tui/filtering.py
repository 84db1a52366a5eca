"""What the filter builder offers: fields, then values, each with how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from triage.errors import UsageError
from triage.query import FIELDS, Field, Query, Term, Word, parsed
from triage.query.fields import FLAGS, SORTS, Kind
from triage.tui.dialogs.picker import Choice, Find
from triage.workspace import Workspace

_RANGES = {
    "rating": ("<=2", ">=4", "1", "2", "3", "4", "5"),
    "since": ("today", "7d", "30d", "90d", "1y"),
    "before": ("today", "7d", "30d", "90d", "1y"),
    "people": (">=2", ">=5", ">=10"),
    "size": (">=2", ">=5", ">=10"),
    "revenue": (">=100", ">=1000", ">=10000"),
}
"""What is offered where values are numbers or moments."""


def fields_for(query: Query) -> Find:
    """The query less each of its parts, one to be taken away; then every field."""
    said: tuple[Term | Word, ...] = (*query.terms, *query.words)
    taken = [Choice(query.without(part), str(part), "take it away") for part in said]
    offered = [Choice(field, field.name, field.help) for field in FIELDS.values()]

    def find(text: str) -> Sequence[Choice]:
        wanted = text.casefold().strip()
        return [
            one
            for one in (*taken, *offered)
            if wanted in f"{one.label} {one.note}".casefold()
        ]

    return find


def values_for(field: Field, workspace: Workspace) -> Find:
    """
    The values a field has; whatever else is typed, if the field can have it.

    Each is a function from a query to the one narrowed to it.
    """
    told = {"is": FLAGS, "sort": SORTS}.get(field.name, {})

    def known() -> list[tuple[str, str]]:
        if told:
            return list(told.items())
        if field.choices:
            return [(one, "") for one in field.choices]
        if field.name in _RANGES:
            return [(one, "") for one in _RANGES[field.name]]
        return [(one, f"{many:,}") for one, many in workspace.values(field.name)]

    def find(text: str) -> Sequence[Choice]:
        wanted = text.strip()
        found = [
            _choice(field, value, note)
            for value, note in known()
            if wanted.casefold() in f"{value} {note}".casefold()
        ]
        if wanted and field.kind is not Kind.CHOICE:
            try:
                parsed(_written(field, wanted))
            except UsageError as error:
                return found or [Choice(lambda query: query, str(error))]
            if wanted.casefold() not in {one.label.casefold() for one in found}:
                found.append(_choice(field, wanted, "as typed"))
        return found

    return find


def _choice(field: Field, value: str, note: str) -> Choice:
    def narrow(query: Query) -> Query:
        chosen = parsed(_written(field, value))
        return replace(
            query,
            terms=tuple(dict.fromkeys((*query.terms, *chosen.terms))),
            state=chosen.state or query.state,
            sort=chosen.sort or query.sort,
            each=chosen.each or query.each,
        )

    return Choice(narrow, value, note)


def _written(field: Field, value: str) -> str:
    quote = " " in value and '"' not in value
    return f'{field.name}:"{value}"' if quote else f"{field.name}:{value}"
