"""Files of sessions: found, read, and told apart from what was read before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path

from triage.errors import UsageError
from triage.operations.session_text import (
    NAMED,
    Promised,
    SessionText,
    parsed,
)
from triage.research import Consent, Session

_SUFFIXES = frozenset({".md", ".markdown", ".txt"})
_LARGEST = 2_000_000
_WIDER = (Consent.NO, Consent.ANONYMOUS, Consent.NAMED)
"""What lets out more stands later; where nobody asked, anything may follow."""


class Became(StrEnum):
    """What became of a session as its file was read."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """
    A session as it is once its file was read.

    Attributes:
        kept: The file would widen what was agreed to; that was left as it is.
    """

    session: Session
    became: Became
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFile:
    """
    What a file tells of a session.

    Attributes:
        key: What the session is known by: the id in the text, else its kind, date,
            participant and title, and the file's name where it says neither who nor
            what about.
        digest: Of all its bytes.
        at: When it was changed, aware.
    """

    path: Path
    told: SessionText
    key: str
    digest: str
    at: datetime

    def since(self, session: Session, consent: Consent) -> SessionText:
        """What it tells, but for what people have decided here since."""
        asked = self.told.consent
        may = asked is None or consent is Consent.UNASKED or _narrower(asked, consent)
        done = {one.text: one.done_at for one in session.follow_ups if one.done_at}
        return replace(
            self.told,
            consent=asked if may else consent,
            follow_ups=tuple(
                _still_done(one, done.get(one.text)) for one in self.told.follow_ups
            ),
        )


def found(paths: Iterable[Path]) -> Iterator[Path]:
    """
    The files of sessions in these files and folders, by name.

    Raises:
        UsageError: One is not there, or a folder holds none.
    """
    for path in paths:
        if path.is_dir():
            within = sorted(
                one
                for one in path.rglob("*")
                if one.suffix.casefold() in _SUFFIXES
                and one.is_file()
                and not any(part[0] == "." for part in one.relative_to(path).parts)
            )
            if not within:
                raise UsageError(f"{path} holds no Markdown files")
            yield from within
        elif path.exists():
            yield path
        else:
            raise UsageError(f"{path} is not there; check the path")


def read(path: Path) -> SessionFile:
    """
    What a file tells of a session.

    Raises:
        UsageError: It cannot be read, or a line of it is not understood; names it.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"{path} is larger than a session can be (2 MB)")
        content = path.read_bytes()
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    try:
        told = parsed(content.decode("utf-8", "replace"))
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error
    return SessionFile(
        path=path,
        told=told,
        key=_key(told, path),
        digest=blake2b(content, digest_size=16).hexdigest(),
        at=at,
    )


def _key(told: SessionText, path: Path) -> str:
    if told.id:
        return NAMED + told.id
    day = told.held_at.isoformat() if told.held_at else ""
    who = (told.participant.casefold(), told.title.casefold())
    parts = [told.kind, day, *(who if any(who) else (path.stem.casefold(),))]
    return "of:" + blake2b("\0".join(parts).encode(), digest_size=12).hexdigest()


def _narrower(asked: Consent, than: Consent) -> bool:
    order = {one: place for place, one in enumerate(_WIDER)}
    return asked is not Consent.UNASKED and order[asked] <= order[than]


def _still_done(one: Promised, done_at: datetime | None) -> Promised:
    if one.is_done or done_at is None:
        return one
    return replace(one, is_done=True, done_on=done_at.astimezone().date())
