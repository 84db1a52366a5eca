"""
A story as one text: a line for each part, read back exactly or refused by its line.

::

    As a project lead
    I want the export to keep my tags
    so that finance can book by them
    Context: every month, on the train
    Given a project with tags
    When I export it
    Then each tag has a column
    Quotes: e3 e7

``And`` goes on with the part before it, and so does a line that begins with a space.
A sentence may stand on one line: as a …, I want … so that ….
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from triage.errors import UsageError
from triage.planning import Criterion, Story

_KEYWORD = re.compile(
    r"(as an|as a|as the|as|i want|so that|context(?=:)|given|when|then|and"
    r"|quotes(?=:)|assumption)(?::\s*|\s+|$)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[-*•]\s+")
_QUOTE = re.compile(r"[eE]?(\d{1,18})")
_AN = re.compile(r"(?!eu|one\b|once\b|uni|use|usu|uti)[aeiou]", re.IGNORECASE)
_JOINED = {
    "as": (
        re.compile(r"(.+?),?\s+(i want\s+.+)", re.IGNORECASE), "i want",
    ),
    "i want": (
        re.compile(r"(.+?),?\s+(so that\s+.+)", re.IGNORECASE), "so that",
    ),
    "given": (
        re.compile(r"(.+?),?\s+(when\s+.+)", re.IGNORECASE), "when",
    ),
    "when": (
        re.compile(r"(.+?),?\s+(then\s+.+)", re.IGNORECASE), "then",
    ),
}  # fmt: skip
"""Parts that others may follow on the same line, where no line of their own does."""

_WHOLE = re.compile(r".+, when .+, then .+", re.IGNORECASE)
"""A criterion that is whole on one line, whatever the next one begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryText:
    """What a text says of a story; ``evidence`` is None where it names no quotes."""

    role: str
    want: str
    benefit: str = ""
    context: str = ""
    criteria: tuple[Criterion, ...] = ()
    evidence: tuple[int, ...] | None = None
    assumption: bool = False


class _Part(NamedTuple):
    line: int
    keyword: str
    text: str


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    single: dict[str, str] = field(default_factory=dict)
    criteria: list[dict[str, str]] = field(default_factory=list)
    last: str = ""


_ORDER = ("as", "i want", "so that", "context", "quotes", "assumption")


def article(role: str) -> str:
    """``an`` before a vowel's sound, else ``a``."""
    return "an" if _AN.match(role) else "a"


def sentence(story: Story) -> str:
    """``As a project lead, I want … so that ….`` on one line."""
    told = f"As {article(story.role)} {story.role}, I want {story.want}"
    return _ended(f"{told} so that {story.benefit}" if story.benefit else told)


def whole(story: Story) -> str:
    """The sentence with the context it holds in, and the word *assumption* if it is."""
    told = sentence(story)
    if story.context:
        told += f" Context: {_ended(story.context)}"
    return f"{told} (assumption)" if story.assumption else told


def criterion(one: Criterion) -> str:
    """``Given …, when …, then ….`` on one line."""
    given = f"Given {one.given}, when" if one.given else "When"
    return _ended(f"{given} {one.when}, then {one.then}")


def written(story: Story) -> str:
    """The story as a text that ``parsed`` reads back."""
    return "\n".join(_lines(story)) + "\n"


def criteria_written(criteria: tuple[Criterion, ...]) -> str:
    """Only its acceptance criteria."""
    return "\n".join(line for one in criteria for line in _criterion_lines(one))


def parsed(text: str) -> StoryText:
    """
    What a text says of a story.

    Raises:
        UsageError: Naming the line that is not understood, or what is missing.
    """
    read = _Reading()
    for part in _separate(_parts(text)):
        _take(read, part)
    for keyword, missing in (("as", "As a …"), ("i want", "I want …")):
        if not read.single.get(keyword):
            raise UsageError(f"the story has no line “{missing}”")
    assumed = read.single.get("assumption", "no").casefold()
    if assumed not in {"", "yes", "no"}:
        raise UsageError(f"Assumption: is yes or no, not {assumed}")
    return StoryText(
        role=read.single["as"],
        want=read.single["i want"],
        benefit=read.single.get("so that", ""),
        context=read.single.get("context", ""),
        criteria=_criteria(read.criteria),
        evidence=_quotes(read.single.get("quotes")),
        assumption="assumption" in read.single and assumed != "no",
    )


