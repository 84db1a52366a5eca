"""The rest of what is being typed in a query, offered before it is typed."""

from __future__ import annotations

from collections.abc import Callable

from textual.suggester import Suggester

from triage.query import FIELDS

Values = Callable[[str], list[tuple[str, int]]]


class QuerySuggester(Suggester):
    """
    Completes the last word: the name of a field, or one of its values.

    Args:
        values: The commonest values of a field; called once for each.
    """

    def __init__(self, values: Values) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._values = values
        self._known: dict[str, list[str]] = {}

    async def get_suggestion(self, value: str) -> str | None:
        """The whole text with its last word completed; None for nothing to offer."""
        rest = completed(value.rpartition(" ")[2], self.values_of)
        return None if rest is None else value + rest

    def values_of(self, field: str) -> list[str]:
        """Values of a field, the commonest first; read when first asked for."""
        if field not in self._known:
            choices = FIELDS[field].choices
            self._known[field] = list(choices) or [
                f'"{one}"' if " " in one else one for one, _ in self._values(field)
            ]
        return self._known[field]


def completed(word: str, values: Callable[[str], list[str]]) -> str | None:
    """What would complete a word; None for nothing."""
    bare = word.removeprefix("-")
    name, colon, value = bare.partition(":")
    if not colon:
        found = [one for one in FIELDS if len(bare) > 1 and one.startswith(bare)]
        return f"{found[0][len(bare) :]}:" if found else None
    if name not in FIELDS:
        return None
    begun = value.rpartition(",")[2]
    for one in values(name):
        if one.casefold().startswith(begun.casefold()) and one != begun:
            return one[len(begun) :]
    return None
