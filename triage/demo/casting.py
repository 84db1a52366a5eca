"""Who says what, how often and where: everything about a feedback but its date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from triage.connector import Channel, Kind
from triage.demo import voices
from triage.demo.cast import PUBLIC, Cast
from triage.demo.dice import Dice
from triage.demo.people import Person
from triage.demo.stories import STORIES
from triage.demo.story import Story, Wording
from triage.demo.timeline import days_ago, wave

SOURCES = {
    Channel.EMAIL: "support-mail",
    Channel.TICKET: "helpdesk",
    Channel.SURVEY: "nps-survey",
    Channel.SOCIAL: "social",
    Channel.INTERVIEW: "interviews",
}
_QUIET = ("Praise", "Noise", "Questions", "Support", "Security", "Other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    One feedback, still without a date.

    Attributes:
        key: What its external id is made from; never changes with the date.
        variant: Which wording of the story.
        how: first, again, elsewhere, colleague, echo, news, agent or away.
        opened_by: ``key`` of the first message of its thread.
        quote: Telling words, verbatim in ``body``.
        quoted: What it answers to, to be shown below it as quoted lines.
    """

    key: str
    story: Story
    variant: int
    how: str
    person: Person
    source: str
    channel: Channel
    kind: Kind
    days: float
    title: str
    body: str
    quote: str
    language: str
    rating: int | None
    opened_by: str
    quoted: str = ""

    @property
    def is_copy(self) -> bool:
        """True for what says its wording nearly word for word."""
        return self.how in ("first", "again", "elsewhere", "colleague", "echo")


def everything_said() -> tuple[Said, ...]:
    """Every feedback of the demo, oldest first, the same every time."""
    cast = Cast()
    said = [one for story in STORIES for one in _told(story, cast)]
    said.extend(_away(cast))
    return tuple(sorted(said, key=lambda one: (-one.days, one.key)))


def _told(story: Story, cast: Cast) -> Iterator[Said]:
    dice = Dice(f"order of {story.key}")
    order = dice.order(range(len(story.wordings)))
    named = sorted(order, key=lambda i: not story.wordings[i].who)
    turn = {variant: place for place, variant in enumerate(order)}
    for variant in named:
        share = (turn[variant] + dice.roll()) / len(order)
        first = _first(story, variant, share, cast)
        yield first
        yield from _echoes(first, cast)
        if story.area not in _QUIET:
            yield from _repeats(first, cast)


def _first(story: Story, variant: int, share: float, cast: Cast) -> Said:
    wording = story.wordings[variant]
    key = f"{story.key}/{variant}"
    dice = Dice(key)
    source = wording.store or SOURCES[wording.channel]
    days = days_ago(story, wording, share, dice)
    place = f"survey of {wave(days)}" if wording.channel is Channel.SURVEY else source
    person = cast.choose(story, wording, place, dice)
    text = _spelled(wording.text, wording, person)
    return Said(
        key=key,
        story=story,
        variant=variant,
        how="first",
        person=person,
        source=source,
        channel=wording.channel,
        kind=Kind.FEEDBACK,
        days=days,
        title=wording.title,
        body=_dressed(text, person, wording.language, wording.channel, dice),
        quote=_spelled(wording.quote, wording, person),
        language=wording.language,
        rating=wording.rating,
        opened_by=key,
    )


def _spelled(text: str, wording: Wording, person: Person) -> str:
    return text.replace("{device}", person.device_for(wording.store))


def _dressed(
    text: str, person: Person, language: str, channel: Channel, dice: Dice
) -> str:
    if channel is Channel.EMAIL:
        return voices.dressed(text, person, language, dice, 0.8)
    if channel is Channel.TICKET:
        return voices.dressed(text, person, language, dice, 0.2)
    return text


def _echoes(first: Said, cast: Cast) -> Iterator[Said]:
    """Others who post the same words: a petition, or a short text anybody writes."""
    wording = first.story.wordings[first.variant]
    dice = Dice(f"{first.key}/echo")
    anybody = wording.store == "play" and len(wording.text) < 60
    times = wording.echo or int(anybody and dice.chance(0.5))
    for n in range(times):
        person = cast.choose(first.story, wording, first.source, dice)
        days = max(first.days - dice.between(0.3, 12.0), 0.1)
        text = _spelled(wording.text, wording, person)
        body = voices.echoed(text, dice, petition=wording.echo > 0)
        yield replace(
            first,
            key=f"{first.key}/echo{n}",
            how="echo",
            person=person,
            days=days,
            body=body,
            quote=_still(first.quote, body),
            opened_by=f"{first.key}/echo{n}",
        )


