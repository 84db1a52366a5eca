"""What a Typeform account says of itself before anything is pulled."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from triage.connector import Report
from triage_connectors import payload
from triage_connectors.typeform_api import A_MINUTE, RESPONSES, Api, missing

COUNTED: Final = 20
"""Forms whose responses are counted, each with a question."""


async def report(api: Api, forms: Sequence[str], since: datetime | None) -> Report:
    """
    Whose token it is, what it may read, and how long a first pull takes.

    Raises:
        SignInFailed: The token is nobody's, or lacks a scope.
        ConfigError: A form that is named is not there.
    """
    me = await api.me()
    listed = {payload.must_be_key(row): row for row in await api.forms()}
    names = list(dict.fromkeys(forms or listed))
    counts: dict[str, int] = {}
    for name in names[:COUNTED]:
        answered = await api.responses(name, since=since, size=1)
        if answered is None:
            raise missing(name)
        counts[name] = answered[1]
    waiting = sum(counts.values()) if len(names) <= COUNTED else None
    facts = {"forms": f"{len(names)}"}
    for name, count in counts.items():
        title = payload.text(listed.get(name, {}), "title") or name
        facts[title] = f"{count:,} responses"
    seconds = None
    if waiting is not None:
        calls = 1 + sum(
            1 + max(1, math.ceil(count / RESPONSES)) for count in counts.values()
        )
        facts["first pull"] = f"about {calls:,} calls for {waiting:,} responses"
        seconds = calls / A_MINUTE * 60
    facts["deletions"] = "Typeform does not tell which responses were deleted"
    facts["limit"] = f"{A_MINUTE} calls a minute"
    who = payload.text(me, "email") or payload.text(me, "alias")
    whose = who or "an account that does not say whose it is (scope accounts:read)"
    return Report(
        account=f"{whose} at Typeform", facts=facts, waiting=waiting, seconds=seconds
    )
