"""When things were said: releases, survey waves, working hours."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta

from triage.connector import Channel
from triage.demo.dice import Dice
from triage.demo.story import Story, Wording

RELEASES = (
    ("5.0.2", 205.0),
    ("5.0.4", 162.0),
    ("5.1.0", 128.0),
    ("5.1.2", 92.0),
    ("5.2.0", 63.0),
    ("5.2.1", 49.5),
    ("5.2.2", 24.0),
    ("5.2.3", 8.0),
)
"""Versions and how many days ago they came out."""

WAVES = ((0.2, 13.5), (84.0, 97.5))
"""Days ago of the two rounds in which the survey was shown."""

_LEAN = {"rising": 0.45, "steady": 0.8, "fading": 2.0}
"""How far a story leans to its end; steady ones grow a little, as our customers do."""

_VERSION = re.compile(r"\b5\.\d\.\d\b")
_OFFICE = (Channel.EMAIL, Channel.TICKET, Channel.SURVEY, Channel.INTERVIEW)


def mentioned_version(text: str) -> str:
    """The newest version a text names, or nothing."""
    return max(_VERSION.findall(text), default="")


def days_ago(story: Story, wording: Wording, share: float, dice: Dice) -> float:
    """
    How long ago one wording of a story was said.

    Attributes:
        share: Where it stands among the wordings, 0 first to 1 last.
    """
    passed = math.pow(share, _LEAN[story.shape])
    days = story.since - (story.since - story.until) * passed
    if wording.channel is Channel.SURVEY:
        days = _in_a_wave(story, days, dice)
    version = mentioned_version(wording.text)
    if version:
        days = min(days, dict(RELEASES)[version] - dice.between(0.5, 3.0))
    return max(days, 0.05)


def _in_a_wave(story: Story, days: float, dice: Dice) -> float:
    waves = [w for w in WAVES if w[1] <= story.since and w[0] >= story.until - 1]
    if not waves:
        return days
    return dice.between(*dice.pick(waves))


def wave(days: float) -> str:
    """Which round of the survey this falls into."""
    return next((f"{low:.0f}" for low, high in WAVES if low <= days <= high), "between")


def version_at(days: float, story: Story, dice: Dice) -> str:
    """What somebody had installed: not everybody updates at once."""
    lag = dice.between(0.0, 9.0) * dice.roll()
    current = _current(days + lag)
    return max(current, _current(story.since))


def _current(days: float) -> str:
    out = [version for version, released in RELEASES if released >= days]
    return out[-1] if out else RELEASES[0][0]


def moment(days: float, channel: Channel, today: datetime, dice: Dice) -> datetime:
    """The time of day that goes with it: office hours for mail, evenings for reviews."""
    office = channel in _OFFICE
    hour = dice.between(7.0, 17.5) if office else dice.between(6.0, 22.5)
    midnight = (today - timedelta(days=days)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    at = midnight + timedelta(hours=hour)
    if office and at.weekday() > 4 and dice.chance(0.7):
        at += timedelta(days=7 - at.weekday())
    if at > today - timedelta(minutes=9):
        at = today - timedelta(minutes=9 + dice.below(620))
    return at.replace(second=dice.below(60), microsecond=0)
