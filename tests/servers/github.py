"""The small GitHub as the contract of services wants one, and pulls of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from servers import pulls
from servers.github_forge import BOT, REPO, Row
from servers.github_server import TOKEN, GitHubServer
from triage.connector import Connector, Cursor, Page, Secret
from triage_connectors.github import GitHub


def connector(**told: Any) -> GitHub:
    """A source of that repository."""
    settings = {"repos": (REPO,), "token": Secret(TOKEN), **told}
    return GitHub(**settings)


@dataclass(slots=True)
class GitHubService(GitHubServer):
    """Issues, discussions and what is said to them by turns, three rows a page."""

    size: int = 3
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {
            "order": "of an issue it tells when it was touched, not when it was edited"
        }
    )
    said: dict[str, tuple[Row, Row]] = field(default_factory=dict)
    begun: Row = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Our side announces something; somebody sends code, and a robot checks it."""
        self.begun = self.ask("What do you miss?", "olga", "OWNER")
        change = self.propose("Mends the export")
        self.say(change["number"], "Would you look at it?")

    def add(self) -> str:
        """A customer says something now: never in the second."""
        turn, number = len(self.said) % 5, len(self.said) + 1
        words = f"It loses my tags, case {number}"
        opened = [talk for _, talk in self.said.values() if "state" in talk]
        if turn == 0:
            row = talk = self.open(words)
            name = f"issue {row['id']}"
        elif turn == 2:
            talk = opened[-1]
            row = self.say(talk["number"], words, "bea")
            name = f"comment {row['id']}"
        elif turn == 3:
            row = talk = self.ask(words, "bea")
            name = f"discussion {row['databaseId']}"
        else:
            talk = self.begun
            to = talk["said"][0] if turn == 4 else None
            row = self.answer_to(talk, words, to=to)
            name = f"discussion comment {row['databaseId']}"
        self.said[name] = row, talk
        return name

    def edit(self, name: str) -> str:
        """Its writer says it differently."""
        row, talk = self.said[name]
        words = f"It loses my labels, {name}"
        row["body"] = words
        if "lastEditedAt" in row:
            row["lastEditedAt"] = self.stamp()
        else:
            self.touch(row)
        self.touch(talk)
        return words

    def remove(self, name: str) -> None:
        """A comment with replies is taken back, and something is said thereafter."""
        row, talk = self.said[name]
        row |= {"deletedAt": self.stamp(), "body": ""}
        self.answer_to(talk, "What was it?", "olga", "OWNER")

    def reply(self, name: str) -> str:
        """A member answers, and a robot repeats it."""
        words = f"Mended in the next version, {name}"
        talk = self.said[name][1]
        for by, tie in (("olga", "MEMBER"), (BOT, "NONE")):
            if "state" in talk:
                self.say(talk["number"], words, by, tie)
            else:
                self.answer_to(talk, words, by, tie)
        return words

    def wrong(self) -> Mapping[str, Connector]:
        """Sources that GitHub refuses."""
        return {
            "key": connector(token=Secret("canary-another-token")),
            "repos": connector(repos=("acme/nowhere",)),
        }

    def fill(self, conversations: int) -> int:
        """Make so many issues of five messages each; rows a pull of them brings."""
        self.size = 100
        for number in range(conversations):
            issue = self.open(f"The export loses tags, case {number}.", "ann")["number"]
            for turn in range(2):
                self.say(issue, f"We look into case {number}.", "olga", "MEMBER")
                self.say(issue, f"It is still so after {turn} days.", "ann")
            if not number % 4:
                self.now += timedelta(seconds=1)
        self.now += timedelta(hours=1)
        return 5 * conversations + 1


def pages(
    server: GitHubServer, cursor: Cursor | None = None, **told: Any
) -> list[Page]:
    """Every page of a pull, an hour after what was said last."""
    server.now += timedelta(hours=1)
    return pulls.pages(connector(**told), server, cursor)


def fetched(server: GitHubServer, *about: str) -> Page:
    """Those conversations, read again."""
    return pulls.fetched(connector(), server, about)
