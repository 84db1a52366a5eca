"""
Exports of survey tools and review sites, as their headers tell them apart.

Looked up in November 2026:

* Trustpilot: names of the business export as programs that read or rebuild it have
  them (Review Id, Review Created (UTC), Review Stars …), several in agreement.
* Qualtrics: "Understanding your dataset" of its support pages: three rows of headers,
  the last with an ImportId and, for times, their zone; NPS questions have a column
  _NPS_GROUP beside them.
* Google Forms: a column Timestamp and one for each question; times with a zone like
  GMT+2 where the form itself writes the file.
* Delighted: its export could not be seen any more; names of its API stand for it.
* G2: its export could not be seen; the questions are those its reviews show, stars are
  half of a score of 0 to 10 (research.g2.com).

Where a name differs, a person maps it: what is mapped wins over what stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from triage.connector import ConfigError
from triage_connectors.columns import plain

NONE: Final = "none"
TRIED: Final = frozenset({"survey preview", "survey test", "spam"})
"""What a status is called of what no customer answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """
    How one kind of export is read; names are written as ``plain`` returns them.

    Attributes:
        needs: Columns that tell it from any other table, each by one of several names.
        columns: Our field → the columns it may be in, the surest first.
        words: How the names of columns with open answers begin; all that look like it
            where empty, none where None.
        private: Columns that are not kept, such as where somebody was.
        about: Columns that tell of an answer, and hold none.
        author: Columns whose values together are who answered.
        finished: The column that says whether it was filled in whole.
        status: The column that says whether our own side tried the survey out.
        kinds: The column that says what the rating measures.
    """

    needs: Sequence[str] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    words: Sequence[str] | None = None
    channel: str = "survey"
    metric: str = ""
    scale: str = ""
    private: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    author: Sequence[str] = ()
    finished: str = ""
    status: str = ""
    kinds: str = ""


STAMPS: Final = frozenset(
    {
        "timestamp", "zeitstempel", "horodateur", "horodatage", "marca temporal",
        "informazioni cronologiche", "carimbo de data hora", "tijdstempel",
    }
)  # fmt: skip
"""What Google Forms calls its first column, by language."""
MEASURES: Final[Mapping[str, tuple[str, str]]] = {
    "nps": ("nps", "0-10"),
    "enps": ("nps", "0-10"),
    "csat": ("csat", "1-5"),
    "csat3": ("csat", "1-3"),
    "ces": ("ces", "1-5"),
    "ces7": ("ces", "1-7"),
    "smileys": ("csat", "1-5"),
    "thumbs": ("csat", "0-1"),
    "stars": ("stars", "1-5"),
}
"""Metric and scale by Delighted's survey type."""

PRESETS: Final[Mapping[str, Preset]] = {
    "delighted": Preset(
        needs=("score", "comment", "survey type|permalink|delighted source"),
        columns={
            "external_id": "response id|survey response id|id",
            "body": "comment",
            "rating": "score",
            "received_at": "response timestamp|responded at|response date|created at"
            "|created|timestamp|date",
            "edited_at": "updated at|updated",
            "author": "person name|name",
            "email": "person email|email",
            "company": "company|company name",
            "language": "language|locale",
            "url": "permalink",
        },
        kinds="survey type",
        metric="nps",
        scale="0-10",
    ),
    "qualtrics": Preset(
        needs=("response id", "recorded date|end date", "start date"),
        columns={
            "external_id": "response id",
            "received_at": "recorded date|end date",
            "email": "recipient email",
            "language": "user language",
        },
        words=(),
        private=frozenset(
            {"ipaddress", "ip address", "location latitude", "location longitude"}
        ),
        about=frozenset(
            {
                "start date", "end date", "recorded date", "status", "progress",
                "duration in seconds", "finished", "response id", "external reference",
                "distribution channel", "user language", "recipient email",
            }
        ),
        author=("recipient first name", "recipient last name"),
        finished="finished",
        status="status",
    ),
    "trustpilot": Preset(
        needs=("review id", "review stars", "review content", "review created utc"),
        columns={
            "external_id": "review id",
            "body": "review content",
            "title": "review title",
            "rating": "review stars",
            "received_at": "review created utc",
            "edited_at": "review updated utc",
            "author": "review username",
            "email": "review user email",
            "language": "review language",
            "url": "review url",
        },
        channel="review",
        metric="stars",
        scale="1-5",
    ),
    "g2": Preset(
        needs=("what do you like best*", "what do you dislike*"),
        columns={
            "external_id": "review id|id",
            "title": "review title|title|headline",
            "rating": "star rating|stars|overall rating|rating",
            "received_at": "submitted at|published at|submitted|published|review date"
            "|date",
            "edited_at": "updated at|updated",
            "author": "reviewer name|reviewer|user name|name",
            "email": "reviewer email|email",
            "company": "company name|company|organization",
            "url": "review url|review link|url|link",
        },
        words=(
            "what do you like best", "what do you dislike", "what problems",
            "recommendations",
        ),
        channel="review",
        metric="stars",
        scale="0-5",
    ),
    "google-forms": Preset(
        columns={
            "received_at": "|".join(sorted(STAMPS)),
            "author": "name|full name|your name",
            "email": "email address|username|email|e mail adresse|nutzername"
            "|adresse e mail|direccion de correo electronico",
        },
        words=(),
    ),
}  # fmt: skip


def check(name: str) -> None:
    """Refuse a preset there is none of."""
    if name and name != NONE and name not in PRESETS:
        known = ", ".join([*PRESETS, NONE])
        raise ConfigError(f"there is no preset “{name}”; use one of {known}")


def of(name: str, header: Sequence[str]) -> Preset | None:
    """The preset of that name, or the one whose header it is; None for neither."""
    if name:
        return PRESETS.get(name)
    found = [plain(column) for column in header]
    for one in PRESETS.values():
        if one.needs and all(_has(found, need) for need in one.needs):
            return one
    asks = any(column.rstrip().endswith("?") for column in header[1:])
    return PRESETS["google-forms"] if found[0] in STAMPS and asks else None


def _has(found: Sequence[str], need: str) -> bool:
    if need.endswith("*"):
        return any(name.startswith(need[:-1]) for name in found)
    return any(name in found for name in need.split("|"))
