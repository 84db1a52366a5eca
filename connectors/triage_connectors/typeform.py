"""Responses to Typeforms: what people wrote, how they rated, who they were."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from triage.connector import (
    ConfigError,
    Cursor,
    Incoming,
    Page,
    Push,
    Report,
    Secret,
)
from triage_connectors import payload, pushed, typeform_checking
from triage_connectors.survey import check_metric, check_region
from triage_connectors.typeform_api import HOSTS, NAME, Api
from triage_connectors.typeform_pull import Pull, left
from triage_connectors.typeform_responses import Reader, submitted_at

if TYPE_CHECKING:
    from triage.transport import Http

_SIGNATURE: Final = "typeform-signature"
_AT_ONCE: Final = 100
"""Responses a question may name."""


@dataclass(frozen=True, slots=True)
class Typeform:
    """
    Responses to Typeforms that were sent in whole.

    Open answers are a response's words, the first NPS or scale its rating; what else
    was answered is kept beside it. Typeform does not tell which responses were deleted.

    Attributes:
        token: A personal access token with the scopes forms:read and responses:read.
        forms: Which forms, by the end of their address (u6nXL7); all where empty.
        region: Where the account's data lies: us, eu, or typeform.eu for the newer
            European accounts.
        fields: Our name = a hidden field, or a question's ref: author, email, company,
            version, language, plan, revenue or any other; rating = the question whose
            answer is the rating.
        metric: What opinion scales and ratings measure: csat, ces, nps or stars.
        since: The first pull begins with responses sent in since.
        webhook_secret: What the forms' webhooks are signed with.
    """

    summary: ClassVar[str] = "Responses to Typeforms: open answers, NPS and ratings"

    token: Secret
    forms: tuple[str, ...] = ()
    region: str = "us"
    fields: Mapping[str, str] = field(default_factory=dict)
    metric: str = "csat"
    since: datetime | None = None
    webhook_secret: Secret | None = None

    def __post_init__(self) -> None:
        check_region(self.region, HOSTS)
        for name in self.forms:
            if not NAME.fullmatch(name):
                raise ConfigError(
                    f"{name!r} is no form; of https://acme.typeform.com/to/u6nXL7 it is"
                    " u6nXL7"
                )
        check_metric(self.metric)

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield each form's responses since, an hour of them once more."""
        here = left(cursor, http.now())
        pull = Pull(self._api(http), self._reader, here, self.since, self.forms)
        async for page in pull.pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose token it is, and how much there is in which forms."""
        return await typeform_checking.report(self._api(http), self.forms, self.since)

    def push(self, headers: Mapping[str, str], body: bytes) -> Push:
        """
        Return which response a form's webhook tells of.

        Typeform signs the body alone, with HMAC-SHA256 in base64, and no time: one that
        is sent again changes nothing, for the response is fetched.
        """
        digest = base64.b64encode(pushed.digest(self.webhook_secret, body)).decode()
        pushed.must_match(headers.get(_SIGNATURE, ""), f"sha256={digest}")
        delivery, about = _told(body)
        form = about.partition("/")[0]
        wanted = about and (not self.forms or form in self.forms)
        return Push(delivery or digest, [about] if wanted else [])

    async def fetch(self, http: Http, about: Sequence[str]) -> Page:
        """
        Return those responses.

        One that Typeform does not give yet comes with the next pull.
        """
        api, said = self._api(http), list[Incoming]()
        forms: dict[str, list[str]] = {}
        for one in dict.fromkeys(about):
            name, _, response = one.partition("/")
            if NAME.fullmatch(name) and NAME.fullmatch(response):
                forms.setdefault(name, []).append(response)
        for name, responses in forms.items():
            form = await api.form(name)
            for first in range(0, len(responses) if form else 0, _AT_ONCE):
                only = responses[first : first + _AT_ONCE]
                answered = await api.responses(name, only=only)
                rows = [] if answered is None else answered[0]
                assert form is not None
                said += [
                    self._reader.incoming(form, row)
                    for row in rows
                    if submitted_at(row)
                ]
        return Page(said, None)

    @property
    def _reader(self) -> Reader:
        return Reader(self.fields, self.metric)

    def _api(self, http: Http) -> Api:
        return Api.at(http, self.region, self.token)


def _told(body: bytes) -> tuple[str, str]:
    """The delivery's name, and form and response it is about; "" where about none."""
    values = pushed.values(body)
    told = payload.within(values, "form_response")
    form, response = payload.text(told, "form_id"), payload.text(told, "token")
    found = NAME.fullmatch(form) and NAME.fullmatch(response)
    return payload.text(values, "event_id"), f"{form}/{response}" if found else ""