def _repeats(first: Said, cast: Cast) -> Iterator[Said]:
    """What follows the first message: resent, posted elsewhere, chased, answered."""
    dice = Dice(f"{first.key}/repeats")
    loud = 1.7 if first.story.shape == "rising" else 1.0
    if first.channel in PUBLIC:
        posts_elsewhere = first.channel is Channel.REVIEW or first.person.email
        if dice.chance(0.16 * loud) and posts_elsewhere:
            yield _elsewhere(first, dice)
        return
    if first.channel not in (Channel.EMAIL, Channel.TICKET):
        return
    days = first.days - dice.between(3.2, 9.0)
    if days > 0 and dice.chance(0.16 * loud):
        yield _again(first, days, dice)
    elif days > 0 and dice.chance(0.16 * loud):
        yield _news(first, days, dice)
    often = len(first.story.wordings) > 2
    if often and first.channel is Channel.TICKET and dice.chance(0.22 * loud):
        yield from _colleague(first, cast, dice)
    if dice.chance(0.07 * loud):
        yield _elsewhere(first, dice)
    if first.channel is Channel.TICKET and first.days > 2 and dice.chance(0.14):
        yield _agent(first, dice)


def _again(first: Said, days: float, dice: Dice) -> Said:
    text = first.body
    if dice.chance(0.7):
        line = voices.spoken(voices.AGAIN, first.language, dice)
        text = f"{line}\n\n{text}"
    else:
        text = voices.mistyped(text, dice)
    return replace(
        first,
        key=f"{first.key}/again",
        how="again",
        days=days,
        body=text,
        quote=_still(first.quote, text),
    )


def _news(first: Said, days: float, dice: Dice) -> Said:
    broken = not first.story.wish and first.language in voices.WORSE
    lines = voices.WORSE if broken and dice.chance(0.5) else voices.NEWS
    text = voices.spoken(lines, first.language, dice)
    return replace(
        first,
        key=f"{first.key}/news",
        how="news",
        days=days,
        title=f"Re: {first.title}",
        body=text,
        quote=text,
        quoted=first.body if first.channel is Channel.EMAIL else "",
    )


def _colleague(first: Said, cast: Cast, dice: Dice) -> Iterator[Said]:
    person = cast.colleague(first.story, first.person, dice)
    if person is None:
        return
    line = voices.spoken(voices.COLLEAGUE, first.language, dice)
    wording = first.story.wordings[first.variant]
    text = f"{line}\n\n{wording.text}"
    yield replace(
        first,
        key=f"{first.key}/colleague",
        how="colleague",
        person=person,
        days=max(first.days - dice.between(0.2, 6.0), 0.1),
        body=_dressed(text, person, first.language, first.channel, dice),
        opened_by=f"{first.key}/colleague",
    )


def _elsewhere(first: Said, dice: Dice) -> Said:
    """The same person, the same words, another channel."""
    wording = first.story.wordings[first.variant]
    text = _spelled(wording.text, wording, first.person)
    channel = _other_channel(first)
    title = first.title
    if channel is Channel.SOCIAL:
        text = f"@papermoor {title.rstrip('.!')}. {text}" if title else text
        title = ""
    elif not title:
        title = " ".join(text.split()[:5]).rstrip(".,!:;")
    return replace(
        first,
        key=f"{first.key}/elsewhere",
        how="elsewhere",
        source=SOURCES[channel],
        channel=channel,
        days=max(first.days - dice.between(0.1, 4.0), 0.1),
        title=title,
        body=_dressed(text, first.person, first.language, channel, dice),
        rating=None,
        opened_by=f"{first.key}/elsewhere",
    )


def _other_channel(first: Said) -> Channel:
    if first.channel is Channel.EMAIL:
        return Channel.TICKET
    if first.channel is Channel.TICKET or first.person.email:
        return Channel.EMAIL
    return Channel.SOCIAL


def _agent(first: Said, dice: Dice) -> Said:
    about = "wish" if first.story.wish else "trouble"
    if first.story.area == "Billing":
        about = "money"
    text = dice.pick(voices.AGENT[about]).format(first=first.person.first_name)
    return replace(
        first,
        key=f"{first.key}/agent",
        how="agent",
        kind=Kind.AGENT,
        days=first.days - dice.between(0.6, 1.9),
        title=f"Re: {first.title}",
        body=text,
        quote="",
        language="en",
    )


def _away(cast: Cast) -> Iterator[Said]:
    story = Story(key="away", title="Out of office", area="Noise", wordings=())
    for language, days in (("en", 33.0), ("de", 12.0), ("fr", 71.0)):
        title, text = voices.AWAY[language]
        person = next(p for p in cast.people if p.company and p.language == language)
        yield Said(
            key=f"away/{language}",
            story=story,
            variant=0,
            how="away",
            person=person,
            source="support-mail",
            channel=Channel.EMAIL,
            kind=Kind.AUTO,
            days=days,
            title=title,
            body=f"{text}\n\n{person.name}\n{person.company}",
            quote="",
            language=language,
            rating=None,
            opened_by=f"away/{language}",
        )


def _still(quote: str, text: str) -> str:
    return quote if quote in text else text
