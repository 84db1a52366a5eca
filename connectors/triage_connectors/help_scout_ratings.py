"""How a customer rated an answer at Help Scout: great, okay or not good."""

from __future__ import annotations

from typing import Final

from triage.connector import Incoming
from triage_connectors import payload
from triage_connectors.desk import Talk, Who

WORDS: Final = {"1": "great", "2": "okay", "3": "not good"}
"""By the numbers of reports."""
SCALE: Final = "1-3"
BEST: Final = {"great": 3, "okay": 2, "not good": 1}


def name_of(row: payload.Values) -> str:
    """The name of a rating in a report: one customer's, of one answer."""
    thread = payload.key(row, "threadid") or payload.key(row)
    return f"rating {thread}/{payload.key(row, 'ratingCustomerId')}"


def of_report(row: payload.Values, email: str) -> Incoming | None:
    """A rating as a report tells it; None where it is none we know."""
    return _rated(
        name_of(row),
        payload.must_be_key(row),
        WORDS.get(payload.key(row, "ratingId"), ""),
        Who(payload.text(row, "ratingCustomerName"), email),
        row,
        ("ratingCreatedAt", "ratingCreatedAt", "ratingComments"),
    )


def of_one(values: payload.Values) -> Incoming | None:
    """A rating as it is told by itself, by the name it has in a report."""
    customer = payload.within(values, "customer")
    names = [payload.text(customer, "firstName"), payload.text(customer, "lastName")]
    return _rated(
        f"rating {payload.key(values, 'threadId')}/{payload.key(customer)}",
        payload.must_be_key(values, "conversationId"),
        payload.text(values, "rating").casefold().replace("_", " "),
        Who(" ".join(filter(None, names)), payload.text(customer, "email")),
        values,
        ("createdAt", "modifiedAt", "comments"),
    )


def _rated(
    name: str,
    conversation: str,
    word: str,
    who: Who,
    values: payload.Values,
    places: tuple[str, str, str],
) -> Incoming | None:
    if word not in BEST:
        return None
    made, changed, remark = places
    at = payload.must_be_moment(values, made)
    later = payload.moment(values, changed)
    return Talk(name=conversation).rated(
        name,
        who,
        BEST[word],
        SCALE,
        at,
        raw=values,
        remark=payload.text(values, remark),
        edited_at=later if later and later > at else None,
        context={"word": word},
    )
