"""tell promise: who asked, what they were promised, and telling each of them once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.outbox import typed
from triage.cli.output import count, day, emit, emit_json, note, table
from triage.cli.session import Session
from triage.cli.steps import tell as tell_steps
from triage.cli.telling_shapes import of_asker, of_drafted, of_to_tell, of_told
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.workspace import Asker, Drafted, Way, Workspace

_STATES = {
    "told": "✓ told",
    "waiting": "● waits",
    "skipped": "– not to be",
    "untold": "○",
}


@verb(
    "tell", schemas=("to-tell", "tell", "telling", "ledger", "steps"),
    example="triage tell p3 --draft shipped --to c5",
)  # fmt: skip
@click.argument("name", metavar="[P]", required=False)
@click.option("--untold", is_flag=True, help="Only who was not told and has no draft.")
@click.option("--draft", "template", metavar="TEMPLATE", help="Draft what this says.")
@click.option("--text", metavar="TEXT", help="Draft these words; - reads them.")
@click.option(
    "--to", "people", multiple=True, metavar="C", help="Only these; again for several."
)
@click.option("--by", type=click.Choice(("reply", "email")), help="That way only.")
@click.option("--again", is_flag=True, help="Those too who were told before.")
@click.option(
    "--mark", multiple=True, metavar="C", help="They know already; see --how."
)
@click.option("--how", default="", metavar="TEXT", help="How they know: phoned.")
@click.option("--skip", multiple=True, metavar="C", help="They are not to be told.")
@click.option("--why", default="", metavar="TEXT", help="Why they are not.")
@click.option("--ledger", is_flag=True, help="Who was told what, when, by whom, how.")
@click.option(
    "--all", "every", is_flag=True, help="Pain points of which nothing shipped."
)
def tell(
    session: Session,
    name: str | None,
    untold: bool,
    template: str | None,
    text: str | None,
    people: tuple[str, ...],
    by: str | None,
    again: bool,
    mark: tuple[str, ...],
    how: str,
    skip: tuple[str, ...],
    why: str,
    ledger: bool,
    every: bool,
    as_json: bool,
) -> None:
    """
    List who is to be told what became of it, or draft that.

    Without a pain point: where somebody is to be told. With one: who asked, in what
    words, promised what, told or not, and how they can be reached: by a reply where
    they asked, else by mail. Drafts wait in the outbox; nobody is told anything before
    `triage outbox send`. Who was told, or has a draft that waits, gets no other.
    """
    _refuse_mixed(template, text, mark, skip, name=name, how=how, ledger=ledger)
    workspace = session.open()
    if ledger:
        _tell_ledger(workspace, name, as_json=as_json)
    elif name is None:
        _tell_overview(workspace, every=every, as_json=as_json)
    elif template is not None or text is not None:
        view = workspace.pain_point(name)
        number = view.pain_point.id
        chosen = _people(workspace, number, people) if people else None
        said = typed([text]) if text is not None else ""

        def words(asker: Asker, way: Way) -> str:
            return (
                workspace.filled_for(template, view, asker, way) if template else said
            )

        if template is not None and template not in workspace.templates():
            # Said once, and not once for each of them.
            known = ", ".join(workspace.templates()) or "none yet; see `triage replies`"
            raise UsageError(f"no template is called {template}; there are: {known}")
        made = workspace.draft_tellings(
            number, words, to=chosen, by=by or "", again=again
        )
        _tell_drafted(workspace, made, as_json=as_json)
    elif mark or skip:
        point = workspace.pain_point(name).pain_point
        entries = []
        if mark:
            found = _people(workspace, point.id, mark)
            entries.append(workspace.mark_told(point, found, how))
        if skip:
            found = _people(workspace, point.id, skip)
            entries.append(workspace.skip_telling(point, found, why))
        tell_steps(entries, as_json=as_json)
    else:
        _tell_askers(workspace, name, untold=untold, as_json=as_json)


@verb(
    "promise", schemas=("steps",),
    example='triage promise p3 c5 "we will write when it ships"',
)  # fmt: skip
@click.argument("name", metavar="P")
@click.argument("person", metavar="C")
@click.argument("words", nargs=-1, required=True, metavar="TEXT")
def promise(
    session: Session, name: str, person: str, words: tuple[str, ...], as_json: bool
) -> None:
    """Keep what somebody who asked was told to expect."""
    workspace = session.open()
    point = workspace.pain_point(name).pain_point
    workspace.promise(point, workspace.asker(point.id, person), typed(words))
    tell_steps(workspace.history(1), as_json=as_json)


def _refuse_mixed(
    template: str | None, text: str | None, mark: Sequence[str], skip: Sequence[str], *,
    name: str | None, how: str, ledger: bool,
) -> None:  # fmt: skip
    if template is not None and text is not None:
        raise UsageError("give --draft or --text, not both")
    asked = [template is not None or text is not None, bool(mark or skip), ledger]
    if sum(asked) > 1:
        raise UsageError("draft, mark or look at the ledger, one at a time")
    if any(asked[:2]) and name is None:
        raise UsageError("say of which pain point; `triage tell` lists them")
    if mark and not how:
        raise UsageError('--mark needs --how: --how "phoned"')


def _people(workspace: Workspace, point: int, names: Sequence[str]) -> list[Asker]:
    found = [workspace.asker(point, name) for name in names]
    return list({one.person: one for one in found}.values())


def _tell_overview(workspace: Workspace, *, every: bool, as_json: bool) -> None:
    found = workspace.to_tell()
    shown = [
        one for one in found
        if every or one.shipped or one.promised or one.told or one.waiting
    ]  # fmt: skip
    if as_json:
        emit_json("to-tell", {"pain_points": [of_to_tell(one) for one in shown]})
        return
    table(
        ("id", ">to tell", ">waiting", ">told", ">promised", "shipped", "title"),
        [
            (
                one.pain_point.short,
                one.left,
                one.waiting,
                one.told,
                one.promised,
                " ".join(plan.item.short for plan in one.shipped),
                one.pain_point.title,
            )
            for one in shown
        ],
    )
    left = sum(one.left for one in shown if one.shipped)
    note(f"{count(left, 'person', 'people')} to tell of what shipped")
    if len(shown) < len(found):
        more = count(len(found) - len(shown), "pain point")
        note(f"nothing has shipped of {more} more; --all lists them")


def _tell_askers(
    workspace: Workspace, name: str, *, untold: bool, as_json: bool
) -> None:
    view = workspace.pain_point(name)
    people = [
        (one, workspace.way_to(one))
        for one in workspace.askers(view.pain_point.id)
        if not untold or one.state == "untold"
    ]
    size = workspace.to_tell_of(view)
    if as_json:
        told = {
            "pain_point": of_to_tell(size) if size else None,
            "people": [of_asker(one, way) for one, way in people],
        }
        emit_json("tell", told)
        return
    table(
        ("id", "who", "state", ">matters", "said", "promised", "way", "quote"),
        [
            (
                one.person,
                one.name or "somebody",
                _STATES[one.state],
                one.importance,
                day(one.latest.feedback.received_at),
                one.promises[0].text if one.promises else "",
                way.short,
                f"“{one.latest.evidence.quote}”",
            )
            for one, way in people
        ],
    )
    note(f"{count(len(people), 'person', 'people')} asked")
    for why in dict.fromkeys(way.why for _, way in people if way.why):
        many = sum(way.why == why for _, way in people)
        note(f"{count(many, 'person', 'people')} cannot be reached: {why}")


def _tell_drafted(workspace: Workspace, made: Drafted, *, as_json: bool) -> None:
    views = [workspace.draft(one.id) for one in made.drafts]
    if as_json:
        emit_json("telling", of_drafted(workspace, made))
        return
    for view in views:
        to = view.to or (view.feedback.short if view.feedback else "")
        draft = view.draft
        emit(one_line(f"{draft.short}  {draft.act} to {to}: {draft.text}", 400))
    for why in dict.fromkeys(one.why for one in made.left_out):
        names = [one.asker for one in made.left_out if one.why == why]
        shown = ", ".join(one.name or one.person for one in names[:4])
        more = f" and {len(names) - 4} more" if len(names) > 4 else ""
        note(f"left out {shown}{more}: {why}")
    waits = count(len(views), "draft waits", "drafts wait")
    note(f"{waits} in the outbox; `triage outbox send --all` sends, nothing was sent")


def _tell_ledger(workspace: Workspace, name: str | None, *, as_json: bool) -> None:
    point = workspace.pain_point(name).pain_point.id if name else None
    found = workspace.ledger(point)
    if as_json:
        emit_json("ledger", {"told": [of_told(one) for one in found]})
        return
    table(
        ("when", "pain", "who", "how", "by", "receipt", "words"),
        [
            (
                day(one.at),
                f"p{one.told.pain_point_id}",
                one.feedback.author or one.feedback.email or one.person,
                one.told.how,
                one.by,
                str(one.receipt.get("external_id") or one.receipt.get("url") or ""),
                one.words,
            )
            for one in found
        ],
    )
    note(f"{count(len(found), 'person was', 'people were')} told")
