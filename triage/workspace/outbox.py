"""The outbox as it is sent: one draft after another, each told once."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import aclosing
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from triage.config import SourceSettings
from triage.connector import Act, Outgoing
from triage.draft import Draft
from triage.errors import Conflict, TriageError
from triage.store import deliveries
from triage.store import outbox as stored
from triage.workspace.asking import client
from triage.workspace.drafting import Drafting, fitting

if TYPE_CHECKING:
    # Imported where something is sent: a first frame waits for none of it.
    from triage.sending import SendEvent, Sending


class Outbox(Drafting):
    """Sending, which nothing takes back; what is sent was written and looked at."""

    async def send(
        self,
        drafts: Sequence[Draft],
        *,
        again: bool = False,
        rehearse: bool = False,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> AsyncGenerator[SendEvent]:
        """
        Tell services what these drafts say, one after another; what became of each.

        A source that is not set to ``writes = true`` is told nothing: what would be
        sent is. One failure holds up no other draft, but a service that wants to be
        left alone is. A bug of a connector is told as a failure and raised in the end.

        Args:
            again: Tell those too that may have arrived, that replace what was not
                known when they were written, or whose person another draft has told.
            rehearse: Tell nobody anything, as if nothing may be sent.
            is_stopped: Asked before each: whether the rest is left waiting.
        """
        from triage.sync.aside import lane

        if not rehearse:
            self.db.refuse_if_read_only()
        bug: Exception | None = None
        # Sending waits for disks and keyrings; whoever listens does not.
        stream = lane(
            lambda: self._send_all(
                list(drafts), again=again, rehearse=rehearse, is_stopped=is_stopped
            ),
            patience=None,
            done=self.db.release,
        )
        async with aclosing(stream) as events:
            async for event in events:
                error = getattr(event, "error", None)
                if error is not None and not isinstance(error, TriageError):
                    bug = bug or error
                yield event
        if bug is not None:
            raise bug

    async def _send_all(
        self,
        drafts: Sequence[Draft],
        *,
        again: bool,
        rehearse: bool,
        is_stopped: Callable[[], bool],
    ) -> AsyncGenerator[SendEvent]:
        by_source: dict[str, list[Draft]] = {}
        for draft in drafts:
            by_source.setdefault(draft.source, []).append(draft)
        for name, some in by_source.items():
            settings = self.config.sources.get(name)
            if rehearse or not (settings and settings.writes):
                for draft in some:
                    yield self._rehearsed(draft, settings, again)
                continue
            left = takewhile(lambda _: not is_stopped(), some)
            async with aclosing(self._send_to(settings, left, again)) as events:
                async for event in events:
                    yield event

    async def _send_to(
        self, settings: SourceSettings, drafts: Iterable[Draft], again: bool
    ) -> AsyncGenerator[SendEvent]:
        from triage.sending import SendFailed

        resting: SendFailed | None = None
        try:
            connector: Any = await self._looked_up(settings)
        except TriageError as error:
            for draft in drafts:
                yield self._refused(draft, error)
            return
        async with client(self.db, connector, settings.name) as http:
            for draft in drafts:
                if resting is not None:
                    # Asked once more, it would only want to rest longer.
                    yield SendFailed(draft=draft, error=resting.error)
                    continue
                try:
                    outgoing, act = self._outgoing(draft), self.act_of(draft)
                    fitting(draft.text, act, draft.short)
                except TriageError as error:
                    yield self._refused(draft, error)
                    continue
                sending = self._sending(connector, http, act, outgoing, again)
                try:
                    event = await sending.send(draft)
                except Exception as bug:  # told now, and raised once all is over
                    event = SendFailed(draft=draft, error=bug)
                yield event
                if isinstance(event, SendFailed) and event.until is not None:
                    resting = event

    def _sending(
        self, connector: Any, http: Any, act: Act, outgoing: Outgoing, again: bool
    ) -> Sending:
        from triage.sending import Sending

        return Sending(
            db=self.db, connector=connector, http=http, act=act, outgoing=outgoing,
            by=self.config.by, clock=self.clock, again=again,
        )  # fmt: skip

    def _rehearsed(
        self, draft: Draft, settings: SourceSettings | None, again: bool
    ) -> SendEvent:
        """What would become of a draft, told to nobody."""
        from triage.sending import AlreadyThere, SendFailed, WouldSend, receipt_of

        before = deliveries.of_draft(self.db.read(), draft.id, self.clock())
        if before and before.state == "sent":
            return AlreadyThere(draft=draft, receipt=receipt_of(before))
        try:
            if settings is None:
                settings = self.configured(draft.source)
            if draft.dropped:
                raise Conflict(f"{draft.short} was dropped, and is not sent")
            told = "" if again else deliveries.told_twice(self.db.read(), draft)
            if told:
                raise Conflict(told)
            act = self.act_of(draft)
            fitting(draft.text, act, draft.short)
            self._outgoing(draft)
        except TriageError as error:
            return SendFailed(draft=draft, error=error)
        why = (
            "a dry run"
            if settings.writes
            else f"{draft.source} is only read;"
            f" `triage sources set {draft.source} writes=true` lets it be sent"
        )
        answered = str(draft.details.get("answered", ""))
        return WouldSend(
            draft=draft, why=why, replaces=answered if act.replaces else ""
        )

    def _refused(self, draft: Draft, error: TriageError) -> SendEvent:
        from triage.sending import refused

        return refused(self.db, draft, error, by=self.config.by, now=self.clock())

    def _outgoing(self, draft: Draft) -> Outgoing:
        """What the connector is handed: the draft and what it is about."""
        self.refuse_if_withheld(draft)
        details = {k: v for k, v in draft.details.items() if k != "answered"}
        view = self.draft(draft.id)
        # A mail goes to an address, through a source that never told the feedback.
        if view.feedback is None or "to" in details:
            return Outgoing(
                act=draft.act, key=draft.key, text=draft.text, title=draft.title,
                context=details,
            )  # fmt: skip
        told = next(
            (
                one
                for one in stored.tellings(self.db.read(), view.feedback)
                if one.source == draft.source
            ),
            None,
        )
        if told is None:
            raise Conflict(
                f"{draft.short} answers {view.feedback.short}, which {draft.source}"
                " tells no more; drop it"
            )
        return Outgoing(
            act=draft.act, key=draft.key, text=draft.text, title=draft.title,
            to=told.external_id, thread=told.thread,
            context={**told.context, **details},
        )  # fmt: skip
