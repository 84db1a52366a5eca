"""Where a Google Play source was left: what was read of each app, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from triage.connector import Cursor, SourceError
from triage_connectors.place import damaged, parsed, written

_AHEAD: Final = timedelta(days=1)


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
    apps, turn = saved["apps"], saved["turn"]
    if not isinstance(apps, dict) or not isinstance(turn, str):
        raise damaged("apps")
    return Left({name: _app(value, now) for name, value in apps.items()}, turn)


def _told(app: App) -> dict[str, Any]:
    told: dict[str, Any] = {
        "walked": app.walked_at.isoformat() if app.walked_at else "",
        "began": app.began_at.isoformat() if app.began_at else "",
        "token": app.token,
        "reports": dict(app.reports),
        "report": app.report,
        "mark": app.mark,
        "offset": app.offset,
    }
    return {name: value for name, value in told.items() if value}


def _app(saved: object, now: datetime) -> App:
    if not isinstance(saved, dict):
        raise damaged("apps")
    reports, offset = saved.get("reports", {}), saved.get("offset", 0)
    if not isinstance(reports, dict) or not all(
        isinstance(mark, str) for mark in reports.values()
    ):
        raise damaged("reports")
    if isinstance(offset, bool) or not isinstance(offset, int) or offset < 0:
        raise damaged("offset")
    return App(
        walked_at=_moment(saved, "walked", now),
        began_at=_moment(saved, "began", now),
        token=_text(saved, "token"),
        reports=reports,
        report=_text(saved, "report"),
        mark=_text(saved, "mark"),
        offset=offset,
    )


def _text(saved: Mapping[str, Any], name: str) -> str:
    value = saved.get(name, "")
    if not isinstance(value, str):
        raise damaged(name)
    return value


def _moment(saved: Mapping[str, Any], name: str, now: datetime) -> datetime | None:
    value = _text(saved, name)
    if not value:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise damaged(name) from None
    if at.tzinfo is None:
        raise damaged(name)
    if at > now + _AHEAD:
        raise SourceError(
            f"this source was last read at {at.astimezone(UTC):%F %R} UTC, which is"
            " still to come: set this machine's clock right, or remove the source and"
            " add it again, which changes nothing that is stored"
        )
    return at.astimezone(UTC)
