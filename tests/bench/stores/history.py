"""Reviews of an app as customers might have written them, over countries and months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

COUNTRIES = (
    ("US", "USA"), ("DE", "DEU"), ("FR", "FRA"), ("GB", "GBR"), ("JP", "JPN"),
    ("BR", "BRA"), ("IT", "ITA"), ("ES", "ESP"), ("CA", "CAN"), ("AU", "AUS"),
    ("NL", "NLD"), ("SE", "SWE"), ("NO", "NOR"), ("DK", "DNK"), ("FI", "FIN"),
    ("PL", "POL"), ("CZ", "CZE"), ("AT", "AUT"), ("CH", "CHE"), ("BE", "BEL"),
    ("IE", "IRL"), ("PT", "PRT"), ("GR", "GRC"), ("TR", "TUR"), ("IN", "IND"),
    ("KR", "KOR"), ("TW", "TWN"), ("HK", "HKG"), ("SG", "SGP"), ("MY", "MYS"),
    ("TH", "THA"), ("ID", "IDN"), ("PH", "PHL"), ("VN", "VNM"), ("MX", "MEX"),
    ("AR", "ARG"), ("CL", "CHL"), ("CO", "COL"), ("ZA", "ZAF"), ("NZ", "NZL"),
)  # fmt: skip
"""ISO 3166 codes of two and of three letters."""

_WHO = ("I", "My team", "Everyone here", "My wife", "Our office", "A colleague")
_WHAT = (
    "export", "search", "dark mode", "sign-in", "sync", "widget", "calendar",
    "reminders", "subscription", "sharing", "camera", "backup", "fonts", "printing",
    "offline mode", "notifications", "tags", "attachments", "the watch app", "undo",
)  # fmt: skip
_HOW = (
    "crashes when I open a large note", "forgets what was set a day before",
    "takes half a minute on my old phone", "was better before the last update",
    "works well now and saves me an hour a week", "loses every second entry",
    "costs more than it is worth to us", "needs two taps too many",
    "asks for the password again and again", "is the reason I pay for it",
)  # fmt: skip
_END = (
    "Please mend it.", "Otherwise fine.", "I wrote to support and heard nothing.",
    "Five stars once this is done.", "Has anybody else seen that?", "Thank you!",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extent:
    """How much history there is: reviews in all, storefronts, months."""

    reviews: int
    countries: int
    months: int


@dataclass(frozen=True, slots=True)
class Review:
    """
    One review, whichever store it stands in.

    Attributes:
        country: Its place in ``COUNTRIES``.
        month: How many months ago, 0 for this one.
        reply: What the developer answered; "" nothing.
    """

    number: int
    at: datetime
    country: int
    month: int
    stars: int
    title: str
    text: str
    author: str
    reply: str


def history(extent: Extent, now: datetime) -> Iterator[Review]:
    """
    Yield them, the oldest first; the same for the same extent and time.

    One in five is answered, one in ten is written to the length of a paragraph.
    """
    span = timedelta(days=30 * extent.months)
    first = now - span
    for number in range(extent.reviews):
        chance = Random(number)
        at = first + span * (number / extent.reviews)
        what = chance.choice(_WHAT)
        said = [
            f"{chance.choice(_WHO)} tried {what} {chance.randint(2, 900)} times: it"
            f" {chance.choice(_HOW)}. {chance.choice(_END)}"
            for _ in range(6 if chance.random() < 0.1 else chance.randint(1, 2))
        ]
        yield Review(
            number=number,
            at=at.replace(microsecond=0),
            country=chance.randrange(min(extent.countries, len(COUNTRIES))),
            month=(now.year - at.year) * 12 + now.month - at.month,
            stars=chance.choice((1, 1, 2, 3, 4, 5, 5, 5)),
            title=f"{what.capitalize()}, again",
            text=" ".join(said),
            author=f"customer {chance.randrange(extent.reviews)}",
            reply=f"Thank you, we look into {what}." if chance.random() < 0.2 else "",
        )


def clock() -> datetime:
    """The time, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
