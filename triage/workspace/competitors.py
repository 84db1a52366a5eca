"""Competitors: who names them, and how we stand beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from triage import config
from triage.config import Config
from triage.errors import NotFound, UsageError
from triage.measures.beside import Beside, beside
from triage.model import Sentiment
from triage.operations.tags import folded
from triage.query import parsed
from triage.research import Feeling, Highlight, Stance
from triage.store import finding, researched
from triage.workspace import competitor_settings
from triage.workspace.highlights import Highlights

if TYPE_CHECKING:
    from triage.store.mentions import Naming

LONGEST = 60
"""Characters of a competitor's name at most."""


_WORTH = {Stance.BETTER: 1, Stance.SAME: 0, Stance.WORSE: -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectView:
    """How many people said that they do this better, worse or the same."""

    aspect: str
    beside: Beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """
    What the words of a feedback suggest; nobody has confirmed it.

    Attributes:
        quote: The sentence, from ``start`` to ``end`` of the feedback's text.
        words: Those that say so.
    """

    feedback_id: int
    feedback: str
    person: int
    quote: str
    start: int
    end: int
    stance: Stance
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitorView:
    """
    What is heard of a competitor.

    Attributes:
        is_listed: Whether the settings name it; else only highlights do.
        mentions: How many feedback name it.
        people: How many people do.
        written: How it is written, and how often; the most frequent first.
        tones: How those feedback sound.
        feelings: What people heard in highlights beside it.
        overall: Where it stands on the whole: one stance of each person, better where
            their latest words say so of more aspects than they say worse of.
        aspects: The same by aspect, the most people first.
        highlights: Those that put us beside it.
        suggested: What words suggest where no highlight says it, newest first.
        unsaid: The same counted, one stance a person.
    """

    name: str
    others: tuple[str, ...] = ()
    is_listed: bool = True
    mentions: int = 0
    people: int = 0
    written: Mapping[str, int] = field(default_factory=dict)
    tones: Mapping[Sentiment, int] = field(default_factory=dict)
    feelings: Mapping[Feeling, int] = field(default_factory=dict)
    overall: Beside = field(default_factory=Beside)
    aspects: tuple[AspectView, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    suggested: tuple[Suggested, ...] = ()
    unsaid: Beside = field(default_factory=Beside)

    def aspect(self, named: str) -> Beside:
        """How it stands in an aspect; of nobody where nobody said."""
        for one in self.aspects:
            if folded(one.aspect) == folded(named):
                return one.beside
        return Beside()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a competitor stands on both axes of a map, and of how many people."""

    name: str
    across: Beside
    up: Beside

    @property
    def is_placed(self) -> bool:
        """Whether enough people said something of both."""
        return self.across.place is not None and self.up.place is not None


class Competitors(Highlights):
    """Who is named, and where they stand; the list itself is in the settings."""

    path: Path
    config: Config

    def competitor_called(self, name: str) -> str:
        """As the settings call it, by any of its names; else as it is given."""
        wanted = folded(name)
        for known, others in self.config.practice.competitors.items():
            if wanted in map(folded, (known, *others)):
                return known
        for one in researched.highlights(self.db.read()):
            if one.comparison and folded(one.comparison.competitor) == wanted:
                return one.comparison.competitor
        return " ".join(name.split())

    def add_competitor(self, name: str, others: Sequence[str] = ()) -> tuple[str, ...]:
        """
        Write a competitor into the settings; its other names join those it has.

        Returns:
            All its other names.
        """
        self.db.refuse_if_read_only()
        name = self.competitor_called(name)
        for one in (name, *others):
            if not folded(one) or len(one) > LONGEST or not one.isprintable():
                raise UsageError(
                    f"{one[:LONGEST]!r} is no name of a competitor; use up to"
                    f" {LONGEST} letters and digits"
                )
        self._refuse_shared(name, others)
        known = self.config.practice.competitors.get(name, ())
        tidy = (" ".join(one.split()) for one in others)
        kept = {folded(one): one for one in (*known, *tidy)}
        kept.pop(name, None)
        competitor_settings.write(self.config.path, name, tuple(kept.values()))
        self.config = config.load(self.path)
        return tuple(kept.values())

    def remove_competitor(self, name: str) -> str:
        """Take a competitor out of the settings; highlights beside it stay."""
        self.db.refuse_if_read_only()
        known = self.competitor_called(name)
        if known not in self.config.practice.competitors:
            raise NotFound(
                f"no competitor is called {name}; `triage competitors` lists them"
            )
        competitor_settings.remove(self.config.path, known)
        self.config = config.load(self.path)
        return known

    def competitors(self, query: str = "") -> list[CompetitorView]:
        """
        Every competitor, in feedback that a query finds; whoever is named most first.

        Those of the settings, and whom highlights name besides. Only feedback that
        names one is read.
        """
        from triage.store import mentions

        read = self.db.read()
        within = self._within(query)
        listed = self.config.practice.competitors
        heard = self._heard(within)
        found = mentions.naming(read, mentions.spelt(read, listed), within)
        written = mentions.written(found)
        naming: dict[str, list[Naming]] = defaultdict(list)
        for one in found:
            for name in dict.fromkeys(each.name for each in one.mentions):
                naming[name].append(one)
        people = self._people(one for some in heard.values() for one in some)
        names = [*listed, *(name for name in heard if name not in listed)]
        views = [
            _view(
                name, listed.get(name), naming[name], written.get(name, Counter()),
                heard.get(name, []), people,
            )
            for name in names
        ]  # fmt: skip
        return sorted(views, key=lambda one: (-one.people, -one.overall.n, one.name))

    def perceptual_map(self, across: str, up: str, query: str = "") -> list[Placed]:
        """
        Each competitor somebody put us beside in either aspect; we stand at (0, 0).

        Figures are of highlights alone: (better - worse) / n people, once at least
        ``measures.beside.FEWEST`` said something.
        """
        if folded(across) == folded(up):
            raise UsageError("a map has two different aspects, such as price and speed")
        heard = self._heard(self._within(query))
        people = self._people(one for some in heard.values() for one in some)
        placed = [
            Placed(
                name=name,
                across=_standing(_of_aspect(some, across), people),
                up=_standing(_of_aspect(some, up), people),
            )
            for name, some in heard.items()
        ]
        return sorted(
            (one for one in placed if one.across.n or one.up.n),
            key=lambda one: (-min(one.across.n, one.up.n), one.name),
        )

    def aspects(self) -> list[tuple[str, int]]:
        """Every aspect of a comparison, with how many highlights; most first."""
        many = Counter(
            one.comparison.aspect
            for one in researched.highlights(self.db.read())
            if one.comparison and one.comparison.aspect
        )
        return sorted(many.items(), key=lambda one: (-one[1], one[0]))

    def _within(self, query: str) -> set[int] | None:
        wanted = parsed(query)
        if not wanted.is_narrow and not wanted.state:
            return None
        return set(finding.find(self.db.read(), wanted, None, now=self.clock()))

    def _heard(self, within: set[int] | None) -> dict[str, list[Highlight]]:
        """Highlights that put us beside somebody, by whom."""
        found: dict[str, list[Highlight]] = defaultdict(list)
        called: dict[str, str] = {}
        for one in researched.highlights(self.db.read()):
            if one.comparison and (within is None or one.feedback_id in within):
                name = one.comparison.competitor
                if name not in called:
                    called[name] = self.competitor_called(name)
                found[called[name]].append(one)
        return found

    def _people(self, highlights: Iterable[Highlight]) -> dict[int, int]:
        """By key of feedback, who counts as one."""
        keys = sorted({one.feedback_id for one in highlights})
        return researched.people(self.db.read(), keys)

    def _refuse_shared(self, name: str, others: Sequence[str]) -> None:
        taken = {
            folded(each): known
            for known, names in self.config.practice.competitors.items()
            for each in (known, *names)
            if known != name
        }
        for one in (name, *others):
            if folded(one) in taken:
                raise UsageError(f"{one} is a name of {taken[folded(one)]} already")


def _view(
    name: str,
    others: tuple[str, ...] | None,
    naming: Sequence[Naming],
    written: Counter[str],
    heard: Sequence[Highlight],
    people: Mapping[int, int],
) -> CompetitorView:
    suggested = tuple(_suggested(name, naming, heard))
    by_aspect: dict[str, list[Highlight]] = defaultdict(list)
    for one in heard:
        if one.comparison and one.comparison.aspect:
            by_aspect[one.comparison.aspect].append(one)
    aspects = [
        AspectView(aspect=aspect, beside=_standing(some, people))
        for aspect, some in by_aspect.items()
    ]
    return CompetitorView(
        name=name,
        others=others or (),
        is_listed=others is not None,
        mentions=len(naming),
        people=len({one.person for one in naming}),
        written=dict(written.most_common()),
        tones=Counter(one.sentiment for one in naming if one.sentiment),
        feelings=Counter(one.feeling for one in heard if one.feeling),
        overall=_on_the_whole(heard, people),
        aspects=tuple(sorted(aspects, key=lambda one: (-one.beside.n, one.aspect))),
        highlights=tuple(heard),
        suggested=suggested,
        # Newest first, so the latest word of each person is the first met.
        unsaid=beside(_first_of_each((one.person, one.stance) for one in suggested)),
    )


def _standing(heard: Sequence[Highlight], people: Mapping[int, int]) -> Beside:
    """
    One stance of each person, by what they said last of each aspect.

    Who finds more aspects better than worse finds them better, and the other way round.
    """
    net: Counter[int] = Counter()
    seen: set[tuple[int, str]] = set()
    for one in sorted(heard, key=lambda one: (-one.feedback_id, -one.id)):
        person, told = people[one.feedback_id], one.comparison
        if told is None or (person, told.aspect) in seen:
            continue
        seen.add((person, told.aspect))
        net[person] += _WORTH[told.stance]
    return beside(
        Stance.BETTER if many > 0 else Stance.WORSE if many < 0 else Stance.SAME
        for many in net.values()
    )


def _on_the_whole(heard: Sequence[Highlight], people: Mapping[int, int]) -> Beside:
    """One stance of each person: of more aspects better than worse, or the reverse."""
    latest_first = sorted(heard, key=lambda one: (-one.feedback_id, -one.id))
    said: dict[tuple[int, str], Stance] = {}
    for one in latest_first:
        if one.comparison:
            about = people[one.feedback_id], folded(one.comparison.aspect)
            said.setdefault(about, one.comparison.stance)
    balance: dict[int, int] = defaultdict(int)
    for (person, _), stance in said.items():
        balance[person] += (stance is Stance.BETTER) - (stance is Stance.WORSE)
    return beside(
        Stance.BETTER if more > 0 else Stance.WORSE if more < 0 else Stance.SAME
        for more in balance.values()
    )


def _first_of_each(told: Iterable[tuple[int, Stance]]) -> Iterator[Stance]:
    seen: set[int] = set()
    for person, stance in told:
        if person not in seen:
            seen.add(person)
            yield stance


def _of_aspect(heard: Sequence[Highlight], aspect: str) -> list[Highlight]:
    return [
        one
        for one in heard
        if one.comparison and folded(one.comparison.aspect) == folded(aspect)
    ]


def _suggested(
    name: str, naming: Sequence[Naming], heard: Sequence[Highlight]
) -> Iterator[Suggested]:
    """What words suggest in feedback that no highlight has put beside it yet."""
    from triage.text.compared import in_text

    said = {one.feedback_id for one in heard}
    for one in naming:
        if one.feedback_id in said:
            continue
        for told in in_text(one.text, one.mentions, name, one.language):
            yield Suggested(
                feedback_id=one.feedback_id, feedback=one.short, person=one.person,
                quote=one.text[told.start : told.end], start=told.start, end=told.end,
                stance=told.suggestion.stance, words=told.suggestion.words,
            )  # fmt: skip
