"""How who asked, what tells them and who was told look in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.cli.outbox import language
from triage.cli.outbox_shapes import of_draft
from triage.cli.output import moment
from triage.cli.shapes import Json

if TYPE_CHECKING:
    from triage.store.askers import ToldView
    from triage.workspace import Asker, Drafted, ToTell, Way, Workspace


def of_to_tell(one: ToTell) -> Json:
    """A pain point and how many are to be told of it."""
    return {
        "id": one.pain_point.short,
        "title": one.pain_point.title,
        "shipped": [plan.item.short for plan in one.shipped],
        "people": one.people,
        "to_tell": one.left,
        "waiting": one.waiting,
        "told": one.told,
        "skipped": one.skipped,
        "promised": one.promised,
    }


def of_asker(one: Asker, way: Way) -> Json:
    """Somebody who asked, and how they can be reached."""
    said = one.latest.feedback
    return {
        "id": one.person,
        "name": one.name,
        "company": said.company,
        "state": one.state,
        "importance": one.importance,
        "feedback": said.short,
        "source": said.source,
        "channel": said.channel.value,
        "said_at": moment(said.received_at),
        "quote": one.latest.evidence.quote,
        "quotes": len(one.quotes),
        "promises": [
            {"text": made.text, "at": moment(made.at), "by": made.by}
            for made in one.promises
        ],
        "told": [of_told(told) for told in one.told if told.state],
        "way": {
            "act": way.act,
            "source": way.source,
            "feedback": way.feedback.short,
            "to": way.to,
            "why": way.why,
        },
    }


def of_told(one: ToldView) -> Json:
    """That somebody was told, is about to be, or is not to be."""
    return {
        "pain_point": f"p{one.told.pain_point_id}",
        "person": one.person,
        "name": one.feedback.author or one.feedback.email,
        "feedback": one.feedback.short,
        "state": one.state,
        "how": one.told.how,
        "at": moment(one.at),
        "by": one.by,
        "draft": f"d{one.told.draft_id}" if one.told.draft_id else None,
        "text": one.words,
        "receipt": dict(one.receipt) or None,
    }


def of_drafted(workspace: Workspace, made: Drafted) -> Json:
    """What was drafted, and who was left out."""
    views = [workspace.draft(one.id) for one in made.drafts]
    return {
        "drafts": [of_draft(view, language(workspace, view)) for view in views],
        "left_out": [
            {"id": one.asker.person, "name": one.asker.name, "why": one.why}
            for one in made.left_out
        ],
    }
