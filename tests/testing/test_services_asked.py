"""What a connector says of an account, and of one that is refused, is held to account."""

from __future__ import annotations

from collections.abc import Mapping

from servers.shop import HOST, Reviews, Shop
from servers.shop_broken import broken
from triage.connector import (
    Connector,
    Report,
    Secret,
    SourceError,
    SourceUnavailable,
)
from triage.transport import Http


def test_without_check() -> None:
    """A connector of a service can be asked whose account it is."""

    class Mute(Reviews):
        check = property()

    assert "has check(http)" in broken(Mute)


def test_report() -> None:
    """A report names the account, and shows no key."""

    class Nobody(Reviews):
        async def check(self, http: Http) -> Report:
            return Report(account="")

    class Open(Reviews):
        async def check(self, http: Http) -> Report:
            return Report(account="Ann", facts={"key": self.token.reveal()})

    class Nothing(Reviews):
        async def check(self, http: Http) -> Report:
            return None  # type: ignore[return-value]

    assert "whose account" in broken(Nobody)
    assert "a report" in broken(Open)
    assert "returns a Report" in broken(Nothing)


def test_check_that_catches() -> None:
    """A refused key is told by check(), not put into a report."""

    class Calm(Reviews):
        async def check(self, http: Http) -> Report:
            try:
                return await super().check(http)
            except SourceError:
                return Report(account="nobody yet")

    assert "is told by check() as SignInFailed" in broken(Calm)


def test_refusal_without_a_name() -> None:
    """A refusal that is told as trouble of the service names nothing to see to."""

    class Vague(Reviews):
        async def check(self, http: Http) -> Report:
            try:
                return await super().check(http)
            except SourceError:
                pass
            raise SourceUnavailable("the shop is not there today")

    assert "as SignInFailed or ConfigError" in broken(Vague)


def test_wrong_settings() -> None:
    """What is wrong is named in the service's own word for it."""

    class Strict(Shop):
        def wrong(self) -> Mapping[str, Connector]:
            return {"licence": Reviews(Secret("canary-another-key"))}

    assert "named as 'licence'" in broken(Reviews, Strict)


def test_lies_to_check() -> None:
    """What a service lies to check() ends in no error of Python's."""

    class Trusting(Reviews):
        async def check(self, http: Http) -> Report:
            answer = await http.at(f"{HOST}/api").get("me", auth=self.token)
            return Report(account=answer.json()["account"])

    assert "an error a person can read, not in KeyError" in broken(Trusting)
