"""The small Discourse as the contract of services wants one, and pulls of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from servers import pulls
from servers.discourse_forum import HOME
from servers.discourse_server import KEY, DiscourseServer
from triage.connector import Connector, Cursor, Page, Secret
from triage_connectors.discourse import Discourse


def connector(**told: Any) -> Discourse:
    """A source of that forum."""
    settings = {"url": HOME, "api_key": Secret(KEY), **told}
    return Discourse(**settings)


@dataclass(slots=True)
class DiscourseService(DiscourseServer):
    """Topics and replies by turns, three posts a page."""

    size: int = 3
    listed: int = 3
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {
            "future": "its cursor holds numbers of posts, no times"
        }
    )
    said: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Our side welcomes everybody."""
        self.begin("Welcome", "olga", pinned=True, category_id=1)

    def add(self) -> str:
        """A customer says something now; the staff whispers, and the forum notes it."""
        words = f"It loses my tags, case {len(self.said) + 1}"
        if len(self.said) % 3 == 0:
            row = self.begin(words)
        else:
            row = self.say(len(self.topics), words, "bea")
            self.say(row["topic_id"], "She sounds cross", "olga", kind=4)
            self.say(
                row["topic_id"], "", "system", kind=3, action_code="closed.enabled"
            )
        name = f"post {row['id']}"
        self.said[name] = row["id"]
        return name

    def edit(self, name: str) -> str:
        """Its writer says it differently."""
        words = f"It loses my labels, {name}"
        self.rewrite(self.said[name], words)
        return words

    def remove(self, name: str) -> None:
        """It is deleted."""
        self.delete(self.said[name])

    def reply(self, name: str) -> str:
        """The staff answers."""
        words = f"Mended in the next version, {name}"
        self.say(self.posts[self.said[name]]["topic_id"], words, "olga")
        return words

    def wrong(self) -> Mapping[str, Connector]:
        """Sources the forum refuses."""
        return {
            "key": connector(api_key=Secret("canary-another-key")),
            "url": connector(url="https://nothing.acme.example"),
        }

    def fill(self, conversations: int) -> int:
        """Make so many topics of five posts each; rows a pull of them brings."""
        self.size, self.listed = 50, 100
        for number in range(conversations):
            topic = self.begin(f"The export loses tags, case {number}.")["topic_id"]
            for turn in range(2):
                self.say(topic, f"We look into case {number}.", "olga")
                self.say(topic, f"It is still so after {turn} days.")
            if not number % 4:
                self.now += timedelta(seconds=1)
        self.now += timedelta(hours=1)
        return 5 * conversations + 1


def pages(
    server: DiscourseServer, cursor: Cursor | None = None, **told: Any
) -> list[Page]:
    """Every page of a pull, an hour after what was said last."""
    server.now += timedelta(hours=1)
    return pulls.pages(connector(**told), server, cursor)


def fetched(server: DiscourseServer, *about: str) -> Page:
    """Those posts and topics, read again."""
    return pulls.fetched(connector(), server, about)
