"""Closing the loop: who asked, what they were promised, and telling each once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from triage.draft import Draft
from triage.errors import NotFound, UsageError
from triage.model import Channel, Feedback, PainPoint, RoadmapStatus
from triage.operations import telling as operations
from triage.planning import Promise, Told
from triage.store import askers as stored
from triage.store import decided, faces, persons, queries
from triage.store.askers import SKIPPED, Asker, ToldView
from triage.store.journal import Entry
from triage.store.views import PainView, Plan
from triage.workspace import reaching
from triage.workspace.drafting import Drafting, fitting
from triage.workspace.reaching import EMAIL, REPLY, Way

if TYPE_CHECKING:
    # Imported where somebody is told: a first frame waits for none of it.
    from triage.export.letting_out import LettingOut


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTell:
    """
    A pain point and how many of those who asked know what became of it.

    Attributes:
        shipped: The linked items that have shipped; none while nothing has.
    """

    pain_point: PainPoint
    shipped: tuple[Plan, ...]
    people: int
    told: int
    waiting: int
    skipped: int
    promised: int

    @property
    def left(self) -> int:
        """How many nobody has told or is about to."""
        return self.people - self.told - self.waiting - self.skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Somebody no draft was written to, and why."""

    asker: Asker
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What was drafted to whom, and who was left out."""

    drafts: tuple[Draft, ...]
    left_out: tuple[LeftOut, ...]


class Telling(Drafting):
    """Verbs: tell promise mark skip; nobody hears of it before the outbox is sent."""

    def to_tell(self) -> list[ToTell]:
        """
        How many are to be told of each pain point that somebody asked for.

        What has shipped comes first, most people who were not told before fewer.
        """
        read = self.db.read()
        views = [one for one in decided.pain_views(read) if one.quotes]
        found = stored.askers(read, views, self.clock())
        told = [_to_tell(one, found[one.pain_point.id]) for one in views]
        return sorted(
            told, key=lambda one: (not one.shipped, -one.left, one.pain_point.id)
        )

    def to_tell_of(self, view: PainView) -> ToTell | None:
        """How many are to be told of one pain point; None where nobody asked."""
        if not view.quotes:
            return None
        found = stored.askers(self.db.read(), [view], self.clock())
        return _to_tell(view, found[view.pain_point.id])

    def askers(self, pain_point: int) -> list[Asker]:
        """Who asked for a pain point to be settled, each once, the latest first."""
        read = self.db.read()
        view = decided.pain_view(read, pain_point)
        return stored.askers(read, [view], self.clock())[pain_point]

    def asker(self, pain_point: int, name: str) -> Asker:
        """Somebody who asked, by a customer's id (c5) or by what they said (f12)."""
        everyone = self.askers(pain_point)
        wanted = name.strip().casefold()
        if wanted[:1] == "c" and wanted[1:].isdecimal():
            wanted = f"c{persons.person_of(self.db.read(), int(wanted[1:]))}"
        for one in everyone:
            said = {quote.feedback.short for quote in one.quotes}
            if wanted == one.person or wanted in said:
                return one
        raise NotFound(
            f"nobody called {name} asked for p{pain_point};"
            f" `triage tell p{pain_point}` lists who did"
        )

    def way_to(self, asker: Asker, by: str = "") -> Way:
        """How somebody can be reached, and by which of their words."""
        return reaching.way_to(
            asker, by=by, post=self.post(), known=self._addresses,
            answerable=lambda said: self._answerable(said)[0].source,
            may=self.letting_out(quote.feedback for quote in asker.quotes).words,
        )  # fmt: skip

    def post(self) -> str:
        """The first configured source that sends mail; "" where there is none."""
        for name, settings in self.config.sources.items():
            if EMAIL in self._acts(settings):
                return name
        return ""

    def ledger(self, pain_point: int | None = None) -> list[ToldView]:
        """Who was told what, when, by whom and how, the latest first; nobody else."""
        views = stored.told_views(self.db.read(), self.clock(), pain_point)
        return [one for one in views if one.state == "told"]

    def filled_for(self, template: str, view: PainView, asker: Asker, way: Way) -> str:
        """
        A template as it is told to one person.

        Raises:
            UsageError: There is no such template, or nothing to put into it.
        """
        told = telling_of(view, asker, way, self.letting([view]))
        return self.filled(template, way.feedback, told)

    def draft_tellings(
        self,
        pain_point: int,
        words: Callable[[Asker, Way], str],
        *,
        to: Iterable[Asker] | None = None,
        by: str = "",
        again: bool = False,
    ) -> Drafted:
        """
        A draft to each of these, or to everybody who asked, as one step.

        Who was told, is not to be, or has a draft that waits is left out and named, as
        is whoever cannot be reached or whom the words do not fit.

        Args:
            words: What one person is told by one way.
            by: "reply" or "email" for that way alone.
            again: Those too who were told before; never those whose draft waits.
        """
        self.db.refuse_if_read_only()
        view = decided.pain_view(self.db.read(), pain_point)
        left: list[LeftOut] = []
        made: list[tuple[Asker, Way, Draft]] = []
        for asker in self._as_they_are(pain_point, to):
            try:
                way = self._way_open_to(asker, by, again=again)
                text = words(asker, way)
                made.append((asker, way, self._draft(view, way, text)))
            except UsageError as error:
                left.append(LeftOut(asker=asker, why=str(error)))
        first, first_told = (
            self.reserve("draft", len(made)), self.reserve("told", len(made))
        )  # fmt: skip
        drafts = [replace(one, id=first + at) for at, (_, _, one) in enumerate(made)]
        told = [
            self._row_of_told(
                first_told + at, pain_point, way.feedback, way.act, drafts[at].id
            )
            for at, (_, way, _) in enumerate(made)
        ]
        if drafts:
            names = [_called(asker) for asker, _, _ in made]
            self.do(operations.tell(view.pain_point, drafts, told, names))
        return Drafted(drafts=tuple(drafts), left_out=tuple(left))

    def mark_told(
        self, pain_point: PainPoint, people: Sequence[Asker], how: str
    ) -> Entry | None:
        """These know, in a person's word how: phoned, met at the fair."""
        way = operations.one_way(how)
        if way.casefold().startswith(SKIPPED):
            raise UsageError("that is how nobody is told; `--skip` says it")
        now = self._as_they_are(pain_point.id, people)
        told, names = self._marked(pain_point, now, way)
        return self.do(operations.mark(pain_point, told, names))

    def skip_telling(
        self, pain_point: PainPoint, people: Sequence[Asker], why: str = ""
    ) -> Entry | None:
        """These are not to be told: they asked for that, or it is no use to them."""
        how = f"{SKIPPED}: {operations.one_way(why)}" if why else SKIPPED
        now = self._as_they_are(pain_point.id, people)
        told, names = self._marked(pain_point, now, how)
        return self.do(operations.skip(pain_point, told, names))

    def promise(self, pain_point: PainPoint, asker: Asker, text: str) -> Promise:
        """Keep what somebody was told to expect."""
        made = Promise(
            id=self.reserve("promise", 1), pain_point_id=pain_point.id,
            feedback_id=asker.latest.feedback.id,
            text=operations.one_way(text, 500), at=self.clock(), by=self.config.by,
        )  # fmt: skip
        self.do(operations.promise(pain_point, made, _called(asker)))
        return made

    def _as_they_are(
        self, pain_point: int, people: Iterable[Asker] | None
    ) -> list[Asker]:
        """These as they are now, or everybody: somebody may have been told since."""
        now = {one.person: one for one in self.askers(pain_point)}
        chosen = list(now) if people is None else [one.person for one in people]
        return [now[person] for person in chosen if person in now]

    def _marked(
        self, pain_point: PainPoint, people: Sequence[Asker], how: str
    ) -> tuple[list[Told], list[str]]:
        for one in people:
            if one.state == "waiting":
                raise UsageError(
                    f"a draft to {_called(one)} waits in the outbox; send or drop it"
                )
        left = [one for one in people if one.state != "told"]
        first = self.reserve("told", len(left))
        told = [
            self._row_of_told(first + at, pain_point.id, one.latest.feedback, how)
            for at, one in enumerate(left)
        ]
        return told, [_called(one) for one in left]

    def _row_of_told(
        self, number: int, pain_point: int, said: Feedback, how: str,
        draft: int | None = None,
    ) -> Told:  # fmt: skip
        return Told(
            id=number, pain_point_id=pain_point, feedback_id=said.id, how=how,
            draft_id=draft, at=self.clock(), by=self.config.by,
        )  # fmt: skip

    def _way_open_to(self, asker: Asker, by: str, *, again: bool) -> Way:
        """The way to somebody who may be told; ``UsageError`` says why not."""
        # Who was told may be told again, and have a draft for that.
        if any(one.state == "waiting" for one in asker.told):
            raise UsageError("a draft waits already")
        if asker.state == SKIPPED:
            raise UsageError("not to be told")
        if asker.state == "told" and not again:
            raise UsageError("told already")
        way = self.way_to(asker, by)
        if not way.act:
            raise UsageError(way.why)
        if way.act == REPLY:
            waiting = self.reply_rules(way.feedback).drafted
            if waiting is not None:
                raise UsageError(
                    f"{waiting.draft.short} waits already as a reply to"
                    f" {way.feedback.short}"
                )
        return way

    def _draft(self, view: PainView, way: Way, text: str) -> Draft:
        """What tells one person; it has no id yet."""
        said, title = way.feedback, ""
        details: Mapping[str, object]
        act = self._acts(self.configured(way.source))[way.act]
        if way.act == REPLY:
            details = {"answered": self.reply_rules(said).answered}
        else:
            details = reaching.mail_details(way, *self._names_of(said))
            title = _subject(view, said, self.letting([view]))
        return Draft(
            id=0, source=way.source, act=way.act, key=os.urandom(16).hex(),
            text=fitting(text, act, said.short), title=title, feedback_id=said.id,
            pain_point_id=view.pain_point.id, details=details, at=self.clock(),
            by=self.config.by,
        )  # fmt: skip

    def _names_of(self, said: Feedback) -> tuple[str, list[str]]:
        """The Message-ID of a mail as it was sent, and those of the mails before it."""
        if said.channel is not Channel.EMAIL or not said.context.get("message_id"):
            return "", []
        from triage.text import headers

        head = headers.read(queries.raw(self.db.read(), said.id))
        own = head.raw("message-id").decode("ascii", "replace").strip()
        before = head.raw("references").decode("ascii", "replace").split()
        return own, before[-20:]

    def _addresses(self, customer: int) -> list[str]:
        return [one.email for one in faces.person(self.db.read(), customer).faces]


