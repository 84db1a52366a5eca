"""Where App Store Connect was left: what is known of each app, and how far it is."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

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

KNOWN: Final = 2_000
"""
Reviews of a source whose ids a cursor holds, so that a deletion shows.

Measured: 35 bytes each in the cursor, 70 kB for all. Those of 200,000 would be 7 MB,
written again with each of 1,000 pages.
"""

_LONGEST: Final = 64_000_000  # of unpacked ids: more is nothing of ours


class Ids:
    """
    Reviews by their ids, and when each was made, in seconds since the epoch.

    Attributes:
        made: Never changed once it is here.
    """

    __slots__ = ("_packed", "made")

    def __init__(self, made: Mapping[str, int] | None = None) -> None:
        self.made = made or {}
        self._packed: str | None = None

    def without(self, gone: Collection[str]) -> Ids:
        """Those that are left."""
        if self.made.keys().isdisjoint(gone):
            return self
        return Ids({one: at for one, at in self.made.items() if one not in gone})

    def newest_with(self, more: Mapping[str, int], many: int) -> Ids:
        """These and more, but for all that are not among so many made last."""
        if more.keys() <= self.made.keys() and len(self.made) <= many:
            return self
        both = {**self.made, **more}
        # Of equally new ones always the same.
        ordered = sorted(both.items(), key=lambda one: (-one[1], one[0]))
        found = dict(ordered[:many])
        return self if found == self.made else Ids(found)

    def packed(self) -> str:
        """As text; a page's cursor holds what the page before held, mostly."""
        if self._packed is None:
            text = json.dumps(list(self.made.items()), separators=(",", ":"))
            small = zlib.compress(text.encode(), 1)
            self._packed = base64.b85encode(small).decode() if self.made else ""
        return self._packed


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """
    A walk from the newest review of an app to an old one.

    Attributes:
        full: Whether it ends with the oldest there is.
        began: When it began.
        floor: How far down it leads; None to the end.
        newest: When the newest review it has seen was made.
        version: Id of the version whose reviews are read; "" for those of the app.
        at: The service's own name for the page to ask next; "" for the first.
        until: How far down this turn of it leads; None to the end.
        top: When the newest review of this version was made.
        turn: 1, and more where reviews went away meanwhile: what followed them has
            moved to a page that was read already.
        shrunk: How far down to look again for that reason.
        total: Reviews there were, as the last page said.
        expected: Reviews of the app when it began, where they are read by version.
        listed: Reviews that versions have, as their pages said.
        done: Reviews gone through in this turn.
        unseen: Known reviews that this walk has not met yet.
        fresh: Newest reviews it has met.
    """

    full: bool
    began: datetime
    floor: datetime | None
    newest: datetime | None
    version: str = ""
    at: str = ""
    until: datetime | None = None
    top: datetime | None = None
    turn: int = 0
    shrunk: datetime | None = None
    total: int | None = None
    expected: int = 0
    listed: int = 0
    done: int = 0
    unseen: Ids = field(default_factory=Ids)
    fresh: Ids = field(default_factory=Ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """
    How far one app has been read.

    Attributes:
        asked: What the settings asked for; with others, everything is read again.
        since: Where the first pull began; None for all there is.
        newest: When the newest review known was made.
        swept: When the last walk over all of them began.
        known: The newest reviews that were there.
        versions: When each version's newest review was made; "" where it had none.
        walk: The walk under way; None between two pulls.
    """

    asked: str = ""
    since: datetime | None = None
    newest: datetime | None = None
    swept: datetime | None = None
    known: Ids = field(default_factory=Ids)
    versions: Mapping[str, str] = field(default_factory=dict)
    walk: Walk | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """
    A place to resume.

    Attributes:
        apps: How far each has been read, by its id.
        turn: Id of the app that is read next; "" where all were.
    """

    apps: Mapping[str, Here] = field(default_factory=dict)
    turn: str = ""

    def at(self, app: str, here: Here, turn: str) -> Left:
        """The place after one app has been read further."""
        return replace(self, apps={**self.apps, app: here}, turn=turn)

    def cursor(self) -> Cursor:
        """This place as text."""
        apps = {app: _here_told(here) for app, here in self.apps.items()}
        return written({"apps": apps, "turn": self.turn})


def left(cursor: Cursor, now: datetime) -> Left:
    """
    The place a cursor names.

    Raises:
        SourceError: It is not one of ours, is damaged, or lies in the future.
    """
    saved = parsed(cursor, ("apps", "turn"))
    found = {app: _here(told) for app, told in table(saved, "apps").items()}
    for here in found.values():
        for at in (here.newest, here.swept, here.walk.began if here.walk else None):
            passed(at, now)
    return Left(found, text(saved, "turn"))


def _here_told(here: Here) -> dict[str, Any]:
    return {
        "asked": here.asked,
        "since": stamp(here.since),
        "newest": stamp(here.newest),
        "swept": stamp(here.swept),
        "known": here.known.packed(),
        "versions": dict(here.versions),
        "walk": here.walk and _walk_told(here.walk),
    }


def _walk_told(walk: Walk) -> dict[str, Any]:
    return {
        "full": walk.full,
        "began": stamp(walk.began),
        "floor": stamp(walk.floor),
        "newest": stamp(walk.newest),
        "version": walk.version,
        "at": walk.at,
        "until": stamp(walk.until),
        "top": stamp(walk.top),
        "turn": walk.turn,
        "shrunk": stamp(walk.shrunk),
        "total": walk.total,
        "expected": walk.expected,
        "listed": walk.listed,
        "done": walk.done,
        "unseen": walk.unseen.packed(),
        "fresh": walk.fresh.packed(),
    }


def _here(told: Any) -> Here:
    if not isinstance(told, dict):
        raise damaged("apps")
    versions = told.get("versions")
    if not isinstance(versions, dict) or not all(
        isinstance(at, str) for at in versions.values()
    ):
        raise damaged("versions")
    walk = told.get("walk")
    return Here(
        asked=text(told, "asked"),
        since=moment(told, "since"),
        newest=moment(told, "newest"),
        swept=moment(told, "swept"),
        known=_unpacked(told, "known"),
        versions=versions,
        walk=None if walk is None else _walk(walk),
    )


def _walk(told: Any) -> Walk:
    if not isinstance(told, dict):
        raise damaged("walk")
    began, full = moment(told, "began"), told.get("full")
    if began is None or not isinstance(full, bool):
        raise damaged("walk")
    return Walk(
        full=full,
        began=began,
        floor=moment(told, "floor"),
        newest=moment(told, "newest"),
        version=text(told, "version"),
        at=text(told, "at"),
        until=moment(told, "until"),
        top=moment(told, "top"),
        turn=count(told, "turn"),
        shrunk=moment(told, "shrunk"),
        total=None if told.get("total") is None else count(told, "total"),
        expected=count(told, "expected"),
        listed=count(told, "listed"),
        done=count(told, "done"),
        unseen=_unpacked(told, "unseen"),
        fresh=_unpacked(told, "fresh"),
    )


def _unpacked(told: Mapping[str, Any], name: str) -> Ids:
    packed = text(told, name)
    if not packed:
        return Ids()
    try:
        unpack = zlib.decompressobj()
        ids = json.loads(unpack.decompress(base64.b85decode(packed), _LONGEST))
        return Ids({str(one): int(at) for one, at in ids})
    except (ValueError, TypeError, zlib.error, binascii.Error, RecursionError):
        raise damaged(name) from None
