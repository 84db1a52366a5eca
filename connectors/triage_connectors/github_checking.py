"""What GitHub says of its repositories before anything is pulled."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from triage.connector import Report
from triage_connectors import payload
from triage_connectors.github_api import HOME, ROWS, Api, repository
from triage_connectors.github_queries import DISCUSSIONS, THERE

_LAST: Final = re.compile(r"[?&]page=(\d{1,9})[^<>]*>;\s*rel=\"last\"")


async def report(
    api: Api,
    address: str,
    repos: Sequence[str],
    since: datetime | None,
    *,
    discussions: bool,
) -> Report:
    """
    Whose token it is, what it may read, and how many calls a first pull takes.

    Raises:
        SignInFailed: The token is nobody's, or may not read that.
        ConfigError: There is no such repository.
    """
    facts: dict[str, str] = {}
    login, calls, talks, left = "", 0, 0, ""
    for repo in repos:
        owner, _, name = repo.partition("/")
        data = await api.asked(THERE, "There", {"owner": owner, "name": name})
        found = repository(data, repo)
        login = payload.text(payload.within(data, "viewer"), "login") or login
        left = _left(payload.within(data, "rateLimit")) or left
        issues = _count(found, "issues")
        asked = _count(found, "discussions") if discussions else 0
        comments = await _comments(api, repo) if issues else 0
        facts[repo] = _there(found, issues, comments, asked, discussions=discussions)
        # Pages begin once more with the last row of the one before.
        calls += sum(math.ceil(many / (ROWS - 1)) for many in (issues, comments))
        calls += math.ceil(asked / DISCUSSIONS)
        talks += issues + asked
    reach = f", fewer since {since:%F}" if since else ""
    facts["first pull"] = f"about {calls:,} calls for {talks:,} conversations{reach}"
    facts["deletions"] = "told by webhooks alone: no list of GitHub's shows them"
    if left:
        facts["left this hour"] = left
    where = "GitHub" if address.strip().rstrip("/") == HOME else address
    return Report(account=f"{login or 'a token'} at {where}", facts=facts)


async def _comments(api: Api, repo: str) -> int:
    """How many comments there are: as many pages of one row."""
    answer = await api.answered(
        f"repos/{repo}/issues/comments", {"per_page": 1}, allow={410}
    )
    if answer.status == 410:
        return 0
    last = _LAST.search(answer.headers.get("link", ""))
    return int(last[1]) if last else len(payload.listed(answer))


def _there(
    found: payload.Values, issues: int, comments: int, asked: int, *, discussions: bool
) -> str:
    told = f"{issues:,} issues, {comments:,} comments with those to pull requests"
    if not discussions:
        return told
    if found.get("hasDiscussionsEnabled") is not True:
        return f"{told}, discussions are switched off"
    return f"{told}, {asked:,} discussions"


def _count(found: payload.Values, name: str) -> int:
    return int(payload.number(payload.within(found, name), "totalCount") or 0)


def _left(limit: dict[str, Any]) -> str:
    left, of = payload.number(limit, "remaining"), payload.number(limit, "limit")
    if left is None or of is None:
        return ""
    return f"{left:,.0f} of {of:,.0f} points for discussions"
