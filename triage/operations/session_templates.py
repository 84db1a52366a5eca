"""What a person begins a session with: a text for each kind, to be filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from triage.model import Channel
from triage.operations.session_fields import moment_written
from triage.research import Guide

_ABOVE: Mapping[Channel, tuple[str, ...]] = {
    Channel.INTERVIEW: ("asked", "understood", "surprise", "place", "device"),
    Channel.USABILITY: ("task", "success", "time on task", "device", "surprise"),
    Channel.OBSERVATION: ("place", "device", "noise", "hurry", "software", "surprise"),
    Channel.FOCUS_GROUP: ("asked", "surprise", "place"),
    Channel.VISIT: ("place", "device", "software", "surprise"),
    Channel.CONCEPT_TEST: ("concept", "asked", "understood", "surprise"),
    Channel.PRICING: ("too cheap", "cheap", "expensive", "too expensive"),
    Channel.SURVEY: ("asked", "rating", "scale", "metric"),
    Channel.NOTE: (),
}
"""What is asked above the text, beside who, when and what they agreed to."""

_HOW = "Mark what matters: ==an hour== {frustrated 2 #export need}"

_BELOW: Mapping[Channel, str] = {
    Channel.INTERVIEW: f"""\
<!-- What they said, in their words. Ask about the last time it happened;
     leave silences; let them end with what nobody asked about.
     {_HOW} -->
""",
    Channel.USABILITY: f"""\
<!-- success: yes, partly or no. time on task: 95 s, 2 min or 1:35.
     {_HOW} -->

## What they tried

## Where they got stuck

## What they said
""",
    Channel.OBSERVATION: f"""\
<!-- What they did and used, in order: not what they said about it.
     {_HOW} -->

## What they did

## What went on around them

## What they got round, and how
""",
    Channel.FOCUS_GROUP: f"""\
<!-- participant: who took part, as in “Ana, Ben, P3”. Each voice on a line of
     its own, “Ana: …”, so that a quote shows whose it is.
     {_HOW} -->

<!-- Who said nothing, and what did everybody agree on too soon? -->
""",
    Channel.VISIT: f"""\
<!-- {_HOW} -->

## What they showed us

## What they said

## What stood on the desk and the wall
""",
    Channel.CONCEPT_TEST: f"""\
<!-- Let them say first what they think it is for.
     {_HOW} -->

## What they took it to be

## What they would use it for

## What held them back
""",
    Channel.PRICING: """\
<!-- The prices above, in one currency, for one thing and one period:
     too cheap: so low that you would doubt its quality
     cheap: a bargain, a great buy for the money
     expensive: getting expensive, and you would still think about it
     too expensive: so expensive that you would not consider it -->

## Why these prices
""",
    Channel.SURVEY: """\
<!-- metric: nps (scale: 0-10), csat or ces with the scale it was asked on.
     Below: what they wrote, in their words. -->
""",
    Channel.NOTE: f"""\
<!-- What you heard or saw. {_HOW} -->
""",
}

_LISTED = re.compile(r"^\s*(?:[-*+•]|\d+[.)])?\s*(?:\[[ xX]\]\s*)?(.+\?)\s*$")


def template(kind: Channel, at: datetime, guide: Guide | None = None) -> str:
    """
    The text a person begins a session of this kind with.

    Args:
        at: Now, which is when most write down what they have just heard.
        guide: Its questions stand in the text, in order.
    """
    named = f" {guide.name}" if guide else ""
    above = [
        f"kind: {kind.replace('_', ' ')}",
        f"date: {moment_written(at.replace(second=0, microsecond=0))}",
        "participant:",
        "company:",
        "segment:",
        "consent:",
        f"guide:{named}",
        *(f"{name}:" for name in _ABOVE[kind]),
        "follow-ups:",
        "- [ ]",
    ]
    hint = "# consent: no, anonymous, named; empty: nobody asked, so nothing leaves"
    below = _BELOW[kind]
    if guide is not None:
        asked = "".join(f"\n## {one}\n" for one in questions(guide.text))
        below = f"<!-- {_HOW} -->\n{asked}"
    return "\n".join(("---", *above[:5], hint, *above[5:], "---", "", below))


def questions(text: str) -> list[str]:
    """The questions of a guide: its lines that end in a question mark."""
    found = (_LISTED.match(line.lstrip("#").strip()) for line in text.splitlines())
    return [match[1].strip() for match in found if match]