def telling_of(
    view: PainView, asker: Asker, way: Way, letting: LettingOut
) -> Mapping[str, str]:
    """
    What a template's variables stand for, told to one person.

    Their own words are told back where they may leave; where their name may not, only
    in a mail, which nobody else reads.
    """
    leaving, put = letting.leaving, letting.texts(view)
    said = (
        quote.evidence.quote
        for quote in asker.quotes
        if leaving.name(quote.feedback)
        or (way.act == EMAIL and leaving.words(quote.feedback))
    )
    plans = sorted(
        view.plans, key=lambda plan: plan.status is not RoadmapStatus.SHIPPED
    )
    return {
        "pain": put(view.pain_point.title),
        "plan": put(plans[0].item.title) if plans else "",
        "promise": asker.promises[0].text if asker.promises else "",
        "quote": next(said, ""),
    }


def _to_tell(view: PainView, people: Sequence[Asker]) -> ToTell:
    states = [one.state for one in people]
    return ToTell(
        pain_point=view.pain_point,
        shipped=tuple(p for p in view.plans if p.status is RoadmapStatus.SHIPPED),
        people=len(people),
        told=states.count("told"),
        waiting=states.count("waiting"),
        skipped=states.count(SKIPPED),
        promised=sum(bool(one.promises) for one in people),
    )


def _subject(view: PainView, said: Feedback, letting: LettingOut) -> str:
    """What a mail is called: as the mail it answers, else as what it is about."""
    if said.channel is Channel.EMAIL and said.title:
        title = said.title
        return title if title.casefold().startswith("re:") else f"Re: {title}"
    return letting.texts(view)(view.pain_point.title)


def _called(asker: Asker) -> str:
    return f"{asker.name} ({asker.person})" if asker.name else asker.person
