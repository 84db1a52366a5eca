"""list search fields: feedback in a queue, narrowed as a query says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from triage.cli import list_columns
from triage.cli.output import count, emit_json, line_of, note, table
from triage.cli.session import Session
from triage.cli.shapes import Json, of_row
from triage.cli.verbs import verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from triage.model import State
    from triage.query import Query, Word
    from triage.workspace import Workspace

STATES = ("inbox", "accepted", "declined", "archived", "spam", "snoozed", "all")
SENTIMENTS = ("negative", "neutral", "positive")

_SCREEN = 50
"""Lines of a list for a person who did not say how many."""

_CHUNK = 500

limit_option = click.option(
    "--limit", type=click.IntRange(0), metavar="N", default=None,
    help=f"How many; 0 for all. {_SCREEN} as a table, else all.",
)  # fmt: skip


as_lines_option = click.option(
    "--ndjson", "as_lines", is_flag=True, help="Each as JSON on a line of its own."
)
state_option = click.option(
    "--state", type=click.Choice(STATES), help="Where it stands."
)


@verb(
    "list", example="triage list --source reviews 'rating:<=2 -linked since:30d'",
    schemas=("feedback-list",), takes_dashes=True,
)  # fmt: skip
@click.argument("query", nargs=-1)
@click.option("--view", default="", metavar="NAME", help="As this saved view says.")
@state_option
@click.option("--source", default="", metavar="NAME", help="Only what came from there.")
@click.option("--language", default="", metavar="CODE", help="Only in it: en, de …")
@click.option(
    "--sentiment", type=click.Choice(SENTIMENTS), help="Only what sounds like this."
)
@click.option("--search", "text", default="", metavar="WORDS", help="With these words.")
@click.option("--each", is_flag=True, help="A line for each feedback, not its group.")
@click.option(
    "--columns", default="", metavar="NAMES",
    help="Columns of the table, with commas between: version,country,rating …",
)  # fmt: skip
@limit_option
@as_lines_option
def list_feedback(
    session: Session,
    query: tuple[str, ...],
    view: str,
    state: str | None,
    source: str,
    language: str,
    sentiment: str | None,
    text: str,
    each: bool,
    columns: str,
    limit: int | None,
    as_lines: bool,
    as_json: bool,
) -> None:
    """
    List feedback, newest first; the inbox unless told otherwise.

    A queue has one line per group, found where any of its members is; everywhere,
    each feedback has its own. QUERY is what the app's search takes: `triage fields`.
    """
    from triage.query import Term

    names = list_columns.chosen(columns) if columns else ()
    wanted = _asked(session, " ".join(query), view)
    for field, value in (
        ("source", source),
        ("language", language.strip()),
        ("sentiment", sentiment),
    ):
        if value:
            wanted = wanted.with_term(Term(field=field, values=(value,)))
    wanted = replace(
        wanted, words=wanted.words + _words(text), each=wanted.each or each
    )
    show(session, state, wanted, limit, as_lines, as_json, names)


def _asked(session: Session, typed: str, view: str) -> Query:
    """The query of a view, narrowed further by what was typed."""
    from triage.errors import UsageError
    from triage.query import parsed

    for word in typed.split():
        if word.startswith("--"):
            raise UsageError(
                f"no option is called {word}; `triage list --help` shows how"
            )
    if not view:
        return parsed(typed)
    return parsed(f"{session.open().saved_view(view).query} {typed}")


def _words(text: str) -> tuple[Word, ...]:
    """Words looked for as they are, whatever signs they have."""
    from triage.query import Word

    return tuple(Word(text=word) for word in text[:512].split())


@verb("search", example='triage search "export pdf"', schemas=("feedback-list",))
@click.argument("words", nargs=-1, required=True)
@state_option
@limit_option
@as_lines_option
def search(
    session: Session,
    words: tuple[str, ...],
    state: str | None,
    limit: int | None,
    as_lines: bool,
    as_json: bool,
) -> None:
    """Find feedback with all these words, wherever it stands."""
    from triage.query import Query

    wanted = Query(words=_words(" ".join(words)), each=True)
    show(session, state or "all", wanted, limit, as_lines, as_json)


@verb("fields", example="triage fields", schemas=("fields",))
def fields(session: Session, as_json: bool) -> None:
    """List what a query may say: fields, flags and orders."""
    from triage.query.fields import ALIASES, FIELDS, FLAGS, SORTS

    del session
    if as_json:
        told = [
            {
                "name": field.name, "kind": field.kind.value, "help": field.help,
                "example": field.example, "values": list(field.choices),
                "aliases": [name for name, of in ALIASES.items() if of == field.name],
            }
            for field in FIELDS.values()
        ]  # fmt: skip
        emit_json("fields", {"fields": told, "flags": FLAGS, "sorts": SORTS})
        return
    rows = [(field.example, field.help) for field in FIELDS.values()]
    rows += [(f"is:{name}", told) for name, told in FLAGS.items()]
    rows += [(f"sort:{name}", told) for name, told in SORTS.items()]
    table(
        ("as typed", "what it keeps"),
        [*rows, ("crash", "a word that begins so"), ('"crash now"', "just these words"),
         ("-crash", "what does not say it"),
         ("-source:mail", "the opposite of a field")],
    )  # fmt: skip
    note("several values: source:mail,desk · ranges: rating:2..3 · * for anything")


def show(
    session: Session,
    state_name: str | None,
    wanted: Query,
    limit: int | None,
    as_lines: bool,
    as_json: bool,
    columns: Sequence[str] = (),
) -> None:
    """
    Print a list, narrowed to what is wanted, in the form that was asked for.

    Args:
        columns: Those of the table; where none are named, the usual ones that say
            something.
    """
    from triage.model import State

    workspace = session.open()
    workspace.wake()
    state_name = wanted.state or state_name or "inbox"
    state = None if state_name == "all" else State(state_name)
    wanted = replace(wanted, state=state_name)
    if any(term.field in {"language", "sentiment"} for term in wanted.terms):
        workspace.read_tones()
    ids = workspace.ids(state, wanted)
    if limit is None:
        limit = 0 if as_lines or as_json else _SCREEN
    chosen = ids[:limit] if limit else ids
    if as_lines:
        for told in _told(workspace, chosen, state):
            click.echo(line_of(told))
        return
    if as_json:
        rows = list(_told(workspace, chosen, state))
        emit_json(
            "feedback-list",
            {"state": state_name, "total": len(ids), "feedback": rows},
        )
        return
    names = columns or list_columns.USUAL
    lines = [list_columns.cells(row, names) for row in workspace.rows(chosen, state)]
    keep = [
        place
        for place, name in enumerate(names)
        if columns
        or (
            (name != "state" or state is None)
            and (name not in {"rating", "size"} or any(line[place] for line in lines))
        )
    ]
    headings = list_columns.headings(names)
    table(
        [headings[place] for place in keep],
        [[line[place] for place in keep] for line in lines],
    )
    place = "everywhere" if state is None else f"in {state_name}"
    if len(chosen) < len(ids):
        note(f"{len(chosen)} of {len(ids):,} {place}; --limit 0 shows all")
    else:
        note(f"{count(len(ids), 'line')} {place}")


def _told(
    workspace: Workspace, ids: Sequence[int], state: State | None
) -> Iterator[Json]:
    for start in range(0, len(ids), _CHUNK):
        rows = workspace.rows(ids[start : start + _CHUNK], state)
        elsewhere = [row.group_id for row in rows if row.group_id != row.id]
        founders = {one.id: one.number for one in workspace.feedback_many(elsewhere)}
        for row in rows:
            yield of_row(row, f"g{founders.get(row.group_id, row.number)}")
