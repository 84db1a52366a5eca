"""What people say in the same words: keywords, what rises, which pains go together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar, cast

from triage.config import Config
from triage.errors import UsageError
from triage.query import NOTHING, Query, parsed
from triage.store.database import Database

if TYPE_CHECKING:
    # What counts is loaded where somebody asks for patterns.
    from triage.grouping.phrases import Told
    from triage.measures.keywords import Keyword
    from triage.measures.rising import Shifted
    from triage.measures.together import Pair
    from triage.workspace.metrics import Metrics

BY = ("pain", "group", "segment", "persona", "version")

LATELY = 4
"""Weeks whose words are compared."""

BEFORE = 22
"""Weeks before, with which they are: half a year in all."""

SHOWN = 5
"""Feedback that is named beside a word."""

UNLIKELY = 0.01

_Of = TypeVar("_Of", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Cited:
    """A word or a pair, with numbers of feedback in which it is, the latest first."""

    feedback: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CitedKeyword(Cited):
    """A keyword of a part."""

    keyword: Keyword


@dataclass(frozen=True, slots=True)
class CitedShift(Cited):
    """A word that more people use than before, or fewer."""

    shift: Shifted


@dataclass(frozen=True, slots=True)
class CitedPair(Cited):
    """Two pain points, and what they are called."""

    pair: Pair
    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    What is said of one pain point, group, segment or version.

    Attributes:
        short: The id people type of a pain point or a group; else "".
        people: Who says it; ``texts`` how many feedback or quotes.
    """

    short: str
    name: str
    people: int
    texts: int
    keywords: tuple[CitedKeyword, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keywords:
    """
    Keywords of each part, the most people first.

    Attributes:
        parts: Those that have any.
        people: Heard in all of them, with and without keywords, each once.
        texts: Read of all of them.
    """

    by: str
    parts: tuple[Part, ...]
    people: int
    texts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rising:
    """
    Words whose use has moved; what rises most first.

    Attributes:
        compared: How many words were.
        people: Heard in the last four weeks; ``before`` in the weeks before.
    """

    words: tuple[CitedShift, ...]
    compared: int
    people: int
    before: int
    texts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PainsTogether:
    """
    Pain points that the same people speak of, the least likely first.

    Attributes:
        compared: How many pairs three people each could have spoken of.
        people: Who spoke of any; ``quotes`` how often.
    """

    pairs: tuple[CitedPair, ...]
    compared: int
    people: int
    quotes: int


class Patterns:
    """Questions about words and pains that go together; none of them writes."""

    db: Database
    config: Config
    clock: Callable[[], datetime]

    def keywords(
        self,
        by: str = "pain",
        query: Query | str = NOTHING,
        *,
        named: Sequence[tuple[str, str]] | None = None,
        most: int = 8,
    ) -> Keywords:
        """
        The most telling words of each pain point, group, segment, persona or version.

        Args:
            by: One of ``BY``.
            named: Names and queries instead of the segments of the settings; with
                ``by`` "segment".
            most: Words told of each.
        """
        from triage.store import wordings

        read, now, wanted = self.db.read(), self.clock(), _asked(query)
        if by not in BY:
            raise UsageError(f"keywords are told by {', '.join(BY)}; not by {by}")
        if by == "pain":
            titles = dict(read.execute("SELECT id, title FROM pain_point").fetchall())
            told = wordings.by_pain(read, wanted, now)
            return _keywords(
                by, told, {of: (f"p{of}", titles[of]) for of in told}, most
            )
        if by == "group":
            from triage.store import shifts

            told = wordings.by_group(read, wanted, now)
            found = _keywords(by, told, {of: (str(of), "") for of in told}, most)
            return _named(
                found,
                lambda part: shifts.title(read, shifts.GROUPS, int(part.short)),
            )
        texts = wordings.texts(read, wanted, now)
        if by == "version":
            versions = wordings.versions(read, wanted, now)
            parts = _apart(texts, lambda key: [versions.get(key, "")])
        else:
            if named is None:
                named = self._who(by)
            members = {
                name: wordings.ids(read, parsed(asked), now) for name, asked in named
            }
            parts = _apart(
                texts,
                lambda key: (
                    [name for name, keys in members.items() if key in keys] or [""]
                ),
            )
        return _keywords(by, parts, {of: ("", of) for of in parts}, most)

    def _who(self, by: str) -> Sequence[tuple[str, str]]:
        """Names and saved queries of personas or segments."""
        named = cast("Metrics", self).named(by)
        if not named and by == "persona":
            raise UsageError("there is no persona yet; `triage persona add`")
        if not named:
            raise UsageError("the settings have no [segments]; docs/PRIORITIES.md")
        return named

    def rising(self, query: Query | str = NOTHING, *, most: int = 20) -> Rising:
        """
        Words of four weeks beside those of 22 before: what moved, with q < 1 %.

        Args:
            most: Words told that rise, and as many that sink.
        """
        from triage.grouping.phrases import saying, spoken
        from triage.measures.keywords import THEME
        from triage.measures.rising import shifted
        from triage.store import codec, wordings

        now = self.clock()
        middle = codec.to_key(now - timedelta(weeks=LATELY))
        since = codec.to_key(now - timedelta(weeks=LATELY + BEFORE))
        texts = wordings.texts(self.db.read(), _asked(query), now, since=since)
        lately = [one for key, one in texts if middle <= key <= codec.to_key(now)]
        earlier = [one for key, one in texts if key < middle]
        new, old = spoken(lately), spoken(earlier)
        every = shifted(new.people, new.n, old.people, old.n)
        sure = [one for one in every if one.q < UNLIKELY]
        rises = [one for one in sure if one.g2 > 0 and one.people >= THEME][:most]
        sinks = [one for one in sure if one.g2 < 0 and one.before >= THEME][-most:]
        return Rising(
            words=tuple(
                CitedShift(
                    saying(lately if one.g2 > 0 else earlier, one.words, SHOWN), one
                )
                for one in (*rises, *sinks)
            ),
            compared=len(every), people=new.n, before=old.n, texts=len(texts),
        )  # fmt: skip

    def together(
        self, query: Query | str = NOTHING, *, most: int = 20
    ) -> PainsTogether:
        """Pairs of pain points that the same people speak of, told with q < 1 %."""
        from triage.measures.together import together
        from triage.store import wordings

        read = self.db.read()
        spoke = wordings.spoke(read, _asked(query), self.clock())
        found = together(spoke)
        titles = dict(read.execute("SELECT id, title FROM pain_point").fetchall())
        sure = [one for one in found.pairs if one.q < UNLIKELY and one.lift > 1]
        return PainsTogether(
            pairs=tuple(
                CitedPair(
                    _both(spoke.values(), one), one, titles[one.left], titles[one.right]
                )
                for one in sure[:most]
            ),
            compared=found.compared,
            people=found.people,
            quotes=sum(len(said) for of in spoke.values() for said in of.values()),
        )


def _both(spoke: Iterable[Mapping[int, list[int]]], pair: Pair) -> tuple[int, ...]:
    """What those who spoke of both said of either."""
    numbers = {
        number
        for points in spoke
        if pair.left in points and pair.right in points
        for number in (*points[pair.left], *points[pair.right])
    }
    return tuple(sorted(numbers, reverse=True)[:SHOWN])


def _apart(
    texts: Iterable[tuple[int, Told]], of: Callable[[int], Iterable[str]]
) -> dict[str, list[Told]]:
    """Texts by the name or names their key leads to."""
    found: dict[str, list[Told]] = defaultdict(list)
    for key, one in texts:
        for name in of(key):
            found[name].append(one)
    return found


def _keywords(
    by: str,
    told: Mapping[_Of, Sequence[Told]],
    names: Mapping[_Of, tuple[str, str]],
    most: int,
) -> Keywords:
    """The words of each part; what has no name is compared with and not told."""
    from triage.grouping.phrases import saying, spoken
    from triage.measures.keywords import keywords

    parts = {of: spoken(texts) for of, texts in told.items()}
    found = keywords({of: one.people for of, one in parts.items()}, most)
    rows = [
        Part(
            short=short, name=name, people=parts[of].n, texts=parts[of].texts,
            keywords=tuple(
                CitedKeyword(saying(told[of], one.words, SHOWN), one)
                for one in found[of]
            ),
        )
        for of, (short, name) in names.items()
        if found[of] and (short or name)
    ]  # fmt: skip
    return Keywords(
        by=by,
        parts=tuple(sorted(rows, key=lambda one: (-one.people, one.name, one.short))),
        people=len({one.person for texts in told.values() for one in texts}),
        texts=sum(map(len, told.values())),
    )


def _named(found: Keywords, called: Callable[[Part], tuple[int, str]]) -> Keywords:
    """Groups by the names people know them by."""
    from dataclasses import replace

    parts = []
    for one in found.parts:
        number, name = called(one)
        parts.append(replace(one, short=f"g{number}", name=name))
    return replace(found, parts=tuple(parts))


def _asked(query: Query | str) -> Query:
    wanted = parsed(query) if isinstance(query, str) else query
    if wanted.sort or wanted.each:
        raise UsageError("patterns have no order; leave out sort: and show:")
    return wanted
