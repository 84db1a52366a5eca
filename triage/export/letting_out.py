"""
Pain points without what somebody who was heard in person did not let out.

Withheld quotes are gone, with the names that are known by them alone; what may leave
without a name has none, in its own words neither. Who is counted stays: a count holds
no words. What other customers wrote is theirs, and left as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from triage.export import own_texts
from triage.export.hiding import Names, hidden
from triage.export.saying import Saying
from triage.measures import company_of, person_of
from triage.model import Feedback, RoadmapItem
from triage.operations.leaving import Leaving
from triage.scoring import Case
from triage.store.views import PainView, Plan, Quote
from triage.text.counting import counted

NAME, COMPANY, WITHHELD = "[name]", "[company]", "[withheld]"
"""What stands in our own words where a name, or what somebody said, may not."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """How much stayed in the file for want of consent."""

    quotes: int = 0
    people: int = 0

    def __bool__(self) -> bool:
        return self.quotes > 0

    def says(self) -> str:
        """``3 quotes from 2 people withheld: no consent (…)``; "" for none."""
        if not self.quotes:
            return ""
        quotes = counted(self.quotes, "quote")
        people = counted(self.people, "person", "people")
        return (
            f"{quotes} from {people} withheld: no consent"
            " (`triage research consent` says who)"
        )


class LettingOut:
    """What of these pain points may leave, worked out before any text is read."""

    def __init__(self, leaving: Leaving, views: Iterable[PainView]) -> None:
        self.leaving = leaving
        self._names = Names()
        self._companies: dict[str, str] = {}
        self._excerpts: dict[int, _Excerpts] = {}
        self._of_items: dict[int, list[Quote]] = defaultdict(list)
        self._said = Saying(())
        self._nameless: list[Quote] = []
        if not leaving.consents:
            return
        nameless = self._nameless
        known: set[str] = set()
        for view in views:
            kept = [one for one in view.quotes if not leaving.name(one.feedback)]
            nameless += kept
            known.update(
                name
                for one in view.quotes
                if leaving.name(one.feedback)
                for name in _names(one.feedback)
            )
            for plan in view.plans:
                self._of_items[plan.item.id] += kept
        self._learn([one.feedback for one in nameless], known)
        self._said = _said(q for q in nameless if not leaving.words(q.feedback))
        self._excerpt(one for one in nameless if leaving.words(one.feedback))

    def _learn(self, said: Iterable[Feedback], known: set[str]) -> None:
        for one in said:
            for name in (_folded(one.author), _folded(one.email)):
                # A first name by itself may be any word.
                if name not in known and (" " in name or "@" in name):
                    self._names.add(name, NAME, by_parts=False)
            company = company_of(one)
            if company and company not in known:
                stands = f"[company {len(self._companies) + 1}]"
                self._names.add(company, COMPANY, by_parts=False)
                self._companies.setdefault(company, stands)

    def _excerpt(self, quotes: Iterable[Quote]) -> None:
        """What is left of each text that leaves without a name: its quotes."""
        of: dict[int, list[Quote]] = defaultdict(list)
        for one in quotes:
            of[one.feedback.id].append(one)
        for key, some in of.items():
            self._excerpts[key] = _excerpts(some)

    # What may leave

    def withheld(self, views: Iterable[PainView]) -> Withheld:
        """How much of these stays."""
        kept = [
            one
            for view in views
            for one in view.quotes
            if not self.leaving.words(one.feedback)
        ]
        return Withheld(len(kept), len({person_of(one.feedback) for one in kept}))

    def view(self, view: PainView) -> PainView:
        """A pain point as it may be told."""
        if not self.leaving.consents:
            return view
        put = self._put(view.quotes)
        return replace(
            view,
            pain_point=own_texts.of_point(view.pain_point, put),
            quotes=tuple(self.quotes(view.quotes)),
            plans=tuple(map(self._plan, view.plans)),
            estimates=tuple(own_texts.of_estimate(one, put) for one in view.estimates),
            stories=tuple(own_texts.of_story(one, put) for one in view.stories),
        )

    def case(self, view: PainView, case: Case) -> Case:
        """What its scores are made from: the same figures, by no name that stays."""
        if not self.leaving.consents:
            return case
        put = self._put(view.quotes)
        return replace(
            case,
            pain_point=own_texts.of_point(case.pain_point, put),
            heard=tuple(
                replace(one, company=self._companies.get(one.company, one.company))
                for one in case.heard
            ),
            estimates=tuple(own_texts.of_estimate(one, put) for one in case.estimates),
        )

    def item(self, item: RoadmapItem) -> RoadmapItem:
        """Something planned, as it may be told."""
        if not self.leaving.consents:
            return item
        return own_texts.of_item(item, self._put(self._of_items.get(item.id, ())))

    def text(self, text: str) -> str:
        """Any words of our own, as they may be told."""
        told = self._said.without(text, WITHHELD)
        return self._names.hidden_in(told) if self._names.whole else told

    def texts(self, view: PainView) -> Callable[[str], str]:
        """What words on a pain point go through: first names of its people, too."""
        return self._put(view.quotes)

    def found(self, texts: Iterable[str], *, names: bool) -> str:
        """
        The short id of whose words stand in these texts and may not; "" for nobody's.

        With ``names``, of whose name or page does, too.
        """
        told = "\n".join(texts)
        quotes_it = self._said.is_in(told)
        for quote in self._nameless:
            said = quote.feedback
            kept = quotes_it and not self.leaving.words(said)
            if kept and _said([quote]).is_in(told):
                return said.short
            if names and self._names_in(told, said):
                return said.short
        return ""

    def _names_in(self, text: str, said: Feedback) -> bool:
        known = Names()
        for name in (_folded(said.author), _folded(said.email)):
            if " " in name or "@" in name:
                known.add(name, NAME, by_parts=False)
        page = said.url.strip()
        return known.hidden_in(text) != text or bool(page and page in text)

    def _plan(self, plan: Plan) -> Plan:
        return replace(plan, item=self.item(plan.item))

    def quotes(self, quotes: Iterable[Quote]) -> list[Quote]:
        """Those of these that may be told, as they may."""
        leaving = self.leaving
        return [self._quote(one) for one in quotes if leaving.words(one.feedback)]

    def _quote(self, quote: Quote) -> Quote:
        said = self.leaving.told(quote.feedback)
        if quote.feedback.id not in self._excerpts:
            return Quote(evidence=quote.evidence, feedback=said)
        left = self._excerpts[quote.feedback.id]
        start, end = left.spans[quote.evidence.id]
        evidence = replace(
            quote.evidence, quote=left.text[start:end], start=start, end=end
        )
        return Quote(evidence=evidence, feedback=replace(said, body=left.text))

    def _put(self, quotes: Sequence[Quote]) -> Callable[[str], str]:
        """What our own words go through, where these were heard."""
        nameless = [one for one in quotes if not self.leaving.name(one.feedback)]
        kept = [one for one in nameless if not self.leaving.words(one.feedback)]
        first = Names()
        for one in nameless:
            first.add(one.feedback.author, NAME, by_parts=True)
        own = Names(parts=first.parts)
        said = _said(kept)
        if not said and not own.parts and not self._names.whole:
            return _as_it_is

        def put(text: str) -> str:
            told = said.without(text, WITHHELD)
            return own.hidden_in(self._names.hidden_in(told))

        return put


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class _Excerpts:
    """Quotes of one text, one after the other, and where each stands by its id."""

    text: str
    spans: dict[int, tuple[int, int]]


def nameless(said: Feedback, words: str) -> str:
    """Their own words without what tells who said them."""
    names = Names()
    names.add(said.author, NAME, by_parts="@" not in said.author)
    for name in (said.email, said.email.partition("@")[0]):
        names.add(name, NAME, by_parts=False)
    names.add(company_of(said), COMPANY, by_parts=True)
    return hidden(words, names, NAME)


def _excerpts(quotes: Sequence[Quote]) -> _Excerpts:
    said = quotes[0].feedback
    text, spans = "", {}
    placed: dict[str, tuple[int, int]] = {}
    for one in sorted(quotes, key=lambda one: (one.evidence.start, one.evidence.id)):
        words = nameless(said, one.evidence.quote)
        if words not in placed:
            text += "\n\n" if text else ""
            placed[words] = len(text), len(text) + len(words)
            text += words
        spans[one.evidence.id] = placed[words]
    return _Excerpts(text, spans)


def _names(said: Feedback) -> set[str]:
    """What tells who said it: name, address and company, folded."""
    told = {_folded(said.author), _folded(said.email), company_of(said)}
    return told - {""}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _said(quotes: Iterable[Quote]) -> Saying:
    """What finds the words of these, and all that was heard with them."""
    return Saying(
        {
            text
            for one in quotes
            for text in (one.evidence.quote, one.feedback.title, one.feedback.body)
        }
    )
