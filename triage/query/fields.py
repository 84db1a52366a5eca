"""Every field a query knows; one more is an entry here and in ``store/narrowing``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from triage.model import Channel, PainStatus, Sentiment, State
from triage.query.query import EVERYWHERE
from triage.research import Feeling, Meaning


class Kind(Enum):
    """What a field's value is."""

    TEXT = "text"
    """Equal, ignoring case; * stands for anything."""
    NUMBER = "number"
    MOMENT = "moment"
    CHOICE = "choice"
    VERSION = "version"
    """Numbers with dots between, compared one by one."""
    ID = "id"


@dataclass(frozen=True, slots=True)
class Field:
    """
    One field.

    Attributes:
        help: What it narrows a list to, in a few words.
        example: As a person would type it.
        choices: Its values, for a choice.
    """

    name: str
    kind: Kind
    help: str
    example: str
    choices: tuple[str, ...] = ()


STATES = (*(state.value for state in State), EVERYWHERE)

FLAGS: dict[str, str] = {
    "linked": "quoted as evidence of a pain point",
    "grouped": "others say the same",
    "resumed": "new in a group that was decided before",
    "edited": "changed by its author since it came",
    "rated": "came with a number",
    "known": "its author is known",
    "tagged": "somebody gave it a tag",
    "noted": "somebody wrote a note on it",
    "highlighted": "somebody underlined words in it",
    "gone": "its source has it no more",
}
"""``is:linked``, and ``-linked`` for short."""

SORTS: dict[str, str] = {
    "newest": "newest first",
    "oldest": "oldest first",
    "people": "most people first",
    "rating": "lowest rating first",
    "revenue": "highest revenue first",
    "sentiment": "least pleased first",
}

FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field("state", Kind.CHOICE, "where it stands", "state:snoozed", STATES),
        Field("is", Kind.CHOICE, "what is true of it", "-is:linked", tuple(FLAGS)),
        Field("source", Kind.TEXT, "where it came from", "source:zendesk"),
        Field("channel", Kind.CHOICE, "how it was said", "channel:review,email",
              tuple(one.value for one in Channel)),
        Field("rating", Kind.NUMBER, "the number it came with", "rating:<=2"),
        Field("metric", Kind.CHOICE, "what its number measures", "metric:nps",
              ("stars", "nps", "csat", "ces")),
        Field("sentiment", Kind.CHOICE, "how pleased it sounds", "sentiment:negative",
              tuple(one.value for one in Sentiment)),
        Field("language", Kind.TEXT, "the language it is in", "language:de,en"),
        Field("from", Kind.TEXT, "part of its author's name or address",
              "from:@orbit.io"),
        Field("company", Kind.TEXT, "its author's company then, or its domain",
              'company:"Orbit Ltd"'),
        Field("segment", Kind.TEXT, "their segment then", "segment:enterprise"),
        Field("plan", Kind.TEXT, "their plan then", "plan:pro"),
        Field("revenue", Kind.NUMBER, "what they paid a month then", "revenue:>=1000"),
        Field("country", Kind.TEXT, "the country it came from", "country:de"),
        Field("device", Kind.TEXT, "the device it was said on", "device:pixel*"),
        Field("os", Kind.TEXT, "the system it was said on", "os:android*"),
        Field("product", Kind.TEXT, "the app or product it is about",
              "product:com.acme.notes"),
        Field("version", Kind.VERSION, "the version of the product",
              "version:>=5.2"),
        Field("since", Kind.MOMENT, "came then or later", "since:30d"),
        Field("before", Kind.MOMENT, "came before", "before:2026-05-01"),
        Field("people", Kind.NUMBER, "how many people say the same", "people:>=3"),
        Field("size", Kind.NUMBER, "how many feedback say the same", "size:>1"),
        Field("tag", Kind.TEXT, "a tag people gave it", "tag:billing"),
        Field("owner", Kind.TEXT, "who looks after it", "owner:dana"),
        Field("feeling", Kind.CHOICE, "somebody heard this feeling in its words",
              "feeling:frustrated", tuple(one.value for one in Feeling)),
        Field("means", Kind.CHOICE, "what its words tell of who said them",
              "means:need", tuple(one.value for one in Meaning)),
        Field("beside", Kind.TEXT, "puts us beside this competitor", "beside:Acme"),
        Field("pain", Kind.ID, "quoted as evidence of this pain point", "pain:p3"),
        Field("painstatus", Kind.CHOICE, "what became of the pain it shows",
              "painstatus:resolved", tuple(one.value for one in PainStatus)),
        Field("group", Kind.ID, "says the same as this one", "group:g12"),
        Field("id", Kind.ID, "these feedback", "id:f12,f13"),
        Field("reason", Kind.TEXT, "why it was declined", 'reason:"out of scope"'),
        Field("sort", Kind.CHOICE, "in which order", "sort:people", tuple(SORTS)),
        Field("show", Kind.CHOICE, "a row for each feedback, not for its group",
              "show:each", ("each",)),
    )
}  # fmt: skip
"""By name, in the order people are told of them."""

PARTS = ("version", "country", "language", "os", "device", "product", "source")
"""Fields that numbers are broken down by, in the order they are offered."""

NOT_NARROWING = ("state", "sort", "show")
"""Fields that say where to look and how to show it, and are no terms."""

ALIASES = {
    "lang": "language", "author": "from", "email": "from", "stars": "rating",
    "in": "state", "has": "is", "app": "product", "mrr": "revenue", "after": "since",
}  # fmt: skip
