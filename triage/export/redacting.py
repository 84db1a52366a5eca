"""
A backlog without who said it: names, addresses, numbers and links are taken out.

Stand-ins follow from the order in which pain points are learnt, so the same backlog
gives the same ones; a brief takes them from here too.
Only quotes leave: the letters they were taken from do not.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from triage.export import own_texts
from triage.export.backlog import Backlog, BacklogRow
from triage.export.hiding import Names, hidden
from triage.measures import company_of, person_of
from triage.model import Feedback, PainPoint, RoadmapItem
from triage.operations.leaving import KEPT
from triage.planning import Estimate, Story, Tracked
from triage.scoring import formula_named
from triage.store.views import PainView, Plan, Quote
from triage.weights import Weights


def redacted(backlog: Backlog) -> Backlog:
    """The backlog with stand-ins (``person 3``, ``company 2``, ``member 1``)."""
    veil = Veil(backlog.weights)
    for row in backlog.rows:
        veil.learn(row.view)
        for one in row.case.settings.values():
            veil.member(one.by)
    for item in backlog.roadmap_items:
        veil.member(item.owner)
    return replace(
        backlog,
        rows=tuple(veil.row(row) for row in backlog.rows),
        roadmap_items=tuple(veil.item(item) for item in backlog.roadmap_items),
        tracked={key: veil.tracked(one) for key, one in backlog.tracked.items()},
        is_redacted=True,
    )


@dataclass(slots=True)
class Veil:
    """Who is who, and what stands for them."""

    weights: Weights = field(default_factory=Weights)
    people: dict[str, str] = field(default_factory=dict)
    companies: dict[str, str] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    read: dict[str, str] = field(default_factory=dict)

    def learn(self, view: PainView) -> None:
        """Everybody in it, before any text is read: one may name another."""
        for quote in view.quotes:
            said = quote.feedback
            person = _stand_in(self.people, person_of(said), "person")
            self.names.add(said.author, person, by_parts=True)
            local, _, _ = said.email.partition("@")
            self.names.add(local, person, by_parts=False)
            told = said.company or said.context.get("company")
            if isinstance(told, str) and company_of(said):
                company = _stand_in(self.companies, company_of(said), "company")
                self.names.add(told, company, by_parts=False)
            self.member(quote.evidence.by)
        self.member(view.pain_point.owner)
        for estimate in view.estimates:
            self.member(estimate.by)
        for story in view.stories:
            self.member(story.by)
        for plan in view.plans:
            self.member(plan.item.owner)

    def member(self, name: str) -> str:
        """What stands for one of ours; "" where nobody is named."""
        if not name.strip():
            return ""
        stands = _stand_in(self.members, " ".join(name.split()).casefold(), "member")
        self.names.add(name, stands, by_parts=False)
        return stands

    def row(self, row: BacklogRow) -> BacklogRow:
        case = replace(
            row.case,
            pain_point=self.point(row.case.pain_point),
            heard=tuple(
                replace(one, company=self.company(one.company))
                for one in row.case.heard
            ),
            estimates=tuple(map(self.estimate, row.case.estimates)),
            settings={
                name: replace(one, by=self.member(one.by))
                for name, one in row.case.settings.items()
            },
        )
        scored = formula_named(row.scored.formula).of(case, self.weights, row.as_of)
        return replace(row, view=self.view(row.view), case=case, scored=scored)

    def company(self, folded: str) -> str:
        """What stands for a company, whoever of it may be quoted."""
        return _stand_in(self.companies, folded, "company") if folded else ""

    def text(self, text: str, own: str = "") -> str:
        """Any text; ``own`` is what stands for whoever said it, where it is known."""
        if own:
            return hidden(text, self.names, own)
        # Sources, plans and tags are the same thousands of times.
        if text not in self.read:
            self.read[text] = hidden(text, self.names)
        return self.read[text]

    def view(self, view: PainView) -> PainView:
        return replace(
            view,
            pain_point=self.point(view.pain_point),
            quotes=tuple(map(self.quote, view.quotes)),
            plans=tuple(map(self.plan, view.plans)),
            estimates=tuple(map(self.estimate, view.estimates)),
            stories=tuple(map(self.story, view.stories)),
        )

    def point(self, point: PainPoint) -> PainPoint:
        told = own_texts.of_point(point, self.text)
        return replace(told, owner=self.member(point.owner))

    def words(self, quote: Quote) -> str:
        """A quote's words, however its speaker writes their own name."""
        return self.text(quote.evidence.quote, self.people[person_of(quote.feedback)])

    def quote(self, quote: Quote) -> Quote:
        own = self.people[person_of(quote.feedback)]
        words = self.words(quote)
        evidence = replace(
            quote.evidence,
            quote=words,
            start=0,
            end=len(words),
            by=self.member(quote.evidence.by),
        )
        return Quote(evidence=evidence, feedback=self.feedback(quote.feedback, own))

    def feedback(self, said: Feedback, own: str) -> Feedback:
        company = company_of(said)
        return replace(
            said,
            source=self.text(said.source),
            external_id=said.short,
            title="",
            body="",
            author=own,
            email="",
            company=self.companies[company] if company else "",
            url="",
            thread="",
            context={
                name: self.told(said.context[name])
                for name in KEPT
                if name in said.context
            },
        )

    def told(self, value: Any) -> Any:
        """What a source told under one name: numbers, or texts that are read."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.told(one) for one in value]
        return value if isinstance(value, int | float) else None

    def plan(self, plan: Plan) -> Plan:
        tracked = None if plan.tracked is None else self.tracked(plan.tracked)
        return replace(plan, item=self.item(plan.item), tracked=tracked)

    def item(self, item: RoadmapItem) -> RoadmapItem:
        told = own_texts.of_item(item, self.text)
        return replace(told, owner=self.member(item.owner), url="")

    def tracked(self, tracked: Tracked) -> Tracked:
        return replace(
            tracked,
            title=self.text(tracked.title),
            owner=self.member(tracked.owner),
            target=self.text(tracked.target),
            url="",
        )

    def estimate(self, one: Estimate) -> Estimate:
        told = own_texts.of_estimate(one, self.text)
        return replace(told, by=self.member(one.by))

    def story(self, story: Story) -> Story:
        told = own_texts.of_story(story, self.text)
        return replace(told, by=self.member(story.by))


def _stand_in(known: dict[str, str], key: str, word: str) -> str:
    return known.setdefault(key, f"{word} {len(known) + 1}")
