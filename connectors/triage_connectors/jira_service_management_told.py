"""What Jira tells of a request becomes feedback, our side's words, and ratings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from triage.connector import Incoming
from triage.text.mail_author import is_own
from triage_connectors import adf, desk, payload
from triage_connectors.desk import Talk, Who
from triage_connectors.jira_service_management_api import Fields

BROUGHT: Final = 20
"""Comments of a request a search brings along at least, where there are so many."""

_CATEGORY: Final = {"new": "new", "indeterminate": "open", "done": "solved"}
_STATUS: Final = {
    "waiting for customer": "pending", "pending": "pending", "on hold": "pending",
    "closed": "closed", "canceled": "closed", "cancelled": "closed",
    "declined": "closed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """
    One request as a search tells it.

    Attributes:
        host: The site it is on.
        own_domains: Domains our side writes from; empty where kinds of accounts decide.
    """

    row: Mapping[str, Any]
    fields: Fields
    host: str
    own_domains: Sequence[str] = ()

    @property
    def name(self) -> str:
        """Its id, which it keeps wherever it is moved."""
        return payload.must_be_key(self.row)

    @property
    def about(self) -> dict[str, Any]:
        """What its fields hold."""
        return payload.within(self.row, "fields")

    @property
    def comments(self) -> list[dict[str, Any]]:
        """The comments a search brings along, which may not be all."""
        return payload.rows(payload.within(self.about, "comment"), "comments")

    @property
    def is_cut(self) -> bool:
        """Whether it has, or may have, more comments than came with it."""
        total = payload.number(payload.within(self.about, "comment"), "total")
        brought = len(self.comments)
        return brought >= BROUGHT or (total is not None and total > brought)

    @property
    def rating(self) -> float | None:
        """How satisfied its customer was, from 1 to 5; None before they say so."""
        told = payload.within(self.about, self.fields.rating)
        return payload.number(told, "rating") if self.fields.rating else None

    def told(
        self, comments: Sequence[payload.Values], feedback: payload.Values
    ) -> list[Incoming]:
        """Return all that was said in it for everybody to read, and its rating."""
        talk, reporter = self._talk(), payload.within(self.about, "reporter")
        found = [self._opening(talk, reporter)]
        for comment in comments:
            if comment.get("jsdPublic") is not True or comment.get("visibility"):
                continue
            at = payload.must_be_moment(comment, "created")
            edited = payload.moment(comment, "updated")
            found.append(
                talk.said(
                    payload.must_be_key(comment),
                    self._who(payload.within(comment, "author")),
                    adf.to_text(comment.get("body")),
                    at,
                    raw=_kept(comment),
                    edited_at=edited if edited and edited > at else None,
                )
            )
        rating = payload.number(feedback, "rating") or self.rating
        if rating:
            when = payload.moment(self.about, self.fields.rated_at)
            found.append(
                talk.rated(
                    f"csat {self.name}",
                    self._who(reporter, is_asker=True),
                    rating,
                    "1-5",
                    when or payload.moment(self.about, "resolutiondate"),
                    raw={"rating": rating, **feedback},
                    remark=payload.text(payload.within(feedback, "comment"), "body"),
                )
            )
        return found

    def _opening(self, talk: Talk, reporter: payload.Values) -> Incoming:
        creator = payload.within(self.about, "creator") or reporter
        # What a colleague opens for somebody is theirs; an app is nobody.
        is_theirs = payload.text(creator, "accountType") == "app" or payload.text(
            creator, "accountId"
        ) == payload.text(reporter, "accountId")
        files = payload.inside(self.about, "attachment")
        return talk.said(
            f"issue {self.name}",
            self._who(reporter if is_theirs else creator),
            adf.to_text(self.about.get("description")) or talk.subject,
            payload.must_be_moment(self.about, "created"),
            raw=_kept(self.row, without=("comment",)),
            first=True,
            files=[payload.text(one, "filename") for one in files],
        )

    def _who(self, person: payload.Values, *, is_asker: bool = False) -> Who:
        email = payload.text(person, "emailAddress")
        is_ours = payload.text(person, "accountType") != "customer"
        if self.own_domains and email:
            is_ours = is_own(email.casefold(), self.own_domains)
        return Who(
            name=payload.text(person, "displayName"),
            email=email,
            is_ours=is_ours and not is_asker,
        )

    def _talk(self) -> Talk:
        about, fields = self.about, self.fields
        known = desk.known(fields.wanted, about)
        of = payload.inside(about, fields.organizations)
        status = payload.within(about, "status")
        category = payload.text(payload.within(status, "statusCategory"), "key")
        named = _STATUS.get(payload.text(status, "name").casefold(), "")
        solved_at = payload.moment(about, "resolutiondate")
        told = {
            "status": named or _CATEGORY.get(category, "open"),
            "solved_at": solved_at.isoformat() if solved_at else "",
            "resolution": payload.text(payload.within(about, "resolution"), "name"),
            "tags": payload.texts(about, "labels"),
        }
        return Talk(
            name=self.name,
            subject=payload.text(about, "summary"),
            url=f"https://{self.host}/browse/{payload.text(self.row, 'key')}",
            company=known.company or (payload.text(of[0], "name") if of else ""),
            app_version=known.app_version,
            about=told,
            attributes=known.attributes,
        )


def _kept(row: payload.Values, without: Sequence[str] = ()) -> dict[str, Any]:
    """What is kept of a row: nothing that is told elsewhere, no links to itself."""
    told = {name: value for name, value in row.items() if name != "self"}
    if "fields" in told:
        told["fields"] = {
            name: value
            for name, value in payload.within(row, "fields").items()
            if name not in without
        }
    return told
