"""A story is one thing customers say, in all the words they say it with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from triage.connector import Channel

_TELLING = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_FIRST_SENTENCE = re.compile(r"\s*(.{4,}?(?:[.!?…](?=\s|$)|[。！？]|\n|$))", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """
    One way to say it, as a person wrote it.

    Attributes:
        quote: The telling words, found verbatim in ``text``.
        rating: Stars 1-5 in a review, 0-10 in a survey, else None.
        by: Persona whose life the words betray; empty where anybody could say so.
        who: Name of the one person who can have said it; empty where it is open.
        store: Which app store, for reviews.
        echo: How many others post it nearly word for word (a copied call, a petition).
        consent: What the one heard in person agreed to; "" where nobody was asked.
    """

    text: str
    channel: Channel
    language: str = "en"
    title: str = ""
    rating: int | None = None
    quote: str = ""
    by: str = ""
    who: str = ""
    store: str = ""
    echo: int = 0
    consent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """
    One thing customers say.

    Attributes:
        title: How a PM would name it.
        since: Days ago of the earliest feedback.
        until: Days ago of the latest.
        shape: How it spreads between the two: steady, rising or fading.
        importance: 0-3, what a PM would give a typical quote.
        wish: Asks for something new; else something is broken.
    """

    key: str
    title: str
    area: str
    wordings: tuple[Wording, ...]
    since: int = 176
    until: int = 0
    shape: str = "steady"
    importance: int = 2
    wish: bool = False


def mail(
    title: str, text: str, language: str = "en", *, by: str = "", who: str = ""
) -> Wording:
    """A mail to the support mailbox."""
    words, quote = _read(text)
    return Wording(
        text=words,
        quote=quote,
        channel=Channel.EMAIL,
        language=language,
        title=title,
        by=by,
        who=who,
    )


def ticket(
    title: str, text: str, language: str = "en", *, by: str = "", who: str = ""
) -> Wording:
    """A request typed into the help desk's form."""
    words, quote = _read(text)
    return Wording(
        text=words,
        quote=quote,
        channel=Channel.TICKET,
        language=language,
        title=title,
        by=by,
        who=who,
    )


def ios(
    stars: int,
    title: str,
    text: str,
    language: str = "en",
    *,
    by: str = "",
) -> Wording:
    """A review in Apple's store, which always has a title."""
    words, quote = _read(text)
    return Wording(
        text=words,
        quote=quote,
        channel=Channel.REVIEW,
        language=language,
        title=title,
        rating=stars,
        by=by,
        store="app-store",
    )


def play(stars: int, text: str, language: str = "en", *, by: str = "") -> Wording:
    """A review in Google's store, which never has a title."""
    words, quote = _read(text)
    return Wording(
        text=words,
        quote=quote,
        channel=Channel.REVIEW,
        language=language,
        rating=stars,
        by=by,
        store="play",
    )


def survey(score: int, text: str, language: str = "en", *, by: str = "") -> Wording:
    """A comment under “how likely are you to recommend us, 0 to 10”."""
    words, quote = _read(text)
    return Wording(
        text=words,
        quote=quote,
        channel=Channel.SURVEY,
        language=language,
        rating=score,
        by=by,
    )


def post(text: str, language: str = "en", *, by: str = "", echo: int = 0) -> Wording:
    """A public post that mentions us."""
    words, quote = _read(text)
    return Wording(
        text=words,
        quote=quote,
        channel=Channel.SOCIAL,
        language=language,
        by=by,
        echo=echo,
    )


def talk(title: str, text: str, *, by: str, who: str, consent: str = "") -> Wording:
    """Notes from an interview, taken by us in English; "" where nobody asked."""
    words, quote = _read(text)
    return Wording(
        text=words,
        quote=quote,
        channel=Channel.INTERVIEW,
        title=title,
        by=by,
        who=who,
        consent=consent,
    )


def first_sentence(text: str) -> str:
    """The first sentence, verbatim, for words nobody has marked as telling."""
    found = _FIRST_SENTENCE.match(text)
    return found.group(1).strip() if found else text.strip()


def _read(text: str) -> tuple[str, str]:
    telling = _TELLING.search(text)
    words = _TELLING.sub(r"\1", text)
    return words, telling.group(1) if telling else first_sentence(words)
