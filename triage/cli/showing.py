"""show: one thing whole, whatever its id names."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from triage.cli.highlight_shapes import of_highlight, told_line
from triage.cli.output import clock, count, emit, emit_json, facts, stars
from triage.cli.session import Session
from triage.cli.shapes import (
    of_disposition,
    of_evidence,
    of_feedback,
    of_label,
    of_roadmap_view,
    of_tone,
)
from triage.cli.verbs import verb
from triage.errors import NotFound, UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.model import Disposition, Feedback, Tone
    from triage.text.lexicon import Hit
    from triage.workspace import RoadmapView, Workspace


@verb(
    "show",
    example="triage show f12",
    schemas=(
        "feedback",
        "group",
        "pain-point",
        "story",
        "roadmap-item",
        "thread",
        "highlight",
        "session",
    ),
)
@click.argument("name", metavar="ID")
@click.option(
    "--thread", is_flag=True, help="The conversation it is part of, ours included."
)
@click.option(
    "--whole", is_flag=True, help="What is quoted in it and its signature, too."
)
@click.option("--raw", is_flag=True, help="The bytes the source sent, as they came.")
@click.option(
    "--force", is_flag=True, help="Even onto a terminal, which they may steer."
)
def show(
    session: Session,
    name: str,
    thread: bool,
    whole: bool,
    raw: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Show one feedback, group, pain point, story or roadmap item."""
    workspace = session.open()
    letter = name[:1].casefold()
    if thread + whole + raw > 1:
        raise UsageError("--thread, --whole and --raw are three ways to show one thing")
    if raw:
        _show_raw(workspace.raw(workspace.feedback(name)), force)
    elif thread:
        _show_thread(workspace, workspace.feedback(name), as_json=as_json)
    elif whole:
        if as_json:
            raise UsageError("--whole is for people; --raw has every byte")
        for part in workspace.whole(workspace.feedback(name)):
            emit(part.text)
    elif letter == "g":
        from triage.cli.groups import show_group

        show_group(workspace.group(name), as_json=as_json)
    elif letter == "p":
        from triage.cli.pain import show_pain_point

        show_pain_point(workspace, name, as_json=as_json)
    elif letter == "s":
        from triage.cli.stories import show_story

        show_story(workspace, workspace.story(name), as_json=as_json)
    elif letter == "h":
        from triage.cli.highlights import show_highlight

        show_highlight(workspace, workspace.highlight_named(name), as_json=as_json)
    elif letter == "i":
        from triage.cli.research import show_session

        view = workspace.session_view(workspace.session(name))
        show_session(view, as_json=as_json)
    elif letter == "r":
        _show_roadmap_item(workspace, name, as_json=as_json)
    else:
        _show_feedback(workspace, workspace.feedback(name), as_json=as_json)


def _show_raw(raw: bytes, force: bool) -> None:
    if sys.stdout.isatty() and not force:
        raise UsageError("raw bytes can steer a terminal; pipe them, or add --force")
    sys.stdout.buffer.write(raw)


def _show_thread(workspace: Workspace, feedback: Feedback, *, as_json: bool) -> None:
    from triage.cli.outbox import language
    from triage.cli.outbox_shapes import of_draft

    said = workspace.thread(feedback, 0)
    drafts = [one for one in workspace.drafts_of(said) if one.state != "dropped"]
    if as_json:
        emit_json(
            "thread",
            {
                "id": feedback.short,
                "source": feedback.source,
                "thread": feedback.thread,
                "messages": [of_feedback(one) for one in said],
                "drafts": [of_draft(one, language(workspace, one)) for one in drafts],
            },
        )
        return
    for place, one in enumerate(said):
        if place:
            emit()
        ours = ", our side" if one.kind == "agent" else ""
        who = one.author or one.email or one.company or "somebody"
        emit(one_line(f"{one.short}  {clock(one.received_at)}  {who}{ours}"))
        emit(one.body or one.title)
    if drafts:
        emit()
    for view in drafts:
        emit(one_line(f"{view.draft.short}  {view.state}: {view.draft.text}", 400))


