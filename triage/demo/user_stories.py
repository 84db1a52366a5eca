"""User stories the demo's PMs have told from quotes, and one they only assume."""

from __future__ import annotations

from dataclasses import dataclass

from triage.operations.story_text import StoryText
from triage.planning import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStory:
    """
    A user story of a pain point.

    Attributes:
        cites: How many of its quotes it is told from, what matters most first.
    """

    pain: str
    text: StoryText
    cites: int
    days: float
    by: str


STORIES: tuple[PlannedStory, ...] = (
    PlannedStory(
        pain="sync",
        text=StoryText(
            role="writer with a laptop and a tablet",
            want="to be asked which text to keep",
            benefit="no device can undo my day",
            context="on trains, hours between two connections",
            criteria=(
                Criterion(
                    given="two devices that changed the same section offline",
                    when="the second one connects",
                    then="both texts are shown side by side and neither is lost",
                ),
            ),
        ),
        cites=2,
        days=32,
        by="jon",
    ),
    PlannedStory(
        pain="guests",
        text=StoryText(
            role="producer",
            want="to send my client one link to comment on",
            benefit="I stop being a very expensive keyboard",
            context="clients on a phone, who will not sign up for anything",
            criteria=(
                Criterion(
                    given="a client without an account",
                    when="they open the link",
                    then="they can comment at once, under the name they give",
                ),
                Criterion(
                    given="a link I have withdrawn",
                    when="somebody opens it",
                    then="they see that it is closed, and nothing of the project",
                ),
            ),
        ),
        cites=3,
        days=23,
        by="dana",
    ),
    PlannedStory(
        pain="export",
        text=StoryText(
            role="analyst with a 600-page report",
            want="the export to finish whatever its length",
            benefit="I can file on time",
            context="the last evening before a regulator's deadline",
            criteria=(
                Criterion(
                    given="a project of 1,200 pages on a laptop with 16 GB",
                    when="I export it to PDF or Word",
                    then="it is there within five minutes",
                ),
                Criterion(
                    given="an export that fails all the same",
                    when="I open the project again",
                    then="no edit is lost",
                ),
            ),
        ),
        cites=3,
        days=10,
        by="dana",
    ),
    PlannedStory(
        pain="control",
        text=StoryText(
            role="administrator",
            want="leavers locked out by our directory the same hour",
            benefit="I can sign the yearly audit",
            assumption=True,
        ),
        cites=0,
        days=9,
        by="mira",
    ),
)
