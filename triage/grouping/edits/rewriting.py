"""The same thing is written again: every kind of edit that leaves what is said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from triage.grouping.edits.speech import Speech, anybody, cased

_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])\s*|\n+")
_KEYS = (
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
)
_NEAR = {
    key: row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
    for row in _KEYS
    for at, key in enumerate(row)
}
QUOTED = 500
"""Characters of another text that a reply quotes at most."""

SLIPPED = 80
"""Characters of another text that slip in at most."""


@dataclass(frozen=True, slots=True)
class Around:
    """What an edit may draw on: chance, the language, other texts."""

    dice: Random
    speech: Speech
    texts: Sequence[str]
    alike: Sequence[str]
    """Texts of the same language."""


def other_words(text: str, around: Around) -> str:
    """Other words for the same, and now and then one that says nothing."""
    dice, speech = around.dice, around.speech
    text = speech.same.replaced(dice, text, share=0.5, most=2)
    words = text.split(" ")
    if dice.random() < 0.3:
        words.insert(dice.choice((0, len(words))), dice.choice(speech.fillers))
    return " ".join(words)


def order(text: str, around: Around) -> str:
    """Sentences change places; a single one begins elsewhere."""
    sentences = [told for told in _SENTENCE.split(text) if told]
    if len(sentences) > 1:
        around.dice.shuffle(sentences)
        return " ".join(sentences)
    words = text.split()
    if len(words) < 6:
        return text
    first = around.dice.randint(2, len(words) - 2)
    return " ".join(words[first:] + words[:first])


def truncation(text: str, around: Around) -> str:
    """The text ends early, yet most of it is there."""
    words = text.split()
    if len(words) >= 10:
        kept = max(7, int(len(words) * around.dice.uniform(0.5, 0.85)))
        return " ".join(words[:kept])
    if len(words) < 3 and len(text) > 24:
        return text[: int(len(text) * around.dice.uniform(0.7, 0.9))]
    return text


def fragment(text: str, around: Around) -> str:
    """A piece of another text slips in before or after, at most 40 % as long."""
    dice, room = around.dice, min(int(len(text) * 0.4), SLIPPED)
    pieces = dice.choice(around.alike).split()
    if len(pieces) > 2:
        # The ends of a text are its most telling parts; a slip is from the middle.
        pieces = pieces[dice.randrange(1, len(pieces) - 1) :]
    slip = " ".join(pieces)[:room]
    # Where words are parted, a slip is whole words.
    slip = slip.rpartition(" ")[0] if " " in slip else slip
    if len(slip) < 4:
        return text
    return f"{text} {slip}" if dice.random() < 0.6 else f"{slip}. {text}"


def typos(text: str, around: Around) -> str:
    """From 1 to 6 % of the letters lost, doubled, swapped or a key aside."""
    dice, signs = around.dice, list(text)
    letters = [at for at, sign in enumerate(signs) if sign.isalpha()]
    slips = max(1, int(len(letters) * dice.uniform(0.01, 0.06)))
    for at in dice.sample(letters, min(slips, len(letters))):
        sign, kind = signs[at], dice.random()
        near = _NEAR.get(sign.lower(), "")
        if kind < 0.3:
            signs[at] = ""
        elif kind < 0.55:
            signs[at] = sign * 2
        elif kind < 0.8 and at + 1 < len(signs):
            signs[at], signs[at + 1] = signs[at + 1], sign
        elif near:
            signs[at] = cased(dice.choice(near), sign)
        elif "가" <= sign < "힣":
            # The next syllable mostly differs in its final consonant alone.
            signs[at] = chr(ord(sign) + 1)
    return "".join(signs)


def casing(text: str, around: Around) -> str:
    """Shouted, whispered, or as if every word were a name."""
    ways = (str.upper, str.lower, str.title, str.swapcase, str.capitalize)
    return around.dice.choice(ways)(text)


def look(text: str, around: Around) -> str:
    """The same letters in other code points, as phones and editors put them."""
    ways: tuple[Callable[[str], str], ...] = (
        lambda said: said.replace(" ", "\u00a0"),
        lambda said: said.replace(" ", "  "),
        lambda said: said.replace(" ", "\u2009").replace("-", "\u2011"),
        lambda said: said.replace(" ", " \u200b"),
        lambda said: unicodedata.normalize("NFD", said),
        lambda said: unicodedata.normalize("NFKC", said),
    )
    typographic = text.replace("'", "’").replace("...", "…")
    typographic = re.sub(r'"([^"\n]*)"', r"“\1”", typographic)
    return around.dice.choice(ways)(typographic)


def emoji(text: str, around: Around) -> str:
    """Feelings at either end, drawn or in punctuation."""
    dice = around.dice
    faces = "".join(dice.choices(anybody("faces"), k=dice.randint(1, 4)))
    way = dice.random()
    if way < 0.5:
        return f"{text} {faces}"
    if way < 0.75:
        return f"{faces} {text}"
    return text.rstrip(".! ") + dice.choice(anybody("marks"))


def greeting(text: str, around: Around) -> str:
    """Manners before."""
    between = around.dice.choice(("\n\n", "\n", " "))
    return around.dice.choice(around.speech.greetings) + between + text


def device(text: str, around: Around) -> str:
    """What an app adds about the machine, below, above or inside."""
    way = around.dice.random()
    if way < 0.4:
        bracket = _filled(around.dice.choice(anybody("brackets")), around)
        if way < 0.1 and ". " in text:
            return text.replace(". ", f"{bracket}. ", 1)
        return text + bracket
    lines = _filled(around.dice.choice(around.speech.devices), around)
    return f"{lines}\n\n{text}" if way > 0.9 else f"{text}\n\n{lines}"


def signature(text: str, around: Around) -> str:
    """Manners after."""
    return f"{text}\n\n{_filled(around.dice.choice(around.speech.farewells), around)}"


def quote(text: str, around: Around) -> str:
    """A reply, with what somebody else wrote below."""
    head = _filled(around.dice.choice(around.speech.replies), around)
    other = around.dice.choice(around.texts)[:QUOTED]
    below = "\n".join(f"> {line}" for line in other.split("\n"))
    return f"{text}\n\n{head}\n{below}"


def _filled(form: str, around: Around) -> str:
    """A form's blanks filled; / parts its lines."""
    dice = around.dice
    return form.replace("/", "\n").format(
        name=dice.choice(anybody("names")),
        phone=dice.choice(anybody("phones")),
        system=dice.choice(anybody("systems")),
        day=dice.choice(anybody("days")),
        hour=f"{dice.randint(0, 23):02}:{dice.randint(0, 59):02}",
        version=f"{dice.randint(1, 14)}.{dice.randint(0, 30)}.{dice.randint(0, 9)}",
    )


Edit = Callable[[str, Around], str]

EDITS: dict[str, tuple[Edit, float]] = {
    "other words": (other_words, 11),
    "order": (order, 12),
    "truncation": (truncation, 9),
    "fragment": (fragment, 8),
    "typos": (typos, 15),
    "casing": (casing, 9),
    "look": (look, 4),
    "emoji": (emoji, 10),
    "greeting": (greeting, 8),
    "device": (device, 8),
    "signature": (signature, 8),
    "quote": (quote, 5),
}
"""Every kind and how often it comes, in the order they are made: wording first."""


def rewritten(text: str, around: Around) -> tuple[str, tuple[str, ...]]:
    """Return the text edited in one to three ways, and those that changed it."""
    names = list(EDITS)
    shares = [share for _, share in EDITS.values()]
    while True:
        wanted = around.dice.choices((1, 2, 3), (42, 40, 18))[0]
        drawn: set[str] = set()
        while len(drawn) < wanted:
            drawn.update(around.dice.choices(names, shares))
        now, made = text, []
        for name in names:
            before = now
            if name in drawn:
                now = EDITS[name][0](before, around)
            if now != before:
                made.append(name)
        # Some say nothing to some texts: one word has no order.
        if now != text:
            return now, tuple(made)
