"""Reviews of one's own apps in Apple's store, by the App Store Connect API."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from triage.connector import (
    Act,
    ConfigError,
    Cursor,
    Outgoing,
    Page,
    Receipt,
    Report,
    Secret,
)
from triage_connectors import app_store_connect_apps as listing
from triage_connectors import app_store_connect_checking as checking
from triage_connectors import app_store_connect_replies as replies
from triage_connectors.app_store_connect_api import HOME, Api, budget
from triage_connectors.app_store_connect_lists import Lists
from triage_connectors.app_store_connect_place import KNOWN, Here, Left, left
from triage_connectors.app_store_connect_walk import Walker
from triage_connectors.countries import alpha3

if TYPE_CHECKING:
    from triage.transport import Http

_ROLE: Final = (
    " The role Customer Support is enough to read reviews and to answer them. The file"
    " AuthKey_….p8 can be downloaded once: keep it where only you can read it"
    " (chmod 600), and give key=file:PATH"
)


@dataclass(frozen=True, slots=True)
class AppStoreConnect:
    """
    Reviews of your own apps in the App Store, and what you answered them.

    Attributes:
        key_id: The key's ID, as the list of keys shows it.
        key: The key itself: the file AuthKey_….p8 (``file:AuthKey_X.p8``).
        apps: Bundle ids of the apps to read ("com.acme.notes"), or Apple's numbers.
        issuer_id: The Issuer ID above the list of team keys; empty for the key of one
            person.
        countries: Codes of the countries whose reviews are wanted ("DE", "USA"); all
            of them where none is given.
        since: Reviews made before are left out, at the first pull and at later ones.
        versions: Whether reviews are read version by version, which is the only way to
            learn which version each is about: one call more for each version in the
            first pull and in the weekly one, a few in those between.
        url: Where App Store Connect is.
    """

    summary: ClassVar[str] = "Reviews of your own apps (App Store Connect API)"
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {"team": {}, "individual": {}}
    hints: ClassVar[Mapping[str, str]] = {
        "team": "At appstoreconnect.apple.com, under Users and Access, Integrations,"
        f" Team Keys, make a key; the Issuer ID stands above the list.{_ROLE}",
        "individual": "At appstoreconnect.apple.com, in your own profile, make an"
        f" Individual API Key, and give no issuer_id.{_ROLE}",
    }
    acts: ClassVar[Mapping[str, Act]] = {"reply": replies.ACT}

    key_id: str
    key: Secret
    apps: tuple[str, ...]
    issuer_id: str = ""
    countries: tuple[str, ...] = ()
    since: datetime | None = None
    versions: bool = True
    url: str = HOME

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield the reviews that are not known, and those that may have changed."""
        countries = self._countries()
        api = self._api(http)
        place = left(cursor, api.http.now()) if cursor else Left()
        apps = await listing.chosen(api, http.pages, self._wanted())
        names = [app.id for app in apps]
        place = Left({one: place.apps.get(one, Here()) for one in names}, place.turn)
        first = names.index(place.turn) if place.turn in names else 0
        for number, app in enumerate(apps[first:], start=first + 1):
            walker = Walker(
                lists=Lists(api=api, app=app, guard=http.pages, countries=countries),
                here=place.apps[app.id],
                begin=self.since,
                versions=self.versions,
                known=max(1, KNOWN // len(apps)),
            )
            async for found in walker.pages():
                is_over = walker.here.walk is None
                following = names[number] if number < len(names) else ""
                turn = following if is_over else app.id
                place = place.at(app.id, walker.here, turn)
                share = found.progress
                yield Page(
                    found.rows,
                    place.cursor(),
                    gap=found.gap,
                    gone=found.gone,
                    progress=None
                    if share is None
                    else min(1.0, (number - 1 + share) / len(apps)),
                )

    async def check(self, http: Http) -> Report:
        """Return whose key it is, which apps it may read, and what is in them."""
        api = self._api(http)
        began = time.monotonic()
        there = await listing.all_apps(api, http.pages())
        apps = await listing.chosen(api, http.pages, self._wanted())
        return await checking.report(
            api,
            apps,
            there,
            guard=http.pages,
            countries=self._countries(),
            versions=self.versions,
            began=began,
        )

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        """Answer a review; an answer that was there is replaced."""
        return await replies.send(self._api(http), outgoing)

    async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
        """The answer a review has; None where it has none."""
        return await replies.sent(self._api(http), outgoing)

    def _api(self, http: Http) -> Api:
        key_id = self.key_id.strip()
        if not key_id.isalnum():
            raise ConfigError(
                f"{self.key_id[:40]!r} is no ID of a key; write key_id= as the list of"
                " keys shows it, ten letters and digits",
                missing="" if key_id else "key_id",
            )
        return Api(
            http=http.at(self.url, budget(key_id)),
            key_id=key_id,
            issuer_id=self.issuer_id.strip(),
            key=self.key,
        )

    def _wanted(self) -> list[str]:
        wanted = [one.strip() for one in self.apps if one.strip()]
        if not wanted:
            raise ConfigError(
                "no app is named; write apps= with the bundle id of one or more",
                missing="apps",
            )
        return list(dict.fromkeys(wanted))

    def _countries(self) -> list[str]:
        return sorted({alpha3(one) for one in self.countries})
