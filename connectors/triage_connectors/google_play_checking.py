"""What a Google Play source says of itself before anything is pulled."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from triage.connector import Report
from triage_connectors.google_play_api import AT_ONCE, CALLS, Google, found
from triage_connectors.google_play_files import PART
from triage_connectors.google_play_files import Report as Month
from triage_connectors.google_play_pull import REACH, reports_of
from triage_connectors.google_play_reviews import number

if TYPE_CHECKING:
    from triage.transport import Http
    from triage_connectors.google_play import GooglePlay

_ROW: Final = 0.0001  # seconds until it is stored, measured, whatever the line
_BYTES: Final = 700  # of a row, in UTF-16, with some words in it
_CALL: Final = 0.5


async def report(http: Http, settings: GooglePlay, google: Google | None) -> Report:
    """Return whose key it is, what it may do, and how far back it reaches."""
    facts: dict[str, str] = {"apps": ", ".join(settings.packages)}
    total, counted = 0, True
    calls, size = 0, 0
    months: dict[str, list[Month]] = {}
    for name in settings.packages:
        months[name] = await reports_of(http, settings, google, name)
        if google is None:
            continue
        answer = await google.reviews(name, "", "", count=1)
        pages = found(answer).get("pageInfo")
        many = number(pages, "totalResults") if isinstance(pages, dict) else None
        total, counted = total + (many or 0), counted and many is not None
        calls += 1 + math.ceil((many or 0) / AT_ONCE)
    if google is not None:
        facts["may"] = "read reviews" + (", read the bucket" if settings.bucket else "")
        facts["replies"] = (
            "sent with the permission “Reply to reviews”, which shows with the first"
        )
        facts["calls left"] = ", ".join(
            f"{google.left(name):,} of {CALLS} this hour for {name}"
            for name in settings.packages
        )
        facts["API reaches back to"] = f"{http.now() - REACH:%F}"
    if settings.bucket or settings.folder:
        for name, reports in months.items():
            facts[f"reports of {name}"] = _span(reports)
            size += sum(one.size for one in reports)
            if settings.bucket:
                calls += 1 + sum(
                    math.ceil(one.size / PART) for one in reports if one.bucket
                )
    else:
        facts["reports"] = "none; bucket= or folder= reaches further back"
    facts["calls of a first pull"] = f"about {calls + bool(google):,}"
    facts["country"] = "Google Play tells none"
    reports_there = any(months.values())
    return Report(
        account=google.account.name if google else f"reports in {settings.folder}",
        facts=facts,
        waiting=total if counted and google and not reports_there else None,
        seconds=calls * _CALL + (total + size / _BYTES) * _ROW,
    )


def _span(reports: list[Month]) -> str:
    if not reports:
        return "none"
    months = sorted({one.month for one in reports})
    first, last = (f"{one[:4]}-{one[4:]}" for one in (months[0], months[-1]))
    size = sum(one.size for one in reports) / 1_000_000
    many = f"{len(months)} month{'s' * (len(months) > 1)}"
    return f"{many}, {first} to {last}, {size:,.1f} MB"
