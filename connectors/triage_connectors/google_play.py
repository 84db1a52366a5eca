"""Reviews of apps in Google Play: what its API tells, and the monthly reports."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

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
from triage_connectors import google_play_answering, google_play_checking
from triage_connectors.google_play_account import Access, account
from triage_connectors.google_play_api import Google
from triage_connectors.google_play_cursor import left
from triage_connectors.google_play_pull import Pull

if TYPE_CHECKING:
    from triage.transport import Http

_PACKAGE: Final = re.compile(r"[A-Za-z]\w*(\.[A-Za-z]\w*)+", re.ASCII)
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,220}")


@dataclass(frozen=True, slots=True)
class GooglePlay:
    """
    Reviews in Google Play, with the developer's replies; answered from here.

    The API tells what was written or edited in the last seven days, so a sync is needed
    every few days; older reviews and stars without words are in the monthly reports.
    Both name a review alike, and an edit takes the place of what was said before.
    Google tells no country, only the language of the phone.

    Attributes:
        packages: The apps' names, as in the address of their page in the store
            ("com.acme.notes").
        key: The JSON file of a service account's key, file:service-account.json; not
            needed where only reports of a folder are read.
        bucket: Where Google puts the monthly reports: Play Console, Download reports,
            Reviews, Copy Cloud Storage URI.
        folder: A folder the monthly reports were downloaded to (reviews_*.csv).
        translate_to: A language Google is to translate into; the translation is kept
            apart, what was written stays. Nothing is translated where it is empty.
        ratings: Whether stars without words are kept; they are never triaged.
        since: Reviews last edited before are left out.
        url: The origin of Google's API.
        storage_url: The origin of Google's buckets.
    """

    summary: ClassVar[str] = "Reviews in Google Play: API, monthly reports, replies"
    acts: ClassVar[Mapping[str, Act]] = {
        "reply": Act(
            "Answers a review in Google Play, for everybody to read; HTML is dropped.",
            longest=350,
            replaces=True,
        )
    }

    packages: tuple[str, ...]
    key: Secret | None = None
    bucket: str = ""
    folder: Path | None = None
    translate_to: str = ""
    ratings: bool = True
    since: datetime | None = None
    url: str = "https://androidpublisher.googleapis.com"
    storage_url: str = "https://storage.googleapis.com"
    _access: Access = field(
        default_factory=Access, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if not self.packages:
            raise ConfigError(
                "the setting packages is empty; name an app, packages=com.acme.notes",
                missing="packages",
            )
        for name in self.packages:
            if not _PACKAGE.fullmatch(name):
                raise ConfigError(
                    f"{name!r} is no name of an app; it stands in the address of the"
                    " app's page in the store: …/details?id=com.acme.notes"
                )
        if self.bucket and not _BUCKET.fullmatch(self.bucket_name):
            raise ConfigError(
                f"{self.bucket!r} is no bucket; it looks like pubsite_prod_rev_0123…"
            )
        if self.key is None and (self.bucket or self.folder is None):
            raise ConfigError(
                "the setting key is missing; add key=file:service-account.json"
                + ("" if self.bucket else ", or folder= with reports to read"),
                missing="key",
            )

    @property
    def bucket_name(self) -> str:
        """The bucket alone, however its address was copied."""
        return self.bucket.strip().removeprefix("gs://").partition("/")[0]

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield each app's new and changed reports, then all its API tells."""
        google = self._google(http) if self.key else None
        here = left(cursor, http.now() if google else datetime.now(UTC))
        async for page in Pull(http, self, google, here).pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose key it is, what it may do, and how far back it reaches."""
        google = self._google(http) if self.key else None
        return await google_play_checking.report(http, self, google)

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        """Answer a review; an answer that is there is replaced."""
        return await google_play_answering.send(
            self._google(http), self.packages, outgoing
        )

    async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
        """Return the answer a review has; None where it has none."""
        return await google_play_answering.sent(
            self._google(http), self.packages, outgoing
        )

    def _google(self, http: Http) -> Google:
        if self.key is None:
            raise ConfigError(
                "the setting key is missing; add key=file:service-account.json",
                missing="key",
            )
        whose = account(self.key)
        return Google(http, whose, self._access, self.url, self.storage_url)
