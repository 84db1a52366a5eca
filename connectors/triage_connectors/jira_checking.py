"""What Jira says of our account and of the project it plans in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.connector import ConfigError, Report
from triage_connectors import payload
from triage_connectors.jira_api import AT_ONCE, Site

if TYPE_CHECKING:
    from triage_connectors.jira import Jira


async def report(site: Site, settings: Jira) -> Report:
    """
    Return whose token it is and what it may create.

    Raises:
        SignInFailed: The token is nobody's.
        ConfigError: The account sees no such project, or no such type of issue there.
    """
    me = payload.found(await site.get("rest/api/3/myself"))
    kinds = await _kinds(site, settings.project)
    if kinds and settings.issue_type.casefold() not in map(str.casefold, kinds):
        raise ConfigError(
            f"{settings.project} has no type of issue {settings.issue_type!r}; set"
            f" issue_type to one of: {', '.join(kinds)}"
        )
    may = "create issues, comment and link, where the project lets the account"
    facts = {
        "files in": f"{settings.project}, as {settings.issue_type}",
        "may": may
        if kinds
        else "comment and link at most: it may create no issues in the project",
        "statuses": "by category; done with another resolution than Done or Fixed is"
        " what the setting statuses says",
    }
    name = payload.text(me, "displayName") or settings.email
    return Report(account=f"{name} at {site.host}", facts=facts)


async def _kinds(site: Site, project: str) -> list[str]:
    """The types of issues the account may create there."""
    answer = await site.get(
        f"rest/api/3/issue/createmeta/{project}/issuetypes",
        missing=True,
        maxResults=AT_ONCE,
    )
    if answer.status == 404:
        raise ConfigError(
            f"the account of the token sees no project {project!r} at {site.host}; look"
            " at the setting project, and whether the account may browse it"
        )
    told = payload.found(answer)
    return [payload.text(one, "name") for one in payload.inside(told, "issueTypes")]
