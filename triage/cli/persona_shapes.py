"""What ``--json`` prints of personas and of their maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.output import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.measures.map_bias import Bias
    from triage.store.persona_views import CitedView
    from triage.workspace import NoteView, PersonaView

Json = dict[str, Any]


def of_persona(view: PersonaView) -> Json:
    """Who it is, who stands behind it, and how far it may be trusted."""
    one = view.persona
    return {
        "id": one.short,
        "name": one.name,
        "role": one.role,
        "query": one.query,
        "assumed": view.is_assumed,
        "n": view.n,
        "people": view.people,
        "companies": view.companies,
        "channels": {name.value: many for name, many in view.channels.items()},
        "last": moment(view.last),
        "confidence": {
            "level": view.confidence.level.value,
            "wants": list(view.confidence.wants),
        },
        "entries": len(view.notes),
        "observed": sum(note.is_observed for note in view.notes),
        "pains": [
            {
                "id": pain.pain_point.short,
                "title": pain.pain_point.title,
                "people": pain.people,
                "quotes": pain.quotes,
            }
            for pain in view.pains
        ],
        "by_hand": [point.short for point in view.by_hand],
        "feelings": [
            {
                "feeling": felt.feeling.value,
                "highlights": felt.highlights,
                "people": felt.people,
            }
            for felt in view.feelings
        ],
        "reviewed_at": moment(one.reviewed_at),
        "review_due": view.is_due,
        "at": moment(one.at),
        "by": one.by,
    }


def of_note(view: NoteView) -> Json:
    """An entry of a map with the passages it cites."""
    note = view.note
    return {
        "id": note.short,
        "persona": f"u{note.persona_id}",
        "area": note.area.value,
        "text": note.text,
        "observed": view.is_observed,
        "quotes": [_cited(one) for one in view.cited],
        "gone": [f"h{key}" for key in view.gone],
        "at": moment(note.at),
        "by": note.by,
    }


def of_bias(bias: Bias) -> Json:
    """An objection with its figures."""
    return {
        "name": bias.name,
        "what": bias.what,
        "todo": bias.todo,
        "figures": dict(bias.figures),
    }


def of_map(view: PersonaView, biases: Sequence[Bias], rests_on: str) -> Json:
    """A persona with everything on its map, and what speaks against it."""
    return {
        "persona": of_persona(view),
        "entries": [of_note(one) for one in view.notes],
        "biases": [of_bias(one) for one in biases],
        "rests_on": rests_on,
    }


def _cited(one: CitedView) -> Json:
    said, passage = one.feedback, one.highlight
    return {
        "id": passage.short,
        "feedback": said.short,
        "quote": passage.quote,
        "author": said.author or said.email,
        "company": said.company,
        "source": said.source,
        "channel": said.channel.value,
        "received_at": moment(said.received_at),
        "feeling": passage.feeling.value if passage.feeling else "",
        "sentiment": one.sentiment,
        "theirs": one.is_theirs,
        "consent": None if one.consent is None else one.consent.word,
    }
