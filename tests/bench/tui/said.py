"""What customers of a made-up product say, as much of it as is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from triage.connector import Channel, Incoming
from triage.demo.incoming import sources

LATEST = datetime(2026, 3, 1, 9, tzinfo=UTC)
"""When the newest was said; the rest within the two years before."""

SOURCES = {
    "support-mail": Channel.EMAIL,
    "helpdesk": Channel.TICKET,
    "app-store": Channel.REVIEW,
    "nps-survey": Channel.SURVEY,
}

_SPAN = timedelta(days=730)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_NAMES = ("Ana", "Ben", "Chloé", "Dae", "Eva", "Femi", "Gita", "Hugo", "Ines", "Jonas",
          "Kofi", "Lena", "Maria", "Nils", "Omar", "Priya", "Rosa", "Sami", "Tomás",
          "Yuki")  # fmt: skip
_FAMILIES = ("Abe", "Berg", "Costa", "Diaz", "Eriksen", "Fischer", "Garcia", "Haddad",
             "Ivanova", "Jansen", "Kim", "Lindqvist", "Moreau", "Novak", "Okafor",
             "Prado", "Quist", "Ruiz", "Sato", "Weber")  # fmt: skip
_GROUPS = (2, 2, 3, 5, 18)
"""How many of each hundred that follow one another say the same."""


class Sayings:
    """
    Feedback by number: the same number always says the same, whoever asks.

    Sentences are those of the demo company's customers, put together anew.
    """

    def __init__(self, total: int) -> None:
        told = [one for many in sources(LATEST).values() for one in many]
        self.total = total
        self._titles = sorted({one.title for one in told if one.title})
        self._sentences = sorted(
            {
                part.strip()
                for one in told
                for part in _SENTENCE.split(one.body)
                if 12 <= len(part.strip()) <= 240
            }
        )

    def group(self, number: int) -> int:
        """
        The number of the first that says the same; its own where it is alone.

        The last hundred may end before its groups are whole.
        """
        hundred, place = divmod(number, 100)
        # Both factors are odd and each other's inverse: every place has one rank.
        rank = place * 37 % 100
        first = 0
        for size in _GROUPS:
            if first <= rank < first + size:
                ranks = range(first, first + size)
                places = (one * 73 % 100 for one in ranks)
                return hundred * 100 + min(places)
            first += size
        return number

    def is_grouped(self, number: int) -> bool:
        """Whether others say the same."""
        return number % 100 * 37 % 100 < sum(_GROUPS)

    def pages(self, source: str, size: int = 5000) -> Iterator[list[Incoming]]:
        """What one source says, oldest first, so many at a time."""
        mine = list(SOURCES).index(source)
        numbers = range(mine, self.total, len(SOURCES))
        for start in range(0, len(numbers), size):
            yield [self.incoming(one) for one in numbers[start : start + size]]

    def incoming(self, number: int) -> Incoming:
        """One feedback."""
        chance, common = Random(number), Random(f"group {self.group(number)}")
        source = list(SOURCES)[number % len(SOURCES)]
        channel = SOURCES[source]
        words = common.choices(self._sentences, k=common.randint(1, 5))
        if self.group(number) != number:
            words.append(chance.choice(self._sentences))
        name, family = chance.choice(_NAMES), chance.choice(_FAMILIES)
        person = chance.randrange(max(1, self.total // 4))
        told = {Channel.REVIEW: ("stars", "1-5"), Channel.SURVEY: ("nps", "0-10")}
        metric, scale = told.get(channel, ("", ""))
        top = int(scale.partition("-")[2] or 0)
        body = " ".join(words)
        return Incoming(
            external_id=f"{source}-{number}",
            channel=channel,
            title="" if channel is Channel.SURVEY else common.choice(self._titles),
            body=body,
            author=f"{name} {family}",
            email="" if channel is Channel.REVIEW else f"c{person}@example.org",
            received_at=LATEST - _SPAN * (1 - (number + 1) / self.total),
            rating=chance.randint(1, top) if top else None,
            scale=scale,
            metric=metric,
            raw=body.encode(),
        )
