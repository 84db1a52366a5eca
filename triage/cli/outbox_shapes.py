"""How drafts, what became of them, and what sending tells look in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.cli.output import moment
from triage.cli.shapes import Json

if TYPE_CHECKING:
    from triage.sending import SendEvent
    from triage.workspace import DraftView


def of_draft(view: DraftView, language: str) -> Json:
    """A draft; ``language`` is that of the customer it answers."""
    draft, delivery = view.draft, view.delivery
    is_sent = view.state == "sent" and delivery is not None
    return {
        "id": draft.short,
        "source": draft.source,
        "act": draft.act,
        "state": view.state,
        "to": view.to,
        "title": draft.title,
        "text": draft.text,
        "feedback": view.feedback.short if view.feedback else None,
        "pain_point": f"p{draft.pain_point_id}" if draft.pain_point_id else None,
        "language": language,
        "replaces": str(draft.details.get("answered", "")),
        "at": moment(draft.at),
        "by": draft.by,
        "tries": delivery.tries if delivery else 0,
        "tried_at": moment(delivery.started_at) if delivery else None,
        "failure": delivery.failure if delivery else "",
        "sent_at": moment(delivery.ended_at) if is_sent and delivery else None,
        "sent_by": delivery.by if is_sent and delivery else "",
        "receipt": dict(delivery.receipt) if is_sent and delivery else None,
    }


def of_event(event: SendEvent) -> Json:
    """What became of one draft just now."""
    from triage.sending import AlreadyThere, SendFailed, Sent, WouldSend

    told: Json = {
        "id": event.draft.short,
        "source": event.draft.source,
        "text": event.draft.text,
        "what": "failed",
        "why": "",
        "replaces": "",
        "until": None,
        "stands": "",
        "key": "",
        "url": "",
    }
    match event:
        case Sent() | AlreadyThere():
            what = "sent" if isinstance(event, Sent) else "already_there"
            receipt = event.receipt
            return told | {
                "what": what, "stands": receipt.text, "key": receipt.external_id,
                "url": receipt.url,
            }  # fmt: skip
        case WouldSend():
            return told | {
                "what": "would_send", "why": event.why, "replaces": event.replaces
            }  # fmt: skip
        case SendFailed():
            return told | {"why": event.why, "until": moment(event.until)}
