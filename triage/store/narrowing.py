"""
What each field of a query means in SQL.

``f`` is feedback, ``d`` its disposition, ``m`` its membership, ``t`` its tone; ``{g}``
stands for the id of its group.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from triage.model import Sentiment
from triage.operations.tags import folded
from triage.query import FIELDS, Term
from triage.query.fields import NOT_NARROWING, Kind
from triage.text.when import past

GROUP = "coalesce(m.group_id, f.id)"

PEOPLE = f"coalesce((SELECT max(people) FROM queue WHERE group_id = {GROUP}), 1)"
_SIZE = f"coalesce((SELECT max(total) FROM queue WHERE group_id = {GROUP}), 1)"
_RESUMED = (
    "EXISTS (SELECT 1 FROM queue r WHERE r.state = 'inbox'"
    f" AND r.group_id = {GROUP} AND r.total > r.items)"
)

# As ``measures.revenue_of`` reads it.
REVENUE = "coalesce({}, {}, {})".format(
    *(
        f"CASE WHEN json_type(f.context, '$.{name}') IN ('integer', 'real')"
        f" AND f.context ->> '$.{name}' >= 0 THEN f.context ->> '$.{name}' END"
        for name in ("monthly_revenue", "mrr", "revenue")
    )
)

_FLAGS = {
    "linked": "f.id IN (SELECT feedback_id FROM evidence)",
    "grouped": "m.feedback_id IS NOT NULL",
    "resumed": _RESUMED,
    "edited": "f.edited_at > f.received_at",
    "rated": "f.rating IS NOT NULL",
    "known": "f.customer_id IS NOT NULL",
    "tagged": "f.id IN (SELECT feedback_id FROM label WHERE tags <> '[]')",
    "noted": "f.id IN (SELECT feedback_id FROM note)",
    "highlighted": "f.id IN (SELECT feedback_id FROM highlight)",
    "gone": "f.id IN (SELECT feedback_id FROM gone)",
}

COLUMNS = {
    "channel": "f.channel", "metric": "f.metric", "language": "t.language",
    "company": "coalesce(nullif(f.company, ''), f.context ->> '$.company')",
    "version": "f.app_version", "rating": "f.rating",
    "people": PEOPLE, "size": _SIZE, "revenue": REVENUE, "reason": "d.reason",
    "segment": "f.context ->> '$.segment'", "plan": "f.context ->> '$.plan'",
    "country": "f.context ->> '$.country'", "device": "f.context ->> '$.device'",
    "os": "f.context ->> '$.os'",
    # Stores say which app; a file may have named the column either way.
    "product": "coalesce(f.context ->> '$.product', f.context ->> '$.app')",
    "owner": "(SELECT nullif(owner, '') FROM label WHERE feedback_id = f.id)",
}  # fmt: skip
"""Fields that are one expression, compared as their kind says."""

TONE = ("language", "sentiment")
"""Fields that need the tone."""

SEEKING = (
    "id", "group", "pain", "painstatus", "since", "tag", "feeling", "means", "beside",
)  # fmt: skip
"""Fields that lead straight to the few feedback they mean."""


class Bound:
    """Values given to a statement, each under a name of its own."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def name(self, value: object) -> str:
        """The name that stands for the value."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def names(self, values: tuple[object, ...]) -> str:
        """Names for several, with commas between."""
        return ", ".join(self.name(value) for value in values)


def condition(term: Term, now: datetime, bound: Bound) -> str:
    """The SQL that is true where a term holds."""
    told = _OWN.get(term.field)
    sql = told(term, now, bound) if told else _compared(term, bound)
    # Where there is no value the term does not hold, and its opposite does.
    return f"NOT coalesce(({sql}), 0)" if term.negated else f"({sql})"


def _compared(term: Term, bound: Bound) -> str:
    column = COLUMNS[term.field]
    kind = FIELDS[term.field].kind
    if kind is Kind.NUMBER:
        return _ordered(column, term, [float(one) for one in term.values], bound)
    if kind is Kind.VERSION and term.compare:
        ordered = f"version_order({column})"
        names = [f"version_order({bound.name(one)})" for one in term.values]
        return _between(ordered, term.compare, names)
    return _alike(column, term, bound)


def _ordered(column: str, term: Term, values: list[float], bound: Bound) -> str:
    if term.compare:
        return _between(column, term.compare, [bound.name(one) for one in values])
    return f"{column} IN ({bound.names(tuple(values))})"


def _between(column: str, compare: str, names: list[str]) -> str:
    if compare == "..":
        return f"{column} BETWEEN {names[0]} AND {names[1]}"
    return f"{column} {compare} {names[0]}"


def _alike(column: str, term: Term, bound: Bound) -> str:
    """Any of the values, ignoring case; * stands for anything."""
    return " OR ".join(
        f"{column} LIKE {bound.name(_pattern(one))} ESCAPE '\\'"
        if "*" in one
        else f"{column} = {bound.name(one)} COLLATE NOCASE"
        for one in term.values
    )


def _pattern(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return escaped.replace("*", "%")


def _is(term: Term, now: datetime, bound: Bound) -> str:
    del now, bound
    return " OR ".join(f"({_FLAGS[one]})" for one in term.values)


def _source(term: Term, now: datetime, bound: Bound) -> str:
    del now
    named = _alike("name", term, bound)
    return f"f.source_id IN (SELECT id FROM source WHERE {named})"


def _from(term: Term, now: datetime, bound: Bound) -> str:
    del now
    return " OR ".join(
        f"{column} LIKE {bound.name(_pattern(f'*{one}*'))} ESCAPE '\\'"
        for one in term.values
        for column in ("f.author", "f.email")
    )


def _company(term: Term, now: datetime, bound: Bound) -> str:
    """The company as it was then; a domain also finds who wrote from it."""
    del now
    hosts = [one.removeprefix("@") for one in term.values if "." in one]
    return " OR ".join(
        [
            _alike(COLUMNS["company"], term, bound),
            *(
                f"f.email LIKE {bound.name(_pattern(f'*{start}{host}'))} ESCAPE '\\'"
                for host in hosts
                for start in "@."
            ),
        ]
    )


def _sentiment(term: Term, now: datetime, bound: Bound) -> str:
    del now
    names = bound.names(tuple(Sentiment(one).value for one in term.values))
    return f"t.sentiment IN ({names})"


def _since(term: Term, now: datetime, bound: Bound) -> str:
    return f"f.id >= {bound.name(_key(term, now))}"


def _before(term: Term, now: datetime, bound: Bound) -> str:
    return f"f.id < {bound.name(_key(term, now))}"


def _key(term: Term, now: datetime) -> int:
    """The least key of feedback received at that moment: keys follow time."""
    # Days are those of the place the person is at.
    moment = past(term.values[0], now.astimezone())
    if moment is None:
        # It was gone by when it was parsed; the clock was put back since.
        moment = now
    return int(moment.astimezone(UTC).timestamp() * 1_000_000)


def _tag(term: Term, now: datetime, bound: Bound) -> str:
    """Any of the tags; neither case nor accents tell two apart."""
    del now
    named = " OR ".join(
        f"folded(one.value) LIKE {bound.name(_pattern(folded(value)))} ESCAPE '\\'"
        for value in term.values
    )
    return (
        "f.id IN (SELECT l.feedback_id FROM label l, json_each(l.tags) one"
        f" WHERE {named})"
    )


def _heard(term: Term, now: datetime, bound: Bound) -> str:
    """What a person heard in words they underlined."""
    del now
    column = {"feeling": "feeling", "means": "meaning", "beside": "competitor"}
    named = _alike(column[term.field], term, bound)
    return f"f.id IN (SELECT feedback_id FROM highlight WHERE {named})"


def _pain(term: Term, now: datetime, bound: Bound) -> str:
    del now
    names = bound.names(tuple(int(one[1:]) for one in term.values))
    return (
        f"f.id IN (SELECT feedback_id FROM evidence WHERE pain_point_id IN ({names}))"
    )


def _pain_status(term: Term, now: datetime, bound: Bound) -> str:
    del now
    return (
        "f.id IN (SELECT e.feedback_id FROM evidence e JOIN pain_point p"
        f" ON p.id = e.pain_point_id WHERE p.status IN ({bound.names(term.values)}))"
    )


def _id(term: Term, now: datetime, bound: Bound) -> str:
    del now
    return f"f.number IN ({bound.names(tuple(int(one[1:]) for one in term.values))})"


def _group(term: Term, now: datetime, bound: Bound) -> str:
    del now
    names = bound.names(tuple(int(one[1:]) for one in term.values))
    named = f"SELECT id FROM feedback WHERE number IN ({names})"
    return (
        f"f.id IN ({named} UNION SELECT o.feedback_id FROM membership o"
        " JOIN membership n ON n.group_id = o.group_id"
        f" WHERE n.feedback_id IN ({named}))"
    )


_OWN: Mapping[str, Callable[[Term, datetime, Bound], str]] = {
    "is": _is, "source": _source, "from": _from, "company": _company,
    "sentiment": _sentiment, "since": _since, "before": _before, "tag": _tag,
    "feeling": _heard, "means": _heard, "beside": _heard,
    "pain": _pain, "painstatus": _pain_status, "id": _id, "group": _group,
}  # fmt: skip

KNOWN = frozenset(_OWN) | frozenset(COLUMNS) | frozenset(NOT_NARROWING)
"""Every field there is SQL for."""
