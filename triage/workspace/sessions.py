"""Sessions, written down and heard as feedback; each call is one step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from triage.errors import Conflict, UsageError
from triage.model import Channel
from triage.operations import marked_again, sessions
from triage.operations.session_rows import Asked
from triage.operations.session_text import (
    NAMED,
    Marked,
    SessionText,
    marks_of,
    text_of_session,
    written,
)
from triage.query import Query, parsed
from triage.research import Consent, Highlight, Session
from triage.store import (
    cited,
    finding,
    guides,
    precedents,
    queries,
    researched,
    session_views,
)
from triage.store.journal import Entry
from triage.store.session_views import SessionView
from triage.workspace.deciding import Deciding
from triage.workspace.session_files import Became, SessionFile, Taken

if TYPE_CHECKING:
    from triage.workspace.pulling import Pulling

_SESSION = re.compile(r"[iI]?(\d{1,18})")


class Sessions(Deciding):
    """
    Verb: research, to write a session, to change and remove it, to keep a promise.

    Whatever writes one compares and groups it as an import does, which takes a moment:
    a front end calls these from a thread of its own.
    """

    def write_session(
        self, told: SessionText, consent: Consent | None = None
    ) -> Session:
        """
        A session that was not there, as its text tells it; what was made.

        Args:
            consent: What the participant agreed to; as the text says where not given.

        Raises:
            UsageError: It says nothing, is still to come, or its id is taken.
        """
        self.db.refuse_if_read_only()
        key = NAMED + told.id if told.id else ""
        known = session_views.by_key(self.db.read(), key) if key else None
        if known:
            raise UsageError(
                f"{known.short} has the id {told.id} already;"
                f" `triage research edit {known.short}` changes it"
            )
        return self._written(told, consent, key, "")

    def rewrite_session(
        self,
        session: Session,
        told: SessionText,
        *,
        keep_others: bool = False,
        digest: str | None = None,
    ) -> Entry | None:
        """
        A session says this from now on; None where that is what it says.

        With another date it is heard at that moment, unless something was decided about
        its feedback: that stays where it stands.

        Args:
            keep_others: Highlights that the text does not mark stay; else they go, as
                whoever wrote it had them before them.
            digest: Of the file it was read from now.

        Raises:
            UsageError: It says nothing, or is another session by its id.
        """
        self.db.refuse_if_read_only()
        if told.id and session.key != NAMED + told.id:
            raise UsageError(
                f"an id is given when a session is written; {session.short} keeps its"
                " own"
            )
        after = sessions.as_told(session, told, self.clock())
        after = replace(after, digest=session.digest if digest is None else digest)
        read = self.db.read()
        if after.held_at != session.held_at and not session_views.is_decided(
            read, session.feedback_id
        ):
            after = replace(after, feedback_id=session_views.free_key(read, after))
        stood = session_views.asked(read, session.feedback_id)
        asked = stood
        if told.consent is not None and told.consent is not _consent(stood):
            asked = self._asked(told.consent)
        marked = researched.highlights(self.db.read(), [session.feedback_id])
        kept = self._marked_now(
            session, after, marked, told.highlights, keep=keep_others
        )
        stays = {one.id for one in kept}
        self._refuse_if_cited([one for one in marked if one.id not in stays])
        step = sessions.rewrite(session, after, (stood, asked), (marked, kept))
        return self._placed(self.do(step))

    def remove_session(self, session: Session) -> Entry | None:
        """A session goes, and its feedback; refused where decisions rest on that."""
        read = self.db.read()
        asked = session_views.asked(read, session.feedback_id)
        marked = researched.highlights(read, [session.feedback_id])
        self._refuse_if_cited(marked)
        return self.do(sessions.remove(session, asked, marked))

    def keep_follow_up(
        self, session: Session, index: int, *, done: bool = True
    ) -> Entry | None:
        """What was promised is done, or open after all; ``index`` counts from 0."""
        step = sessions.keep_follow_up(session, index, self.clock(), done=done)
        return self.do(step)

    def undo(self, step: int | None = None) -> Entry | None:
        """Take back a step; what a session says again is compared again."""
        return self._placed(super().undo(step))

    def redo(self) -> Entry | None:
        """Do again what was undone last; a session heard again is grouped again."""
        return self._placed(super().redo())

    def take_session(self, file: SessionFile) -> Taken:
        """
        A session as a file tells it: new, or changed where the file has been.

        A file that was read before changes nothing, whatever has become of the session
        since. What people here did stays: highlights the file does not mark, promises
        kept, and consent, which a file may narrow and never widen.
        """
        self.db.refuse_if_read_only()
        known = session_views.by_key(self.db.read(), file.key)
        if known is None:
            told = replace(file.told, held_at=file.told.held_at or file.at)
            made = self._written(told, None, file.key, file.digest)
            return Taken(session=made, became=Became.NEW)
        if known.digest == file.digest:
            return Taken(session=known, became=Became.SAME)
        stood = _consent(session_views.asked(self.db.read(), known.feedback_id))
        told = file.since(known, stood)
        self.rewrite_session(known, told, keep_others=True, digest=file.digest)
        wider = bool(file.told.consent) and file.told.consent is not told.consent
        return Taken(session=self.session(known.id), became=Became.CHANGED, kept=wider)

    # Asking

    def session(self, name: str | int) -> Session:
        """The session a person names (``i3``)."""
        match = _SESSION.fullmatch(str(name).strip())
        if match is None:
            raise UsageError(f"{name!r} is no session; a session looks like i3")
        return researched.session(
            researched.row(self.db.read(), "session", int(match[1]))
        )

    def session_view(self, session: Session) -> SessionView:
        """A session with its consent, its feedback and what is marked in it."""
        return session_views.views(self.db.read(), [session])[0]

    def sessions(self, query: Query | str = "") -> list[SessionView]:
        """Sessions whose feedback a query finds, all unless given, the latest first."""
        read = self.db.read()
        found = researched.sessions(read)
        asked = parsed(query) if isinstance(query, str) else query
        if query:
            wanted = replace(asked, each=True)
            heard = set(finding.find(read, wanted, None, now=self.clock()))
            found = [one for one in found if one.feedback_id in heard]
        return session_views.views(read, found)

    def session_text(self, view: SessionView) -> str:
        """A session as the text a person edits, its highlights marked."""
        return written(self.session_told(view))

    def session_template(self, kind: Channel, guide: str = "") -> str:
        """
        The text a person begins a session of this kind with.

        Raises:
            NotFound: No guide has that name.
        """
        from triage.operations.session_templates import template

        found = guides.guide(self.db.read(), guide) if guide else None
        return template(kind, self.clock(), found)

    def guides_for_session(self, kind: Channel) -> list[str]:
        """Names of the guides there are, those for this kind first."""
        return guides.names(self.db.read(), kind)

    def session_told(self, view: SessionView) -> SessionText:
        """What a session's text would say, its highlights marked."""
        marks = marks_of(view.highlights, sessions.offset(view.session))
        return text_of_session(view.session, view.consent, marks)

    def _written(
        self, told: SessionText, consent: Consent | None, key: str, digest: str
    ) -> Session:
        at, by = self.clock(), self.config.by
        made = sessions.as_told(
            Session(
                id=0, feedback_id=0, key=key, kind=told.kind, text=told.text,
                held_at=at, digest=digest, at=at, by=by,
            ),
            told, at,
        )  # fmt: skip
        sessions.checked(made)
        number = self.reserve("session", 1)
        feedback_id = session_views.free_key(self.db.read(), made)
        made = replace(
            made, id=number, feedback_id=feedback_id, key=key or f"here:{number}",
            number=queries.last_number(self.db.read()) + 1,
        )  # fmt: skip
        agreed = told.consent if consent is None else consent
        asked = self._asked(agreed) if agreed else None
        marked = sessions.highlighted(made, told.highlights, at=at, by=by)
        first = self.reserve("highlight", len(marked)) if marked else 0
        marked = [replace(one, id=first + index) for index, one in enumerate(marked)]
        self._placed(self.do(sessions.write(made, asked, marked)))
        return made

    def _asked(self, consent: Consent) -> Asked:
        return Asked(consent=consent, at=self.clock(), by=self.config.by)

    def _marked_now(
        self,
        before: Session,
        after: Session,
        stood: Sequence[Highlight],
        passages: Sequence[Marked],
        *,
        keep: bool,
    ) -> list[Highlight]:
        """What is highlighted from now on: the same words keep their highlight."""
        wanted = sessions.highlighted(
            after, passages, at=self.clock(), by=self.config.by
        )
        kept, new, left = marked_again.matched(stood, wanted)
        if new:
            first = self.reserve("highlight", len(new))
            kept += [replace(one, id=first + index) for index, one in enumerate(new)]
        shown = self._as_text_marks(before, stood)
        hidden = [one for one in left if keep or (one.start, one.end) not in shown]
        return [*kept, *(marked_again.moved(one, after) for one in hidden)]

    def _refuse_if_cited(self, going: Sequence[Highlight]) -> None:
        naming = cited.citing(self.db.read(), going)
        if naming:
            raise Conflict(
                f"entries of personas rest on what is highlighted here: {naming};"
                " take it out there first"
            )

    def _as_text_marks(
        self, session: Session, stood: Sequence[Highlight]
    ) -> set[tuple[int, int]]:
        """Which highlights the text a person had before them could show."""
        begin = sessions.offset(session)
        told = text_of_session(session, Consent.UNASKED, marks_of(stood, begin))
        return {(begin + one.start, begin + one.end) for one in told.highlights}

    def _placed(self, entry: Entry | None) -> Entry | None:
        """The step, once what it wrote is compared and grouped as any arrival."""
        if entry is not None and entry.verb == sessions.VERB:
            arriving = cast("Pulling", self)
            new = precedents.arrived(self.db.read()) if self.config.attaches else []
            for _ in arriving.group_pending():
                pass
            arriving.attach_arrivals(new)
        return entry


def _consent(asked: Asked | None) -> Consent:
    return asked.consent if asked else Consent.UNASKED
