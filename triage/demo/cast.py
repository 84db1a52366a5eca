"""The people of the demo, and who of them may speak next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from triage.connector import Channel
from triage.demo.dice import Dice
from triage.demo.people import Person, outsiders, people, strangers
from triage.demo.story import Story, Wording

PUBLIC = (Channel.REVIEW, Channel.SOCIAL)
"""Where people speak under a name of their own choosing."""


class Cast:
    """Who may speak next: nobody twice in one story, store or round of the survey."""

    def __init__(self) -> None:
        self.people = people()
        self.strangers = strangers()
        self.by_name = {p.name: p for p in (*self.people, *outsiders())}
        self._times: Counter[str] = Counter()
        self._heard: set[tuple[str, str]] = set()

    def choose(self, story: Story, wording: Wording, place: str, dice: Dice) -> Person:
        """The person who fits the words and has been heard least."""
        if wording.who:
            return self._hear(self.by_name[wording.who], story, place)
        candidates = self._fitting(story, wording, place)
        rested = sorted(
            (self._times[p.handle] + dice.roll(), i) for i, p in enumerate(candidates)
        )
        return self._hear(candidates[rested[0][1]], story, place)

    def colleague(self, story: Story, person: Person, dice: Dice) -> Person | None:
        """Somebody else of the same company who has not told this story yet."""
        same = [
            p
            for p in self.people
            if p.company
            and p.company == person.company
            and p.language == person.language
            and not self._told(p, story)
        ]
        return self._hear(dice.pick(same), story, "") if same else None

    def _fitting(self, story: Story, wording: Wording, place: str) -> Sequence[Person]:
        once = wording.channel in (*PUBLIC, Channel.SURVEY)
        public = wording.channel in PUBLIC
        everybody = self.people
        if public:
            alone = tuple(p for p in self.people if not p.company)
            everybody = (*self.strangers, *alone)
        speakers = [p for p in everybody if p.language == wording.language]

        def fits_persona(person: Person) -> bool:
            return not wording.by or person.persona in ("", wording.by)

        def is_fresh(person: Person) -> bool:
            return not once or (place, person.handle) not in self._heard

        for wanted in (
            lambda person: not self._told(person, story),
            fits_persona,
            lambda person: public or self._pays(person, story, wording),
            is_fresh,
        ):
            speakers = [p for p in speakers if wanted(p)] or speakers
        return speakers

    def _pays(self, person: Person, story: Story, wording: Wording) -> bool:
        if wording.channel is Channel.TICKET:
            return person.plan in ("Team", "Enterprise")
        return person.plan != "Free" or story.area != "Billing"

    def _told(self, person: Person, story: Story) -> bool:
        return (story.key, person.handle) in self._heard

    def _hear(self, person: Person, story: Story, place: str) -> Person:
        self._times[person.handle] += 1
        self._heard.add((story.key, person.handle))
        self._heard.add((place, person.handle))
        return person
