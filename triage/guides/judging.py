"""
What a question is like: leading, closed, double, hypothetical, vague, or well asked.

Every word of it follows from a rule of the language's table; there is no model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from triage.guides.reading import sentences
from triage.guides.rules import Kind, Rules, Sign

_SHORT = 4
"""Words up to which a second question only spurs on: "And why not?"."""

_SECOND = "“{cue}” is a second question; ask one, hear it out"


@dataclass(frozen=True, slots=True)
class Mark:
    """
    Something to ask differently.

    Attributes:
        start, end: Where in the question the words stand that gave it away.
        words: Those words.
        drop: The question is as good without them.
    """

    kind: Kind
    start: int
    end: int
    words: str
    why: str
    drop: bool = False


def marks(question: str, rules: Rules) -> tuple[Mark, ...]:
    """What is to be asked differently, each kind once, in the order of the kinds."""
    found: dict[Kind, Mark] = {}
    stands = False
    for start, sentence in _placed(question):
        if rules.reading.probes.search(sentence):
            continue
        if stands and not _goes_on(sentence, rules):
            end = start + len(sentence)
            why = _SECOND.format(cue=sentence)
            found.setdefault(Kind.DOUBLE, Mark(Kind.DOUBLE, start, end, sentence, why))
        told = list(_of_sentence(sentence, rules))
        for mark in told:
            moved = replace(mark, start=mark.start + start, end=mark.end + start)
            found.setdefault(mark.kind, moved)
        # After "yes" or "no", a second question is what saves the first.
        is_closed = any(mark.kind is Kind.CLOSED for mark in told)
        stands = not (is_closed or _invites(sentence, rules))
    return tuple(found[kind] for kind in Kind if kind in found)


def _goes_on(second: str, rules: Rules) -> bool:
    """Whether a second question only spurs on what the first began."""
    is_short = len(second.split()) <= _SHORT
    refers = rules.reading.refers.search(second) is not None
    return is_short or refers or _invites(second, rules)


def _invites(sentence: str, rules: Rules) -> bool:
    either = (rules.reading.invites, rules.reading.open_requests)
    return any(pattern.search(sentence) for pattern in either)


def praise(question: str, rules: Rules) -> tuple[str, ...]:
    """Why a question is well asked; none where no rule says so."""
    said = [one.why for one in rules.praise if one.find.search(question)]
    if not said and rules.reading.probes.search(question):
        return ("spurs on, and leaves open where to",)
    # That it is open goes without saying where there is more to say.
    return tuple(said[:2])


def _placed(question: str) -> Iterator[tuple[int, str]]:
    at = 0
    for sentence in sentences(question):
        at = question.index(sentence, at)
        yield at, sentence
        at += len(sentence)


def _of_sentence(sentence: str, rules: Rules) -> Iterator[Mark]:
    asked = _joined(sentence, rules)
    excused = rules.reading.open_requests.search(asked) is not None
    invited = rules.reading.invites.search(asked)
    for sign in rules.signs:
        if excused and sign.kind in {Kind.CLOSED, Kind.HYPOTHETICAL}:
            continue
        found = sign.find.search(asked)
        if found is None or (sign.unless and sign.unless.search(asked)):
            continue
        start, end = found.span("cue" if found.re.groupindex else 0)
        # "Tell me …" is no question in form, so none that yes or no answers.
        if sign.kind is Kind.CLOSED and invited and start < invited.end():
            continue
        yield _mark(sign, sentence, start, end)


def _mark(sign: Sign, sentence: str, start: int, end: int) -> Mark:
    words = sentence[start:end]
    why = sign.why.replace("{cue}", words)
    return Mark(sign.kind, start, end, words, why, sign.drop)


def _joined(sentence: str, rules: Rules) -> str:
    """The sentence, as long as it was, with pairs that are one thing as one word."""
    plain = sentence.replace("’", "'")
    return rules.pairs.sub(lambda found: found[0].replace(" ", "_"), plain)
