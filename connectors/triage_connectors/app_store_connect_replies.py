"""Answers to reviews: one for each, which everybody can read in the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from triage.connector import Act, ConfigError, Outgoing, Receipt, SourceError
from triage_connectors.app_store_connect_api import (
    Answer,
    Api,
    codes,
    detail,
    inside,
    strange,
)
from triage_connectors.app_store_connect_rows import REPLY, moment

ACT: Final = Act(
    "Answers the review in the App Store, where everybody can read it; Apple shows it"
    " within a day.",
    longest=5_970,
    replaces=True,
)


async def send(api: Api, outgoing: Outgoing) -> Receipt:
    """
    Answer a review.

    Raises:
        SourceError: The review is not there any more, or the text is not taken.
    """
    review = _review(outgoing)
    answer = await api.post(
        "v1/customerReviewResponses",
        {
            "data": {
                "type": "customerReviewResponses",
                "attributes": {"responseBody": outgoing.text},
                "relationships": {
                    "review": {"data": {"type": "customerReviews", "id": review}}
                },
            }
        },
        allow={400, 404, 409, 422},
    )
    if answer.status >= 400:
        said = detail(answer.response)
        raise SourceError(
            f"App Store Connect did not take the reply ({codes(answer.response)})"
            f"{f': “{said}”' if said else ''}; see that the review is still there"
        )
    return _receipt(review, _one(answer), outgoing.text)


async def sent(api: Api, outgoing: Outgoing) -> Receipt | None:
    """The answer that is there; None where the review has none."""
    review = _review(outgoing)
    answer = await api.get(
        f"v1/customerReviews/{quote(review, safe='')}/response",
        {"fields[customerReviewResponses]": "responseBody,lastModifiedDate,state"},
        allow={404},
    )
    if answer.status == 404 or inside(answer.values, "data") is None:
        return None
    return _receipt(review, _one(answer), outgoing.text)


def _review(outgoing: Outgoing) -> str:
    """The id of the review, be it told by the answer to it."""
    if outgoing.act != "reply":
        raise ConfigError(f"App Store Connect cannot {outgoing.act[:40]!r}, only reply")
    review = outgoing.to.removesuffix(REPLY)
    if not review.strip("./"):
        raise ConfigError("a reply in the App Store answers a review; name which")
    return review


def _one(answer: Answer) -> Mapping[str, Any]:
    told = inside(answer.values, "data", "attributes")
    if not isinstance(told, dict):
        raise strange("data")
    return told


def _receipt(review: str, told: Mapping[str, Any], text: str) -> Receipt:
    state, there = told.get("state"), told.get("responseBody")
    return Receipt(
        external_id=f"{review}{REPLY}",
        at=moment(told.get("lastModifiedDate")),
        state=state if isinstance(state, str) else "",
        text=there if isinstance(there, str) and there != text else "",
    )
