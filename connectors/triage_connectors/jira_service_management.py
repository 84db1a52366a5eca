"""Requests of Jira Service Management, with what customers and agents said in them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from triage.connector import ConfigError, Cursor, Page, Report, Secret
from triage_connectors import jira_service_management_checking
from triage_connectors.jira_service_management_api import Jira
from triage_connectors.jira_service_management_pull import Requests

if TYPE_CHECKING:
    from triage.transport import Http

_SITE: Final = re.compile(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*")
_PROJECT: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]+")


@dataclass(frozen=True, slots=True)
class JiraServiceManagement:
    """
    Requests in Jira Service Management Cloud: descriptions, public comments, ratings.

    What accounts of customers write is feedback, what others answer is kept as our own
    side's; internal comments are not stored. Jira does not tell what was deleted.

    Attributes:
        site: Where its people open it, acme.atlassian.net.
        email: The address of the account the token is of.
        token: An API token of that account.
        projects: Keys of the service projects that are read, as in SUP-12.
        own_domains: Domains our side writes from: then whoever has another address is
            a customer, be it with an Atlassian account of their own.
        fields: By our name ("company", "version", "plan", "revenue", any other) the
            name or id of the field that holds it.
        since: Requests last changed before are left out.
    """

    summary: ClassVar[str] = "Requests of Jira Service Management Cloud"

    site: str
    email: str
    token: Secret
    projects: tuple[str, ...]
    own_domains: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None

    def __post_init__(self) -> None:
        if not _SITE.fullmatch(self.host):
            raise ConfigError(
                f"{self.site!r} is no site; it looks like acme.atlassian.net",
                missing="site",
            )
        if not self.projects:
            raise ConfigError(
                "the setting projects is empty; name a service project, projects=SUP",
                missing="projects",
            )
        for key in self.projects:
            if not _PROJECT.fullmatch(key):
                raise ConfigError(
                    f"{key!r} is no key of a project; it is what stands before the"
                    " number, as in SUP-12"
                )

    @property
    def host(self) -> str:
        """The site alone, however its address was copied."""
        name = self.site.strip().lower().removeprefix("https://").partition("/")[0]
        return name if "." in name else f"{name}.atlassian.net"

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield the requests that changed since, in the order they changed."""
        async for page in Requests(self._jira(http), self).pages(cursor):
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose token it is, what it may see, and how much there is."""
        return await jira_service_management_checking.report(self._jira(http), self)

    def _jira(self, http: Http) -> Jira:
        return Jira(http, http.at(f"https://{self.host}"), (self.email, self.token))
