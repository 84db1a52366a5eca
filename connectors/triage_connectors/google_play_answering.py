"""Replies to reviews in Google Play: one for each review, replaced by the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from triage.connector import ConfigError, Outgoing, Receipt, SourceUnavailable
from triage_connectors.google_play_api import Google, found
from triage_connectors.google_play_reviews import (
    address,
    listed,
    moment,
    reply_id,
    text,
)


async def send(google: Google, apps: Sequence[str], outgoing: Outgoing) -> Receipt:
    """Answer the review it is about."""
    app = _app(apps, outgoing)
    answer = await google.reply(app, outgoing.to, outgoing.text)
    told = found(answer).get("result")
    if not isinstance(told, dict):
        raise SourceUnavailable(
            f"{answer.where} did not say whether the reply was taken; look at the"
            " review before it is sent again"
        )
    return _receipt(app, outgoing, told, text(told, "replyText"), "lastEdited")


async def sent(
    google: Google, apps: Sequence[str], outgoing: Outgoing
) -> Receipt | None:
    """The answer the review has now, which need not be this one."""
    app = _app(apps, outgoing)
    answer = await google.review(app, outgoing.to)
    if answer.status == 404:
        raise ConfigError(
            f"the review {outgoing.to} of {app} is not there any more; its author took"
            " it back, so it cannot be answered"
        )
    answers = [
        one["developerComment"]
        for one in listed(found(answer).get("comments"))
        if isinstance(one.get("developerComment"), dict)
    ]
    if not answers or not text(answers[-1], "text"):
        return None
    told = answers[-1]
    return _receipt(app, outgoing, told, text(told, "text"), "lastModified")


def _receipt(
    app: str, outgoing: Outgoing, told: Mapping[str, Any], said: str, time: str
) -> Receipt:
    return Receipt(
        external_id=reply_id(outgoing.to),
        at=moment(told.get(time)),
        url=address(app, outgoing.to),
        state="PUBLISHED",
        text=said if said != outgoing.text.strip() else "",
    )


def _app(apps: Sequence[str], outgoing: Outgoing) -> str:
    if outgoing.act != "reply" or not outgoing.to:
        raise ConfigError("Google Play can only be told replies to reviews")
    if outgoing.to.startswith("sha256:"):
        raise ConfigError(
            "these are stars without words; Google Play takes no reply to them"
        )
    named = outgoing.context.get("app")
    if named in apps:
        return str(named)
    if len(apps) == 1 and not named:
        return apps[0]
    raise ConfigError(
        f"this review is of {str(named or 'no app')[:80]}, which this source does not"
        f" read; add it to packages ({', '.join(apps)})"
    )
