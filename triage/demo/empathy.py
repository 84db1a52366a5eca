"""The demo's personas, and what its PMs wrote on their maps."""

from __future__ import annotations

from dataclasses import dataclass

from triage.empathy import Area
from triage.research import Feeling, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedNote:
    """
    Something on a persona's map.

    Attributes:
        quotes: Beginnings of the passages it cites; none where it is inferred.
    """

    area: Area
    text: str
    quotes: tuple[str, ...] = ()
    by: str = "dana"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPersona:
    """A persona as somebody made it, so many days ago."""

    name: str
    query: str
    role: str
    days: float
    by: str
    reviewed: float
    notes: tuple[PlannedNote, ...] = ()


PERSONAS: tuple[PlannedPersona, ...] = (
    PlannedPersona(
        name="Astrid, the analyst",
        query="segment:enterprise,mid-market",
        role="Writes reports of hundreds of pages that a regulator or a board waits for",
        days=30,
        by="dana",
        reviewed=8,
        notes=(
            PlannedNote(
                area=Area.SAYS,
                text="The last hour before a deadline must not fail",
                quotes=("The last hour before",),
            ),
            PlannedNote(
                area=Area.SAYS,
                text="Rather wait an hour and know than ten minutes and not know",
                quotes=("I would rather wait",),
            ),
            PlannedNote(
                area=Area.THINKS, text="Whoever watches the bar is to blame if it stops"
            ),
            PlannedNote(
                area=Area.DOES,
                text="Cuts the report into three and glues it together by hand",
                quotes=("So I cut it into three",),
            ),
            PlannedNote(
                area=Area.DOES,
                text="Does not touch the machine while it exports",
                quotes=("I press it and then",),
            ),
            PlannedNote(
                area=Area.FEELS,
                text="Watched, for as long as the export runs",
                quotes=("I press it and then", "Is it doing anything"),
            ),
            PlannedNote(
                area=Area.PAINS,
                text="Nobody can tell whether an export works or is dead",
                quotes=("Is it doing anything",),
                by="jon",
            ),
            PlannedNote(
                area=Area.PAINS,
                text="A shared section lets others change what stands above it",
                quotes=("I found out from legal",),
            ),
            PlannedNote(
                area=Area.GAINS,
                text="A month in which nobody remembers the report",
                quotes=("A good month is one",),
            ),
            PlannedNote(
                area=Area.GOALS,
                text="Send a report that stays as it was sent",
                quotes=("I want to hand out a draft",),
            ),
            PlannedNote(
                area=Area.CONTEXTS,
                text="Two screens, an open plan office, a deadline at six",
            ),
            PlannedNote(
                area=Area.PREFERENCES,
                text="Slow and certain before fast and unsure",
                quotes=("I would rather wait",),
            ),
        ),
    ),
    PlannedPersona(
        name="Paul, the producer",
        query="segment:agency",
        role="Runs twenty client projects; lives by reviews, permissions and invoices",
        days=21,
        by="dana",
        reviewed=21,
        notes=(
            PlannedNote(
                area=Area.SAYS,
                text="Clients will not make an account to leave one comment",
                quotes=("Clients will not make",),
            ),
            PlannedNote(
                area=Area.THINKS,
                text="A lost comment costs the client, not the comment",
                quotes=("What I sell is that",),
            ),
            PlannedNote(
                area=Area.DOES,
                text="Types the client's handwriting from photographs",
                quotes=("Clients will not make",),
            ),
            PlannedNote(
                area=Area.FEELS, text="Ashamed to ask clients for one more account"
            ),
            PlannedNote(
                area=Area.PAINS,
                text="Every footer is typed again on Thursdays",
                quotes=("Twenty clients, and every",),
            ),
            PlannedNote(
                area=Area.GAINS,
                text="Comments that just arrive",
                quotes=("Folioform's comments just",),
            ),
        ),
    ),
    PlannedPersona(
        name="Wren, the writer",
        query="segment:individual,education",
        role="Writes a book or a thesis alone, on trains and at night, and pays for it",
        days=15,
        by="jon",
        reviewed=15,
        notes=(
            PlannedNote(
                area=Area.SAYS,
                text="It is the only place where she is a writer",
                quotes=("It is the only place",),
                by="jon",
            ),
            PlannedNote(
                area=Area.DOES,
                text="Mails every chapter to herself before closing the lid",
                quotes=("Now I mail every chapter",),
                by="jon",
            ),
            PlannedNote(
                area=Area.FEELS,
                text="Betrayed, once a chapter was gone",
                quotes=("I came home and the laptop",),
                by="jon",
            ),
            PlannedNote(
                area=Area.THINKS, text="Paying more would make it safer", by="jon"
            ),
            PlannedNote(
                area=Area.PAINS,
                text="An older copy replaces a newer one",
                quotes=("I came home and the laptop",),
                by="jon",
            ),
        ),
    ),
    PlannedPersona(
        name="Ilse, the administrator",
        query="segment:administrator",
        role="Would roll it out to four hundred people, if anybody like her spoke to us",
        days=5,
        by="jon",
        reviewed=5,
        notes=(
            PlannedNote(
                area=Area.THINKS,
                text="One more tool that nobody asked her about",
                by="jon",
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Underlined:
    """
    A passage of what customers sent, underlined a day or two after it came.

    Attributes:
        query: Finds the feedback, in words of its own.
    """

    query: str
    passage: str
    aspect: str
    stance: Stance
    feeling: Feeling
    intensity: int = 1
    competitor: str = "Quillmark"
    by: str = "dana"


UNDERLINED = (
    Underlined(
        query='"For that price I would have to think"',
        passage="For that price I would have to think about it",
        aspect="price", stance=Stance.BETTER, feeling=Feeling.HOPEFUL,
    ),
    Underlined(
        query='"costs half as much since this month"',
        passage="quillmark costs half as much since this month",
        aspect="price", stance=Stance.BETTER, feeling=Feeling.DISAPPOINTED, by="jon",
    ),
    Underlined(
        query='"their seat is half of yours"',
        passage="their seat is half of yours",
        aspect="price", stance=Stance.BETTER, feeling=Feeling.WORRIED, intensity=2,
    ),
    Underlined(
        query='"ein Drittel weniger kostet"',
        passage="das für dieselben Plätze ein Drittel weniger kostet",
        aspect="price", stance=Stance.BETTER, feeling=Feeling.WORRIED,
    ),
    Underlined(
        query='"treading on each other"',
        passage="two of us could not open one chapter without treading on each other",
        aspect="sharing", stance=Stance.WORSE, feeling=Feeling.RELIEVED, intensity=2,
    ),
)  # fmt: skip
"""Where customers put us beside somebody, in writing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedListening:
    """Time somebody took to hear customers: so many of those who spoke before."""

    days: float
    by: str
    minutes: float
    heard: int
    noted: int = 0


LISTENINGS = (
    PlannedListening(days=50, by="jon", minutes=30, heard=16, noted=1),
    PlannedListening(days=43, by="dana", minutes=40, heard=21, noted=4),
    PlannedListening(days=36, by="dana", minutes=20, heard=12, noted=1),
    PlannedListening(days=22, by="dana", minutes=20, heard=14, noted=2),
    PlannedListening(days=15, by="jon", minutes=25, heard=18, noted=1),
    PlannedListening(days=9, by="dana", minutes=15, heard=11, noted=3),
    PlannedListening(days=4, by="dana", minutes=20, heard=13, noted=2),
)
"""No week is like another, and one has none."""