def criteria_parsed(text: str) -> tuple[Criterion, ...]:
    """
    Only acceptance criteria.

    Raises:
        UsageError: Naming the line that belongs to none.
    """
    read = _Reading()
    for part in _separate(_parts(text)):
        if part.keyword not in {"given", "when", "then", "and"}:
            raise UsageError(f"line {part.line}: only Given, When and Then stand here")
        _take(read, part)
    return _criteria(read.criteria)


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _lines(story: Story) -> Iterator[str]:
    yield f"As {article(story.role)} {story.role}".rstrip()
    yield f"I want {story.want}".rstrip()
    yield f"so that {story.benefit}".rstrip()
    yield f"Context: {story.context}".rstrip()
    for one in story.criteria:
        yield from _criterion_lines(one)
    yield f"Quotes: {' '.join(f'e{key}' for key in story.evidence)}".rstrip()
    if story.assumption:
        yield "Assumption: yes"


def _criterion_lines(one: Criterion) -> Iterator[str]:
    if one.given:
        yield f"Given {one.given}"
    yield f"When {one.when}"
    yield f"Then {one.then}"


def _parts(text: str) -> Iterator[_Part]:
    """Each line with its keyword; what begins with a space is joined to the last."""
    held: _Part | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if held and line[:1].isspace():
            joined = f"{held.text} {line.strip()}".strip()
            held = held._replace(text=joined)
            continue
        if held:
            yield held
        told = _BULLET.sub("", line.strip(), count=1)
        found = _KEYWORD.match(told)
        if found is None:
            raise UsageError(
                f"line {number}: “{' '.join(line.split())[:60]}” begins with none of"
                " As a, I want, so that, Context:, Given, When, Then, And, Quotes:,"
                " Assumption"
            )
        keyword = found[1].casefold()
        keyword = "as" if keyword.startswith("as ") else keyword
        held = _Part(number, keyword, told[found.end() :].strip())
    if held:
        yield held


def _separate(parts: Iterator[_Part]) -> Iterator[_Part]:
    """Parts that stand on one line, each by itself."""
    waiting = list(parts)
    while waiting:
        part = waiting.pop(0)
        following = waiting[0].keyword if waiting else ""
        pattern, rest = _JOINED.get(part.keyword, (None, ""))
        found = pattern.fullmatch(part.text) if pattern else None
        is_whole = part.keyword == "given" and _WHOLE.fullmatch(part.text)
        if found is None or (following in {rest, "and"} and not is_whole):
            yield part
            continue
        yield part._replace(text=found[1].rstrip(","))
        told = found[2][len(rest) :].strip()
        waiting.insert(0, _Part(part.line, rest, told))


def _take(read: _Reading, part: _Part) -> None:
    line, keyword, text = part
    if keyword == "and":
        _go_on(read, line, text)
        return
    if keyword in _ORDER:
        if keyword in read.single:
            raise UsageError(f"line {line}: there is a line “{keyword}” already")
        read.single[keyword] = text
    elif keyword == "given" or (keyword == "when" and read.last != "given"):
        read.criteria.append({keyword: text})
    elif keyword == "when" or read.last == "when":
        read.criteria[-1][keyword] = text
    else:
        raise UsageError(f"line {line}: Then follows no When")
    read.last = keyword


def _go_on(read: _Reading, line: int, text: str) -> None:
    holder = read.single if read.last in _ORDER else None
    if holder is None and read.criteria and read.last:
        holder = read.criteria[-1]
    if holder is None:
        raise UsageError(f"line {line}: And follows nothing")
    holder[read.last] = f"{holder[read.last]} and {text}".strip()


def _criteria(read: list[dict[str, str]]) -> tuple[Criterion, ...]:
    for number, one in enumerate(read, 1):
        for keyword in ("when", "then"):
            if not one.get(keyword):
                raise UsageError(
                    f"criterion {number} has no {keyword.capitalize()};"
                    " Given …, When …, Then …"
                )
    return tuple(
        Criterion(given=one.get("given", ""), when=one["when"], then=one["then"])
        for one in read
    )


def _quotes(text: str | None) -> tuple[int, ...] | None:
    if text is None:
        return None
    found = []
    for word in text.replace(",", " ").split():
        match = _QUOTE.fullmatch(word)
        if match is None:
            raise UsageError(f"{word!r} is no quote; a quote looks like e7")
        found.append(int(match[1]))
    return tuple(found)
