"""A conversation at a help desk, and what is said in it as feedback each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from triage.connector import Channel, Incoming, Kind
from triage_connectors import payload

COMPANY: Final = "company"
VERSION: Final = "version"
"""Names of ``fields`` with a place of their own; others are kept as attributes."""


@dataclass(frozen=True, slots=True)
class Who:
    """
    Somebody who says something at a desk.

    Attributes:
        is_ours: Whether they are on our side: an agent, an administrator, a robot.
    """

    name: str = ""
    email: str = ""
    is_ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """
    A conversation, as far as all that is said in it needs it.

    Attributes:
        name: The desk's own id of it.
        url: Where our side reads it.
        company: Of the customer, as the desk has it.
        about: What is true of the whole conversation: ``status`` ("new", "open",
            "pending", "solved", "closed"), ``solved_at`` (ISO 8601), ``tags`` (a list),
            ``desk_channel`` ("web", "chat" …). It stands on the first message alone.
        attributes: What is known of the customer now: ``plan``, ``revenue`` …
        channel: Of what is said; SOCIAL where others read along.
    """

    name: str
    subject: str = ""
    url: str = ""
    company: str = ""
    app_version: str = ""
    language: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    channel: Channel = Channel.TICKET

    def said(
        self,
        name: str,
        who: Who,
        body: str,
        at: datetime | None,
        *,
        raw: Any,
        first: bool = False,
        edited_at: datetime | None = None,
        files: Iterable[str] = (),
        context: Mapping[str, Any] | None = None,
    ) -> Incoming:
        """
        Return one message of it: feedback of a customer, or what our side wrote.

        Args:
            name: The message's own id, unlike that of any other at this desk.
            body: Text, not HTML; nothing said is nothing to triage.
            raw: The JSON value the desk told it as.
            first: Whether the conversation begins with it.
            files: Names of what is attached.
        """
        kind = Kind.AGENT if who.is_ours else Kind.FEEDBACK if body else Kind.AUTO
        return Incoming(
            external_id=name,
            channel=self.channel,
            kind=kind,
            title=self.subject if first else "",
            body=body,
            author=who.name,
            email=who.email,
            company="" if who.is_ours else self.company,
            received_at=at,
            # Untold, it is as old as it is: no older telling replaces a later edit.
            edited_at=edited_at or at,
            language="" if who.is_ours else self.language,
            app_version="" if who.is_ours else self.app_version,
            url=self.url,
            thread=self.name,
            context=_filled(
                {
                    **(self.about if first else {}),
                    "attachments": [one for one in files if one],
                    **(context or {}),
                }
            ),
            attributes={} if who.is_ours else self.attributes,
            raw=payload.raw(raw),
        )

    def rated(
        self,
        name: str,
        who: Who,
        rating: float,
        scale: str,
        at: datetime | None,
        *,
        raw: Any,
        remark: str = "",
        edited_at: datetime | None = None,
        metric: str = "csat",
        context: Mapping[str, Any] | None = None,
    ) -> Incoming:
        """Return how satisfied a customer was; without a remark it is a number only."""
        return Incoming(
            external_id=name,
            channel=Channel.SURVEY,
            kind=Kind.FEEDBACK if remark else Kind.AUTO,
            body=remark,
            author=who.name,
            email=who.email,
            company=self.company,
            rating=rating,
            scale=scale,
            metric=metric,
            received_at=at,
            edited_at=edited_at or at,
            language=self.language,
            app_version=self.app_version,
            url=self.url,
            thread=self.name,
            context=_filled(context or {}),
            attributes=self.attributes,
            raw=payload.raw(raw),
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What the fields a desk's people made say of a customer."""

    company: str = ""
    app_version: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)


def known(fields: Mapping[str, str], values: Mapping[str, Any]) -> Known:
    """
    Read what the setting ``fields`` asks for.

    Args:
        fields: By our name ("company", "version", "plan", "revenue", any other) the
            desk's name of the field, such as ``{"plan": "360001234"}``.
        values: What the desk's fields hold, by its names.
    """
    told = {
        ours: value
        for ours, theirs in fields.items()
        if (value := _plain(values.get(theirs))) not in {"", None}
    }
    revenue = payload.number(told, "revenue")
    if revenue is not None:
        told["revenue"] = revenue
    return Known(
        company=str(told.pop(COMPANY, "")),
        app_version=str(told.pop(VERSION, "")),
        attributes=told,
    )


def _filled(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is told, by name; what is empty is left out, "no" and 0 are not."""
    return {name: one for name, one in told.items() if one or one == 0}


def _plain(value: Any) -> str | float | int | bool | None:
    """A value as it can be kept: of a choice its name, of several all of them."""
    if isinstance(value, str):
        return value.strip()
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return _plain(value.get("value") or value.get("name"))
    if isinstance(value, Sequence):
        return ", ".join(str(one) for one in map(_plain, value) if one)
    return None
