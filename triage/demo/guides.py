"""The demo's interview guides: one that asks well, one that nobody has looked over."""

from __future__ import annotations

from dataclasses import dataclass

from triage.model import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedGuide:
    """
    A guide as somebody wrote it, so many days ago.

    Attributes:
        text: In Markdown; "" for the one that Triage begins with.
    """

    name: str
    kind: Channel
    days: float
    by: str
    text: str = ""


GUIDES = (
    PlannedGuide(
        name="Client reviews",
        kind=Channel.INTERVIEW,
        days=30,
        by="dana",
        text="""\
---
kind: interview
language: en
minutes: 40
---

# Client reviews

> Before: say what becomes of their words, and ask for their consent.

## Their work

1. Tell me about the clients you write for.
2. Tell me about the last time you sent a draft to one of them.

## The story

3. What happened when their notes came back?
4. How did you get those notes into the text?
5. What was on your mind while the draft was out of your hands?
6. What else have you used for this? (How did that go?)

## Before we part

7. What surprised you when you told me this?
8. What should I have asked?
""",
    ),
    PlannedGuide(
        name="Guest links, think aloud", kind=Channel.USABILITY, days=23, by="jon"
    ),
    PlannedGuide(
        name="Prices, first draft",
        kind=Channel.PRICING,
        days=13,
        by="jon",
        text="""\
---
kind: pricing
language: en
---

# Prices, first draft

1. Don't you think that the new price is fair?
2. Would you pay more for templates and a faster export?
3. What do you pay for text today, and who decides about it?
4. How often do you usually use the export?
5. At what price a month would a seat be so cheap that you would doubt it?
6. Tell me about the last time you had to defend what you pay for it.
""",
    ),
)
