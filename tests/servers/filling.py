"""Much of the same in a made-up service, for what is measured."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

_REPLIES = ((2, 2), (0, 0), (2, 2), (3, 3), (3, 3))
"""Of customer and agents behind an opening: 3 and 2 on average with it."""


def talked(desk: Any, conversations: int, by: Any) -> int:
    """
    Have a desk of tickets hold so many, changed lately; how many rows a pull brings.

    Args:
        by: Who of our side answers.
    """
    rows = 0
    for number in range(conversations):
        desk.now += timedelta(seconds=1)
        ticket = desk.open("The export loses all my tags since the update.")
        customers, agents = _REPLIES[number % len(_REPLIES)]
        for turn in range(max(customers, agents)):
            desk.say(ticket, f"It still does, {turn}.")
            desk.say(ticket, f"We look into it, {turn}.", by=by)
        rows += 1 + customers + agents
    desk.now += timedelta(hours=1)
    return rows


def answered_in_a_day(service: Any, responses: int) -> int:
    """Have a service of surveys hold so many responses of its last day; as many."""
    end = service.now
    begin, step = end - timedelta(days=1), timedelta(days=1) / responses
    for number in range(responses):
        service.now = begin + number * step
        service.add()
    service.now = end
    return responses
