"""One pull of Google Play: each app's reports, then what its API still tells."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from triage.connector import Incoming, Kind, Page, SourceUnavailable, Unreadable
from triage_connectors import google_play_files, google_play_reviews
from triage_connectors.google_play_api import Google, found
from triage_connectors.google_play_csv import rows
from triage_connectors.google_play_cursor import App, Left
from triage_connectors.google_play_files import Report
from triage_connectors.google_play_reviews import listed, reply_id, text

if TYPE_CHECKING:
    from triage.transport import Http
    from triage_connectors.google_play import GooglePlay

REACH: Final = timedelta(days=7)
"""How far back the API tells reviews, by when they were written or edited."""

_ROWS: Final = 1000
_WEIGHT: Final = 4 * 1024 * 1024


@dataclass(slots=True)
class Pull:
    """
    A pull on its way.

    Attributes:
        google: None where there is no key: then reports of a folder are all there is.
        here: Where it has come to.
        gaps: What no run can bring any more, in words.
    """

    http: Http
    settings: GooglePlay
    google: Google | None
    here: Left
    gaps: list[str] = field(default_factory=list)

    async def pages(self) -> AsyncIterator[Page]:
        """Yield what is new, app by app; from the one it was left at."""
        names = list(dict.fromkeys(self.settings.packages))
        first = names.index(self.here.turn) if self.here.turn in names else 0
        yielded = False
        for place, name in enumerate(names[first:], start=first):
            after = names[place + 1] if place + 1 < len(names) else ""
            if not self.here.app(name).token:
                reports = await reports_of(self.http, self.settings, self.google, name)
                async for page in self._reports(name, reports):
                    yielded = True
                    yield page
            if self.google is not None:
                async for page in self._walk(self.google, name, after):
                    yielded = True
                    yield page
        if not yielded or self.here.turn:
            self.here = replace(self.here, turn="")
            yield Page((), self.here.cursor())

    async def _reports(
        self, name: str, reports: Sequence[Report]
    ) -> AsyncIterator[Page]:
        """Yield the rows of those reports that are new or changed, by month."""
        there = {one.name for one in reports}
        app = self.here.app(name)
        read = {one: mark for one, mark in app.reports.items() if one in there}
        changed = [one for one in reports if read.get(one.name) != one.mark]
        for count, report in enumerate(changed):
            if not self._reaches(report):
                continue
            half = (app.report, app.mark) == (report.name, report.mark)
            batch: list[Incoming | Unreadable] = []
            weight = 0
            async with google_play_files.content(self.google, report) as file:
                offset = app.offset if half else 0
                for row in rows(file, report.size, name, offset, report.name):
                    kept = [one for one in row.told if self._is_wanted(one, row.told)]
                    batch += kept
                    weight += sum(len(one.raw) for one in kept)
                    if len(batch) >= _ROWS or weight > _WEIGHT:
                        app = replace(
                            app,
                            reports=read,
                            report=report.name,
                            mark=report.mark,
                            offset=row.after,
                        )
                        share = row.after / max(1, report.size)
                        yield self._page(name, app, batch, (count + share, changed))
                        batch, weight = [], 0
            read = {**read, report.name: report.mark}
            app = replace(app, reports=read, report="", mark="", offset=0)
            yield self._page(name, app, batch, (count + 1, changed))

    async def _walk(self, google: Google, name: str, after: str) -> AsyncIterator[Page]:
        """Yield every review the API tells; the walk counts once it is whole."""
        app = self.here.app(name)
        token, began = app.token, app.began_at or self.http.now()
        if not token:
            began = self.http.now()
        turns, resumed = self.http.pages(), bool(token)
        while True:
            answer = await google.reviews(
                name, turns.turn(token), self.settings.translate_to
            )
            if answer.status == 400 and resumed:
                # The page where the last pull ended is not known any more.
                token, began, resumed = "", self.http.now(), False
                continue
            if answer.status == 400:
                raise SourceUnavailable(
                    f"Google Play broke off the reviews of {name}: it does not know the"
                    " page it named itself; sync again"
                )
            resumed = False
            turns.saw(answer.content)
            told = found(answer)
            items: list[Incoming | Unreadable] = []
            gone: list[str] = []
            for review in listed(told.get("reviews")):
                heard = google_play_reviews.told(name, review)
                items += [one for one in heard if self._is_wanted(one, heard)]
                if len(heard) == 1 and isinstance(heard[0], Incoming):
                    gone.append(reply_id(heard[0].external_id))
            pages = told.get("tokenPagination")
            token = text(pages, "nextPageToken") if isinstance(pages, dict) else ""
            if token:
                app = replace(app, began_at=began, token=token)
                self.here = self.here.with_app(name, app)
                yield Page(items, self.here.cursor(), gone=gone)
                continue
            self._note_gap(name, app.walked_at, began)
            app = replace(app, walked_at=began, began_at=None, token="")
            self.here = self.here.with_app(name, app, turn=after)
            gap = "; ".join(dict.fromkeys(self.gaps))
            yield Page(items, self.here.cursor(), gap=gap, gone=gone)
            return

    def _page(
        self,
        name: str,
        app: App,
        items: Sequence[Incoming | Unreadable],
        done: tuple[float, Sequence[Report]],
    ) -> Page:
        self.here = self.here.with_app(name, app)
        progress = min(1.0, done[0] / len(done[1]))
        return Page(tuple(items), self.here.cursor(), progress=progress)

    def _reaches(self, report: Report) -> bool:
        """Whether a report can hold anything of the time that is wanted."""
        since = self.settings.since
        return since is None or report.month >= f"{since:%Y%m}"

    def _is_wanted(
        self, one: Incoming | Unreadable, told: Sequence[Incoming | Unreadable]
    ) -> bool:
        since, first = self.settings.since, told[0]
        edited_at = first.edited_at if isinstance(first, Incoming) else None
        # A reply comes with the review it answers, or not at all.
        if since and edited_at and edited_at < since:
            return False
        return (
            self.settings.ratings
            or isinstance(one, Unreadable)
            or one.kind is not Kind.AUTO
        )

    def _note_gap(self, name: str, walked_at: datetime | None, began: datetime) -> None:
        """Note what was written before the API's seven days and is in no report."""
        reach = began - REACH
        since = self.settings.since
        if self.settings.bucket or (walked_at or since or began - 2 * REACH) >= reach:
            return
        why = "Google Play's API tells reviews of the last seven days only"
        cure = "the monthly reports have them: set bucket=, or folder= where they lie"
        folder = self.settings.folder
        reports = google_play_files.in_folder(folder, name) if folder else []
        months = {one.month for one in reports}
        if walked_at is None and not months:
            self.gaps.append(f"{why}; of the older ones {cure}")
            return
        first = walked_at or since
        missing = _months(f"{first:%Y%m}" if first else min(months), f"{reach:%Y%m}")
        missing = [month for month in missing if month not in months]
        if not missing:
            return
        if folder:
            named = ", ".join(f"{month[:4]}-{month[4:]}" for month in missing[:24])
            cure = f"download the reports of {named} into {folder}"
        days = f"from {first:%F} to {reach:%F}" if first else f"before {reach:%F}"
        self.gaps.append(f"{why}: those of {name} {days} did not come; {cure}")


async def reports_of(
    http: Http, settings: GooglePlay, google: Google | None, name: str
) -> list[Report]:
    """The reports there are of an app, wherever they lie."""
    reports: list[Report] = []
    if google is not None and settings.bucket:
        reports += await google_play_files.in_bucket(
            http, google, settings.bucket_name, name
        )
    if settings.folder is not None:
        reports += google_play_files.in_folder(settings.folder, name)
    return reports


def _months(first: str, last: str) -> list[str]:
    """The months from one to another, as 202611."""
    year, month = int(first[:4]), int(first[4:])
    found = []
    while f"{year:04}{month:02}" <= last:
        found.append(f"{year:04}{month:02}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found