def _show_feedback(workspace: Workspace, feedback: Feedback, *, as_json: bool) -> None:
    disposition = workspace.dispositions([feedback.id]).get(feedback.id)
    group = workspace.group_of(feedback)
    evidence = workspace.evidence_of(feedback)
    where = of_disposition(disposition)
    tone = workspace.tone(feedback)
    why = workspace.why(feedback, tone)
    label = workspace.labels([feedback.id]).get(feedback.id)
    notes = workspace.notes(feedback)
    highlights = workspace.highlights(feedback)
    elsewhere = workspace.elsewhere(feedback)
    first = elsewhere[0] if feedback.kind == "copy" else None
    if as_json:
        emit_json(
            "feedback",
            of_feedback(feedback)
            | where
            | of_label(label, notes)
            | {
                "until_evidence": bool(
                    disposition and disposition.wakes_after is not None
                ),
                "tone": of_tone(tone, why),
                "copy_of": first.short if first else "",
                "also_at": [
                    {"id": one.short, "source": one.source} for one in elsewhere
                ],
                "group": {"id": group.short, "members": len(group.members)},
                "evidence": [of_evidence(one, feedback.short) for one in evidence],
                "highlights": [of_highlight(one, feedback.short) for one in highlights],
            },
        )
        return
    rating = f"{stars(feedback.rating, feedback.scale)} {feedback.metric}"
    state = f"{where['state']} {where['reason']}"
    if disposition:
        state += _end(disposition)
    company = f"({feedback.company})" if feedback.company else ""
    address = f"<{feedback.email}>" if feedback.email else ""
    emit(one_line(f"{feedback.short}  {feedback.title or feedback.kind}"))
    emit()
    facts(
        [
            ("from", f"{feedback.author} {address} {company}"),
            ("source", f"{feedback.source}, {feedback.channel}"),
            ("received", clock(feedback.received_at)),
            ("edited", clock(feedback.edited_at) if feedback.is_edited else ""),
            ("copy of", first.short if first else ""),
            ("also at", _places(elsewhere)),
            ("gone", _gone(feedback)),
            ("rating", rating),
            ("version", feedback.app_version),
            ("language", _language(tone)),
            ("sentiment", _sentiment(tone, why)),
            ("link", feedback.url),
            ("state", state),
            ("group", _size(group.short, len(group.members), group.people)),
            ("tags", ", ".join(label.tags) if label else ""),
            ("owner", label.owner if label else ""),
            *((key, str(value)) for key, value in feedback.context.items()),
        ]
    )
    for one in evidence:
        point = workspace.pain_point(one.pain_point_id).pain_point
        facts([(f"e{one.id}", f"{point.short} {point.title}: “{one.quote}”")])
    facts((one.short, told_line(one)) for one in highlights)
    facts(
        (one.short, f"{one.text} ({one.by or 'somebody'}, {clock(one.at)})")
        for one in notes
    )
    if feedback.body:
        emit()
        emit(feedback.body)


def _places(elsewhere: Sequence[Feedback]) -> str:
    """The sources that told it as well, and under which ids."""
    return ", ".join(f"{one.source} ({one.short})" for one in elsewhere)


def _gone(feedback: Feedback) -> str:
    if feedback.gone_at is None:
        return ""
    return f"no longer at the source since {clock(feedback.gone_at)}"


def _end(disposition: Disposition) -> str:
    """What ends a sleep: a moment, new evidence or either."""
    ends = [clock(disposition.until)] if disposition.until else []
    if disposition.wakes_after is not None:
        ends.append("new evidence" + (", which came" * disposition.is_stirred))
    return f" until {' or '.join(ends)}" if ends else ""


def _language(tone: Tone) -> str:
    if tone.language_from == "text":
        return f"{tone.language}, read ({tone.confidence:.0%} sure)"
    return f"{tone.language}, says the {tone.language_from}" if tone.language else ""


def _sentiment(tone: Tone, why: Sequence[Hit]) -> str:
    if tone.sentiment is None:
        return ""
    if tone.sentiment_from != "text":
        return f"{tone.sentiment}, says the {tone.sentiment_from}"
    words = ", ".join(f"“{hit.words}” {hit.weight:+.1f}" for hit in why if hit.words)
    return f"{tone.sentiment} ({tone.score:+.2f}){', ' if words else ''}{words}"


def _size(short: str, members: int, people: int) -> str:
    if members == 1:
        return f"{short}, alone"
    return (
        f"{short}, {count(members, 'message')} of {count(people, 'person', 'people')}"
    )


def _show_roadmap_item(workspace: Workspace, name: str, *, as_json: bool) -> None:
    from triage.cli.plan_states import states
    from triage.store.plan_status import spoken

    item = workspace.roadmap_item(name)
    view = _roadmap_view(workspace, item.id)
    if as_json:
        emit_json("roadmap-item", of_roadmap_view(view))
        return
    emit(one_line(f"{item.short}  {item.title}"))
    emit()
    facts(
        [
            ("horizon", item.horizon),
            ("status", spoken(view.status, view.tracked)),
            ("tracker", f"{item.tracker} {item.key}".strip()),
            ("target", item.target or (view.tracked.target if view.tracked else "")),
            ("owner", item.owner or (view.tracked.owner if view.tracked else "")),
            *(("", was) for was in states(workspace, item)),
            ("link", item.url),
            ("people", view.people),
            *((point.short, point.title) for point in view.pain_points),
        ]
    )


def _roadmap_view(workspace: Workspace, item_id: int) -> RoadmapView:
    for view in workspace.roadmap():
        if view.item.id == item_id:
            return view
    raise NotFound(f"no roadmap item r{item_id}; `triage roadmap list` shows them")
