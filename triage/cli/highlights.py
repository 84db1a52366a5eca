"""highlight: words underlined in feedback, and what somebody hears in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.hearing_options import choice, heard, told
from triage.cli.highlight_shapes import (
    compared,
    felt_as,
    of_highlight,
    of_suggested,
)
from triage.cli.output import count, emit, emit_json, facts, note, table
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import nouns_by_usual, verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.model import Feedback
    from triage.operations.suggesting import Suggested
    from triage.research import Highlight
    from triage.workspace import Workspace

UNSET = "a suggestion by word lists; nothing is set"

highlight = nouns_by_usual(
    "highlight", "add", "Highlights: words underlined in feedback, and what is heard."
)


@verb(
    "add", within=highlight, schemas=("highlight",),
    example='triage highlight add f12 "takes an hour" --feeling frustrated:2',
)  # fmt: skip
@click.argument("name", metavar="F")
@click.argument("words", default="")
@heard
@click.option(
    "--span", default="", metavar="START:END", help="The words, by character."
)
def add(
    session: Session, name: str, words: str, span: str, as_json: bool, **given: Any
) -> None:
    """
    Highlight words of a feedback, and say what is heard in them.

    Without words, all of it. The same words are one highlight: highlighted again it is
    changed. `triage highlight F WORDS` does the same.
    """
    from triage.cli.deciding import chosen_words

    workspace = session.open()
    (feedback,), chosen = chosen_words([workspace.feedback(name)], words, span)
    made = workspace.highlight(feedback, chosen, **told(workspace, given))
    show_highlight(workspace, made, as_json=as_json)


@verb(
    "list", within=highlight, schemas=("highlights",), takes_dashes=True,
    example="triage highlight list --feeling frustrated",
)  # fmt: skip
@click.argument("query", nargs=-1)
@click.option(
    "--feeling", default="", metavar="FEELING", help="Only with this feeling."
)
@click.option("--means", default="", metavar="MEANING", help="Only what tells of this.")
@click.option("--tag", default="", metavar="TAG", help="Only with this tag.")
@click.option(
    "--beside", default="", metavar="NAME", help="Only beside this competitor."
)
@click.option("--without-feeling", "unfelt", is_flag=True,
              help="Only where nobody has said what was felt.")  # fmt: skip
def list_highlights(
    session: Session,
    query: tuple[str, ...],
    feeling: str,
    means: str,
    tag: str,
    beside: str,
    unfelt: bool,
    as_json: bool,
) -> None:
    """List highlights, of all feedback or of what a query finds."""
    from triage.operations.tags import folded
    from triage.research import Feeling, Meaning

    workspace = session.open()
    found = workspace.highlights_in(" ".join(query))
    felt = choice(Feeling, feeling, "--feeling") if feeling else None
    meant = choice(Meaning, means, "--means") if means else None
    with_whom = workspace.competitor_called(beside) if beside else ""
    _tell(
        workspace,
        [
            one
            for one in found
            if (felt is None or one.feeling is felt)
            and (meant is None or one.meaning is meant)
            and (not tag or folded(tag) in map(folded, one.tags))
            and (not with_whom or _is_beside(one, with_whom))
            and not (unfelt and one.feeling)
        ],
        as_json=as_json,
    )


@verb(
    "show", within=highlight, schemas=("highlight",), example="triage highlight show h3"
)
@click.argument("name", metavar="H")
def show(session: Session, name: str, as_json: bool) -> None:
    """Show a highlight, and what its words sound like where nobody has said."""
    workspace = session.open()
    show_highlight(workspace, workspace.highlight_named(name), as_json=as_json)


@verb(
    "edit", within=highlight, schemas=("steps",),
    example="triage highlight edit h3 --feeling angry:3 --means none",
)  # fmt: skip
@click.argument("name", metavar="H")
@heard
@click.option("--no-tags", "bare", is_flag=True, help="Take every tag away.")
def edit(session: Session, name: str, bare: bool, as_json: bool, **given: Any) -> None:
    """
    Change what is heard in a highlight; what is not named stays.

    `none` takes a feeling, a meaning or a competitor away; tags given replace those
    there were.
    """
    workspace = session.open()
    before = workspace.highlight_named(name)
    what = told(workspace, given, before)
    if bare:
        what["tags"] = ()
    if not what:
        raise UsageError("say what changes, for example --feeling angry:3")
    tell(workspace.change_highlight(before, **what), as_json=as_json)


@verb("remove", within=highlight, schemas=("steps",),
      example="triage highlight remove h3")  # fmt: skip
@click.argument("name", metavar="H")
def remove(session: Session, name: str, as_json: bool) -> None:
    """Remove a highlight; one that an empathy map cites stays."""
    workspace = session.open()
    gone = workspace.remove_highlight(workspace.highlight_named(name))
    tell(gone, as_json=as_json)


@verb("suggest", within=highlight, schemas=("suggested-feelings",),
      example="triage highlight suggest f12")  # fmt: skip
@click.argument("names", nargs=-1, metavar="[H | F | all]...")
def suggest(session: Session, names: tuple[str, ...], as_json: bool) -> None:
    """
    Say what the words of highlights sound like; nothing is set.

    Of highlights, of those of feedback, or of `all` where nobody has said a feeling.
    """
    workspace = session.open()
    chosen = list(_named(workspace, names))
    told_of = _told_of(workspace, chosen)
    found = [(one, workspace.suggested(one)) for one in chosen]
    if as_json:
        emit_json(
            "suggested-feelings",
            {
                "suggestions": [
                    {"highlight": of_highlight(one, told_of[one.feedback_id].short)}
                    | of_suggested(suggestion)
                    for one, suggestion in found
                ]
            },
        )
        return
    table(
        ("id", "set", "sounds", "because of", "words"),
        [
            (
                one.short,
                felt_as(one),
                _sounds(suggestion),
                _because(suggestion),
                one.quote,
            )
            for one, suggestion in found
        ],
    )
    note(f"{count(len(found), 'highlight')}: {UNSET}")


def show_highlight(workspace: Workspace, one: Highlight, *, as_json: bool) -> None:
    """A highlight whole, and a suggestion where nobody has said what was felt."""
    feedback = _told_of(workspace, [one])[one.feedback_id]
    if as_json:
        emit_json("highlight", of_highlight(one, feedback.short))
        return
    emit(f"{one.short}  “{one_line(one.quote, 6000)}”")
    emit()
    facts(
        [
            ("of", f"{feedback.short} {feedback.author or feedback.email}".strip()),
            ("feeling", felt_as(one)),
            ("means", one.meaning or ""),
            ("tags", ", ".join(one.tags)),
            ("beside", compared(one)),
            ("by", one.by),
        ]
    )
    if one.feeling is None:
        suggestion = workspace.suggested(one)
        because = _because(suggestion)
        because = f" ({because})" if because else ""
        note(f"sounds {_sounds(suggestion)}{because}: {UNSET}")


def _tell(workspace: Workspace, found: Sequence[Highlight], *, as_json: bool) -> None:
    told_of = _told_of(workspace, found)
    if as_json:
        shown = [of_highlight(one, told_of[one.feedback_id].short) for one in found]
        emit_json("highlights", {"highlights": shown})
        return
    table(
        ("id", "of", "feeling", "means", "beside", "tags", "words"),
        [
            (
                one.short,
                told_of[one.feedback_id].short,
                felt_as(one),
                one.meaning or "",
                compared(one),
                ", ".join(one.tags),
                f"“{one.quote}”",
            )
            for one in found
        ],
    )
    unfelt = sum(one.feeling is None for one in found)
    told_unfelt = f", {unfelt} without a feeling" if unfelt else ""
    note(f"{count(len(found), 'highlight')}{told_unfelt}")


def _named(workspace: Workspace, names: Sequence[str]) -> Sequence[Highlight]:
    if tuple(names) in {(), ("all",), ("all", "without")}:
        return [one for one in workspace.highlights() if one.feeling is None]
    found: dict[int, Highlight] = {}
    for name in names:
        if name[:1].casefold() == "h":
            chosen = [workspace.highlight_named(name)]
        else:
            chosen = workspace.highlights(workspace.feedback(name))
        found |= {one.id: one for one in chosen}
    return list(found.values())


def _told_of(workspace: Workspace, found: Sequence[Highlight]) -> dict[int, Feedback]:
    keys = sorted({one.feedback_id for one in found})
    return {one.id: one for one in workspace.feedback_many(keys)}


def _is_beside(one: Highlight, name: str) -> bool:
    beside = one.comparison
    return beside is not None and beside.competitor.casefold() == name.casefold()


def _sounds(suggestion: Suggested) -> str:
    from triage.operations.highlights import felt

    if suggestion.feeling is None:
        return suggestion.sounds.value
    return felt(suggestion.feeling, suggestion.intensity)


def _because(suggestion: Suggested) -> str:
    return ", ".join(f"“{word}”" for word in suggestion.words)
