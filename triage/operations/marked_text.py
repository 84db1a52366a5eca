r"""
Passages marked in a text: ``==It took me an hour== {frustrated 2 #export need}``.

What is marked stands between two pairs of equals signs, as highlighters of Markdown
have it; what somebody heard in it follows in braces: a feeling and how strong it is, 1
to 3, tags, what it means, and whom we were put beside: ``vs Acme: better, speed``. The
marks are no part of the text. An equals sign that marks nothing is written ``\=``
where it could be taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from triage.errors import UsageError
from triage.research import Comparison, Feeling, Meaning, Stance

_TOKEN = re.compile(r"\\=|=+|[^\\=]+|\\")
_TOLD = re.compile(r" ?\{([^{}\n]*)\}")
_WORD = re.compile(r'#"([^"\n]+)"|#([^\s"#,]+)|([^\s,#]+)')
_VERSUS = re.compile(r"(?:^|[\s,])vs\.?\s+(.+)$", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_LONGEST_TAG = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What somebody heard in a passage: feeling, tags, meaning, a comparison."""

    tags: tuple[str, ...] = ()
    feeling: Feeling | None = None
    intensity: int = 0
    meaning: Meaning | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A passage of a text, from ``start`` up to ``end`` in characters."""

    start: int
    end: int
    heard: Heard = Heard()


@dataclass(slots=True)
class _Token:
    """A piece of the text: its words, whether it may be a mark, where it began."""

    text: str
    is_mark: bool
    at: int


def unmarked(text: str, first_line: int = 1) -> tuple[str, tuple[Marked, ...]]:
    """
    The text without its marks, and what was marked, in order.

    Args:
        first_line: The line the text begins at, for whoever is told of an error.

    Raises:
        UsageError: Braces hold what is no feeling, tag, meaning or comparison.
    """
    tokens = _tokens(text)
    told: list[str] = []
    found: list[Marked] = []
    length = 0
    skip = 0
    opened: int | None = None
    for index, token in enumerate(tokens):
        piece = token.text[skip:]
        skip = 0
        if not token.is_mark:
            told.append(piece)
            length += len(piece)
        elif opened is not None:
            after = "".join(one.text for one in tokens[index + 1 : index + 2])
            match = _TOLD.match(after)
            line = first_line + text.count("\n", 0, token.at)
            heard = heard_of(match[1], line) if match else Heard()
            found.append(Marked(start=opened, end=length, heard=heard))
            skip = match.end() if match else 0
            opened = None
        elif _closing(tokens, index) is not None:
            opened = length
        else:
            told.append(piece)
            length += len(piece)
    return "".join(told), tuple(found)


def marked(text: str, passages: Sequence[Marked]) -> str:
    """The text with these passages marked, as ``unmarked`` reads it back."""
    edges = {one.start for one in passages} | {one.end for one in passages}
    ends = {one.end: one for one in passages}
    starts = {one.start for one in passages}
    told: list[str] = []
    run = ""
    for at, char in enumerate([*text, ""]):
        if at in ends:
            heard = written(ends[at].heard)
            follows = _TOLD.match(text, at) is not None
            told.append("==" + (f" {{{heard}}}" if heard or follows else ""))
        if at in starts:
            told.append("==")
        if char == "=":
            begins = not (at and text[at - 1] == "=")
            run = _escape(text, at, edges) if begins else run
            told.append(run + char)
        else:
            told.append(char)
    return "".join(told)


def showable(text: str, passages: Sequence[Marked]) -> list[Marked]:
    """Those that marks can show, in order: none within another or over paragraphs."""
    shown: list[Marked] = []
    for one in sorted(passages, key=lambda each: (each.start, -each.end)):
        words = text[one.start : one.end]
        is_apart = not shown or one.start > shown[-1].end
        is_whole = bool(words) and words == words.strip() and one.end <= len(text)
        is_escaped = text[: one.start].endswith("\\") or words.endswith("\\")
        is_within = is_whole and not _PARAGRAPH.search(words)
        if is_apart and is_within and not is_escaped and _reads_back(one.heard):
            shown.append(one)
    return shown


def _reads_back(heard: Heard) -> bool:
    told = written(heard)
    try:
        return _TOLD.fullmatch(f"{{{told}}}") is not None and heard_of(told, 0) == heard
    except UsageError:
        return False


def heard_of(told: str, line: int) -> Heard:
    """
    What words in braces say.

    Raises:
        UsageError: Naming the line, the word and what is allowed.
    """
    comparison = None
    versus = _VERSUS.search(told)
    if versus:
        comparison = _comparison(versus[1], line)
        told = told[: versus.start()]
    tags: dict[str, None] = {}
    feeling: Feeling | None = None
    meaning: Meaning | None = None
    intensity = 0
    for match in _WORD.finditer(told):
        tag = " ".join((match[1] or match[2] or "").split())
        word = (match[3] or "").casefold()
        if tag:
            if len(tag) > _LONGEST_TAG:
                raise UsageError(
                    f"line {line}: a tag has {_LONGEST_TAG} letters at most"
                )
            tags[tag] = None
        elif word in set(Feeling) and feeling is None:
            feeling = Feeling(word)
        elif word in set(Meaning) and meaning is None:
            meaning = Meaning(word)
        elif word in {"1", "2", "3"} and not intensity:
            intensity = int(word)
        elif match[0].strip():
            raise UsageError(f"line {line}: {_not_understood(match[0], word)}")
    if intensity and feeling is None:
        raise UsageError(f"line {line}: {intensity} is how strong which feeling?")
    return Heard(
        tags=tuple(tags),
        feeling=feeling,
        intensity=intensity or (1 if feeling else 0),
        meaning=meaning,
        comparison=comparison,
    )


def written(heard: Heard) -> str:
    """What was heard as words for the braces; "" for nothing."""
    words: list[str] = []
    if heard.feeling:
        words += [heard.feeling, str(heard.intensity)]
    words += [f"#{tag}" if _is_one_word(tag) else f'#"{tag}"' for tag in heard.tags]
    if heard.meaning:
        words.append(heard.meaning)
    beside = heard.comparison
    if beside:
        aspect = f", {beside.aspect}" if beside.aspect else ""
        words.append(f"vs {beside.competitor}: {beside.stance}{aspect}")
    return " ".join(words)


def _tokens(text: str) -> list[_Token]:
    """Pieces of the text, where what may be a mark is a piece of its own."""
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece == "==":
            tokens.append(_Token(piece, True, match.start()))
            continue
        piece = "=" if piece == "\\=" else piece
        if tokens and not tokens[-1].is_mark:
            tokens[-1].text += piece
        else:
            tokens.append(_Token(piece, False, match.start()))
    return tokens


def _closing(tokens: Sequence[_Token], index: int) -> int | None:
    """Where the mark at ``index`` is closed; None where it opens nothing."""
    if index + 2 >= len(tokens):
        return None
    words, closing = tokens[index + 1], tokens[index + 2]
    is_tight = not words.is_mark and words.text == words.text.strip()
    if is_tight and closing.is_mark and not _PARAGRAPH.search(words.text):
        return index + 2
    return None


def _escape(text: str, at: int, edges: set[int]) -> str:
    """What each sign of the run beginning here is written after: a backslash or ""."""
    end = at
    while end < len(text) and text[end] == "=":
        end += 1
    is_cut = any(at <= edge <= end for edge in edges)
    is_taken = end - at == 2 or (at and text[at - 1] == "\\") or is_cut
    return "\\" if is_taken else ""


def _comparison(told: str, line: int) -> Comparison:
    competitor, colon, rest = told.rpartition(":")
    stance, _, aspect = rest.partition(",")
    allowed = ", ".join(Stance)
    if not colon or stance.strip().casefold() not in set(Stance):
        raise UsageError(
            f"line {line}: a comparison looks like vs Acme: better, speed"
            f" ({allowed}: they are)"
        )
    name = " ".join(competitor.split())
    if not name:
        raise UsageError(f"line {line}: vs whom? for example vs Acme: better")
    return Comparison(
        competitor=name,
        aspect=" ".join(aspect.split()),
        stance=Stance(stance.strip().casefold()),
    )


def _not_understood(shown: str, word: str) -> str:
    if word in {*Feeling, *Meaning, "1", "2", "3"}:
        return f"{shown} is one too many; a passage has one feeling and one meaning"
    return (
        f"{shown!r} is neither a feeling ({', '.join(Feeling)}), a meaning"
        f" ({', '.join(Meaning)}), 1 to 3, a #tag nor vs a competitor"
    )


def _is_one_word(tag: str) -> bool:
    return re.fullmatch(r'[^\s"#,]+', tag) is not None
