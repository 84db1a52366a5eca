"""What a SurveyMonkey account says of itself before anything is pulled."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from triage.connector import Report, SignInFailed
from triage_connectors import payload
from triage_connectors.surveymonkey_api import A_DAY, A_MINUTE, RESPONSES, Api, missing

SHOWN: Final = 20
"""Surveys that are told one by one."""
NEEDED: Final = ("surveys_read", "responses_read_detail")


async def report(api: Api, surveys: Sequence[str]) -> Report:
    """
    Whose token it is, what it may read, and how many calls a first pull takes.

    Raises:
        SignInFailed: The token is nobody's, or its app lacks a scope.
        ConfigError: A survey that is named is not there.
    """
    me = await api.me()
    granted = payload.texts(payload.within(me, "scopes"), "granted")
    lacking = [one for one in NEEDED if granted and one not in granted]
    if lacking:
        raise SignInFailed(
            f"this token's app has no right to {' and '.join(lacking)}; give it the"
            " scopes View Surveys, View Responses and View Response Details"
        )
    listed = {payload.must_be_key(row): row for row in await api.surveys()}
    names = list(dict.fromkeys(surveys or listed))
    for name in names:
        if name not in listed:
            raise missing(name)
    if names and await api.responses(names[0], since=None, size=1) is None:
        raise missing(names[0])
    facts = {"surveys": f"{len(names)}"}
    counts = [payload.number(listed[name], "response_count") for name in names]
    for name, count in list(zip(names, counts, strict=True))[:SHOWN]:
        title = payload.text(listed[name], "title") or name
        facts[title] = "unknown" if count is None else f"{count:,.0f} responses"
    waiting = None
    if None not in counts:
        many = [int(count or 0) for count in counts]
        waiting = sum(many)
        calls = 1 + sum(1 + math.ceil(one / RESPONSES) for one in many if one)
        days = f", {math.ceil(calls / A_DAY)} days" if calls > A_DAY else ""
        facts["first pull"] = f"about {calls:,} calls for {waiting:,} responses{days}"
    facts["deletions"] = "SurveyMonkey does not tell which responses were deleted"
    facts["limit"] = (
        f"{A_MINUTE} calls a minute and {A_DAY} a day, unless it tells more"
    )
    facts["left today"] = f"{api.http.left(api.day):,} calls"
    who = payload.text(me, "email") or payload.text(me, "username")
    whose = who or "an account that does not say whose it is (scope View Users)"
    return Report(account=f"{whose} at SurveyMonkey", facts=facts, waiting=waiting)
