"""Responses to surveys of SurveyMonkey: what people wrote, how they rated."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from triage.connector import ConfigError, Cursor, Page, Report, Secret
from triage_connectors import surveymonkey_checking
from triage_connectors.survey import check_metric, check_region
from triage_connectors.surveymonkey_api import HOSTS, NAME, Api
from triage_connectors.surveymonkey_pull import Pull, left
from triage_connectors.surveymonkey_responses import Reader

if TYPE_CHECKING:
    from triage.transport import Http


@dataclass(frozen=True, slots=True)
class SurveyMonkey:
    """
    Responses to surveys of SurveyMonkey, as they are edited too.

    Open answers are a response's words, the first NPS or scale its rating; what else
    was chosen is kept beside it. SurveyMonkey does not tell which responses were
    deleted, and lets an app ask 500 times a day.

    Attributes:
        token: The access token of an app of yours with the scopes View Surveys, View
            Responses and View Response Details.
        surveys: Which surveys, by number; all where empty.
        region: Where the account's data lies: us, eu or ca.
        fields: Our name = a custom variable, a contact's field, or a question's number:
            author, email, company, version, language, plan, revenue or any other;
            rating = the question whose answer is the rating.
        metric: What scales that are no NPS measure: csat, ces, nps or stars.
        partial: Whether surveys that were left half-way are read as well.
        since: The first pull begins with responses changed since.
    """

    summary: ClassVar[str] = "Responses to surveys of SurveyMonkey: open answers, NPS"

    token: Secret
    surveys: tuple[str, ...] = ()
    region: str = "us"
    fields: Mapping[str, str] = field(default_factory=dict)
    metric: str = "csat"
    partial: bool = False
    since: datetime | None = None

    def __post_init__(self) -> None:
        check_region(self.region, HOSTS)
        for name in self.surveys:
            if not NAME.fullmatch(name):
                raise ConfigError(
                    f"{name!r} is no survey; its number is meant, such as 105723396"
                )
        check_metric(self.metric)

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield each survey's responses changed since, an hour of them once more."""
        here = left(cursor, http.now())
        reader = Reader(self.fields, self.metric)
        pull = Pull(
            Api.at(http, self.region, self.token),
            reader,
            here,
            self.since,
            self.surveys,
            self.partial,
        )
        async for page in pull.pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose token it is, and how much there is in which surveys."""
        api = Api.at(http, self.region, self.token)
        return await surveymonkey_checking.report(api, self.surveys)
