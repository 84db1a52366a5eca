"""Where a Google Play source was left: what was read of each app, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from triage.connector import Cursor
from triage_connectors.saved import (
    count,
    damaged,
    moment,
    parsed,
    passed,
    stamp,
    table,
    text,
    written,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """
    What was read of one app.

    Attributes:
        walked_at: When the last whole walk through the API began; None before one.
        began_at: When the walk that is not over began; None between walks.
        token: The page that walk goes on at; "" at its first.
        reports: Name of a report → its mark when it was read to its end.
        report: Name of the one that is not read to its end; "" where none is.
        mark: That one's mark.
        offset: Bytes of it that are read.
    """

    walked_at: datetime | None = None
    began_at: datetime | None = None
    token: str = ""
    reports: Mapping[str, str] = field(default_factory=dict)
    report: str = ""
    mark: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """
    A place to resume.

    Attributes:
        turn: The app a pull was at; "" between pulls.
    """

    apps: Mapping[str, App] = field(default_factory=dict)
    turn: str = ""

    def app(self, name: str) -> App:
        """What was read of an app; nothing of a new one."""
        return self.apps.get(name, App())

    def with_app(self, name: str, app: App, turn: str | None = None) -> Left:
        """The same with more read of an app."""
        at = name if turn is None else turn
        return replace(self, apps={**self.apps, name: app}, turn=at)

    def cursor(self) -> Cursor:
        """This place as text."""
        apps = {name: _told(app) for name, app in self.apps.items()}
        return written({"turn": self.turn, "apps": apps})


def left(cursor: Cursor | None, now: datetime) -> Left:
    """
    The place a cursor names; where everything begins without one.

    Raises:
        SourceError: It is not one of ours, damaged, or of a time to come.
    """
    if cursor is None:
        return Left()
    saved = parsed(cursor, ("turn", "apps"))
    apps = {name: _app(told, now) for name, told in table(saved, "apps").items()}
    return Left(apps, text(saved, "turn"))


def _told(app: App) -> dict[str, Any]:
    return {
        "walked": stamp(app.walked_at),
        "began": stamp(app.began_at),
        "token": app.token,
        "reports": dict(app.reports),
        "report": app.report,
        "mark": app.mark,
        "offset": app.offset,
    }


def _app(saved: object, now: datetime) -> App:
    if not isinstance(saved, dict):
        raise damaged("apps")
    reports = table(saved, "reports")
    if not all(isinstance(mark, str) for mark in reports.values()):
        raise damaged("reports")
    walked_at, began_at = moment(saved, "walked"), moment(saved, "began")
    passed(walked_at, now)
    passed(began_at, now)
    return App(
        walked_at=walked_at,
        began_at=began_at,
        token=text(saved, "token"),
        reports=reports,
        report=text(saved, "report"),
        mark=text(saved, "mark"),
        offset=count(saved, "offset"),
    )
