"""What an App Store Connect key can reach, found with a few calls."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from triage.connector import Report
from triage.text.display import one_line
from triage_connectors import app_store_connect_apps as listing
from triage_connectors.app_store_connect_api import Api, budget, inside, not_there
from triage_connectors.app_store_connect_lists import PAGE
from triage_connectors.app_store_connect_rows import App, moment

if TYPE_CHECKING:
    from triage.transport import Pages

_READ: Final = 0.1  # seconds a page of 200 takes here, measured, whatever the line
_NAMED: Final = 12


@dataclass(frozen=True, slots=True)
class _There:
    """What is there of one app; ``total`` is None where nobody says."""

    app: App
    total: int | None
    oldest: datetime | None
    versions: int | None


async def report(
    api: Api,
    apps: Sequence[App],
    all_apps: Sequence[App],
    *,
    guard: Callable[[], Pages],
    countries: Sequence[str],
    versions: bool,
    began: float,
) -> Report:
    """Return whose key it is, what it may do, and what a first pull would cost."""
    asked = 1 + len(apps)
    there = [await _app(api, app, guard(), countries, versions) for app in apps]
    asked += len(apps) if versions else 0
    trip = (time.monotonic() - began) / asked
    totals = [one.total for one in there if one.total is not None]
    waiting = sum(totals) if len(totals) == len(there) else None
    calls = 1 + sum(_calls(one) for one in there)
    oldest = min((one.oldest for one in there if one.oldest), default=None)
    kind = "team key" if api.issuer_id else "individual key"
    limits = budget(api.key_id)
    may_version = all(one.versions is not None for one in there)
    return Report(
        account=f"{kind} {api.key_id}, which sees {_named(all_apps)}",
        facts={
            "may": "read reviews; whether it may answer them as well, Apple does not"
            " tell beforehand (a key of the role Customer Support may)",
            **{one_line(one.app.bundle, 60): _count(one) for one in there},
            "oldest review": f"{oldest:%F}" if oldest else "none",
            **(
                {"versions": "read" if may_version else "not to be read by this key"}
                if versions
                else {}
            ),
            "calls left": f"{api.http.left(limits):,} in this hour",
            "first pull": f"about {calls:,} calls",
        },
        waiting=waiting,
        seconds=None if waiting is None else calls * (trip + _READ),
    )


async def _app(
    api: Api, app: App, pages: Pages, countries: Sequence[str], versions: bool
) -> _There:
    answer = await api.get(
        f"v1/apps/{app.id}/customerReviews",
        {
            "limit": 1,
            "sort": "createdDate",
            "fields[customerReviews]": "createdDate",
            **({"filter[territory]": ",".join(countries)} if countries else {}),
        },
        allow={404},
    )
    if answer.status == 404:
        raise not_there(f"the app {listing.told(app)}")
    oldest = next(
        (moment(inside(row, "attributes", "createdDate")) for row in answer.rows), None
    )
    many: int | None = 0
    if versions:
        found = await listing.versions(api, pages, app)
        many = None if found is None else len(found)
    return _There(app, answer.total, oldest, many)


def _calls(one: _There) -> int:
    """Calls of a first pull: full pages, and one that is not for each version."""
    lists = (one.versions or 0) + 3 if one.versions else 1
    return lists + (one.total or 0) // PAGE


def _count(one: _There) -> str:
    many = "reviews, nobody says how many" if one.total is None else ""
    return f"{one_line(one.app.name, 60)}: {many or f'{one.total:,} reviews'}"


def _named(apps: Sequence[App]) -> str:
    names = [one_line(app.name, 60) for app in apps[:_NAMED]]
    more = f" and {len(apps) - _NAMED} more" if len(apps) > _NAMED else ""
    return ", ".join(names) + more if names else "no app"
