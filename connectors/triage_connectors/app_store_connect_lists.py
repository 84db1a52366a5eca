"""The lists of an app's reviews: its own, and that of each version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from triage.connector import SourceUnavailable
from triage_connectors import app_store_connect_apps as listing
from triage_connectors.app_store_connect_api import Answer, Api, codes, not_there
from triage_connectors.app_store_connect_rows import FIELDS, App, Version

if TYPE_CHECKING:
    from triage.transport import Pages

PAGE: Final = 200
"""Reviews of a page: as many as there may be."""


@dataclass(slots=True, kw_only=True)
class Lists:
    """
    Where one app's reviews are asked for.

    Attributes:
        guard: Makes what notices a server that leads in circles.
        countries: Of three letters; empty for all.
    """

    api: Api
    app: App
    guard: Callable[[], Pages]
    countries: Sequence[str]
    _is_anew: bool = False

    async def versions(self) -> list[Version] | None:
        """The newest first; None where the key may not read them."""
        return await listing.versions(self.api, self.guard(), self.app)

    async def count(self) -> int:
        """How many reviews the app has; 0 where nobody says."""
        wanted: dict[str, str | int] = {
            "limit": 1,
            "fields[customerReviews]": "createdDate",
            **self._filter,
        }
        return (await self.api.get(self._at(""), wanted)).total or 0

    async def page(self, version: str, at: str) -> Answer | None:
        """
        A page of a version's reviews or of the app's, the newest first.

        None where the service knows the name no more that it gave the page, once: it
        may have been kept since yesterday.
        """
        answer = await self.api.get(
            self._at(version),
            {
                "limit": PAGE,
                "sort": "-createdDate",
                **FIELDS,
                **self._filter,
                **({"cursor": at} if at else {}),
            },
            allow={404, 400, 410} if at else {404},
        )
        if answer.status == 404 and not version:
            raise not_there(f"the app {listing.told(self.app)}")
        if answer.status in {400, 410}:
            if self._is_anew:
                raise SourceUnavailable(
                    "App Store Connect refuses the next page it named itself"
                    f" ({codes(answer.response)}); what came is kept, try again later"
                )
            self._is_anew = True
            return None
        return answer

    def _at(self, version: str) -> str:
        where = f"appStoreVersions/{version}" if version else f"apps/{self.app.id}"
        return f"v1/{where}/customerReviews"

    @property
    def _filter(self) -> dict[str, str]:
        names = ",".join(self.countries)
        return {"filter[territory]": names} if names else {}
