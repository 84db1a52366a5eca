"""competitors: who is named beside us, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.competitor_shapes import of_competitor, of_placed
from triage.cli.output import emit, emit_json, facts, note, table
from triage.cli.session import Session
from triage.cli.verbs import nouns_by_usual, verb
from triage.errors import NotFound, UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from triage.measures.beside import Beside
    from triage.workspace import CompetitorView, Workspace

_QUOTES = 5
"""Sentences of each kind shown for one competitor."""

_WIDTH, _HEIGHT = 64, 19
"""Cells of a map where no terminal says how much room there is."""

UNSAID = "what words suggest, which nobody has confirmed"

competitors = nouns_by_usual(
    "competitors", "list", "Competitors: who names them, and how we stand beside them."
)


@verb(
    "list", within=competitors, schemas=("competitors", "perceptual-map"),
    takes_dashes=True, example="triage competitors list since:90d",
)  # fmt: skip
@click.argument("query", nargs=-1)
@click.option(
    "--map",
    "axes",
    nargs=2,
    metavar="ACROSS UP",
    help="A map of two aspects instead: price speed.",
)
def list_competitors(
    session: Session,
    query: tuple[str, ...],
    axes: tuple[str, str] | None,
    as_json: bool,
) -> None:
    """
    List competitors in all feedback, or in what a query finds.

    Better and worse are what people set in highlights; what words suggest stands apart.
    Each person counts once, on the whole: better where their latest words say so of
    more aspects than they say worse of, the same where of as many.
    `triage competitors` alone does the same.
    """
    workspace = session.open()
    asked = " ".join(query)
    _refuse_options(asked)
    if axes:
        _tell_map(workspace, *axes, asked, as_json=as_json)
        return
    if not workspace.read_only:
        workspace.read_tones()
    found = workspace.competitors(asked)
    if as_json:
        emit_json("competitors", _of_all(workspace, found))
        return
    if not found:
        note(
            "no competitor yet; `triage competitors add Acme --as 'acme pro'` adds one"
        )
        return
    table(
        ("name", ">heard", ">people", ">better", ">worse", ">same", "=place",
         "suggested"),
        [
            (
                one.name if one.is_listed else f"{one.name} (not listed)",
                one.mentions, one.people, one.overall.better, one.overall.worse,
                one.overall.same, _place(one.overall), _people_said(one.unsaid),
            )
            for one in found
        ],
    )  # fmt: skip
    note(
        "better, worse, same: people, each once and on the whole, in highlights;"
        f" suggested: {UNSAID}"
    )


@verb("show", within=competitors, schemas=("competitors",),
      example="triage competitors show Acme")  # fmt: skip
@click.argument("name")
@click.argument("query", nargs=-1)
def show(session: Session, name: str, query: tuple[str, ...], as_json: bool) -> None:
    """Show one competitor: how it is written, by aspect, with the words that say so."""
    workspace = session.open()
    called = workspace.competitor_called(name)
    found = [
        one for one in workspace.competitors(" ".join(query)) if one.name == called
    ]
    if not found:
        raise NotFound(
            f"no competitor is called {name}; `triage competitors` lists them,"
            " `triage competitors add` adds one"
        )
    if as_json:
        emit_json("competitors", _of_all(workspace, found))
        return
    (view,) = found
    emit(one_line(view.name))
    emit()
    facts(
        [
            ("also written", ", ".join(view.others)),
            ("feedback", view.mentions),
            ("people", view.people),
            ("as", ", ".join(f"{said} {many}" for said, many in view.written.items())),
            ("sounds", _sounds(view)),
            ("felt", ", ".join(f"{one} {many}" for one, many in view.feelings.items())),
        ]
    )  # fmt: skip
    if view.overall.n:
        emit()
        table(
            ("they are", ">better", ">worse", ">same", ">people", "=place"),
            [
                (name, told.better, told.worse, told.same, told.n, _place(told))
                for name, told in (
                    *((one.aspect, one.beside) for one in view.aspects),
                    ("on the whole", view.overall),
                )
            ],
        )
        emit()
        _quotes(
            (one.short, one.comparison.stance if one.comparison else "", one.quote)
            for one in view.highlights
        )
    if view.suggested:
        emit()
        emit(f"Suggested ({UNSAID}): {_people_said(view.unsaid)}")
        _quotes(
            (one.feedback, one.stance, one.quote) for one in view.suggested[:_QUOTES]
        )
        left = len(view.suggested) - _QUOTES
        if left > 0:
            note(f"{left} more; --json has them all")
        first = view.suggested[0]
        note(f"`triage highlight {first.feedback} …` confirms one")


@verb("add", within=competitors, example='triage competitors add Acme --as "acme pro"')
@click.argument("name")
@click.option("--as", "others", multiple=True, metavar="NAME",
              help="Another way it is written; again for several.")  # fmt: skip
def add(session: Session, name: str, others: tuple[str, ...]) -> None:
    """Add a competitor to the settings, or ways it is written."""
    workspace = session.open()
    kept = workspace.add_competitor(name, others)
    called = workspace.competitor_called(name)
    also = f", also written {', '.join(kept)}" if kept else ""
    emit(one_line(f"{called} is a competitor{also}", 400))


@verb("remove", within=competitors, example="triage competitors remove Acme")
@click.argument("name")
def remove(session: Session, name: str) -> None:
    """Take a competitor out of the settings; highlights beside it stay."""
    called = session.open().remove_competitor(name)
    emit(one_line(f"{called} is no competitor any more; highlights beside it stay"))


def _refuse_options(asked: str) -> None:
    for word in asked.split():
        if word.startswith("--"):
            raise UsageError(
                f"no option is called {word}; `triage competitors list --help` says"
            )


def _tell_map(
    workspace: Workspace, across: str, up: str, query: str, *, as_json: bool
) -> None:
    from triage.measures.beside import FEWEST
    from triage.tui.perceptual import drawn

    placed = workspace.perceptual_map(across, up, query)
    if as_json:
        emit_json(
            "perceptual-map",
            {
                "across": across,
                "up": up,
                "fewest": FEWEST,
                "competitors": [of_placed(one) for one in placed],
            },
        )
        return
    for line in drawn(placed, across, up, _WIDTH, _HEIGHT):
        emit(line)
    emit()
    table(
        ("name", ">people", f"={across}", ">people", f"={up}"),
        [
            (one.name, one.across.n, _place(one.across), one.up.n, _place(one.up))
            for one in placed
        ],
    )
    known = ", ".join(f"{name} ({many})" for name, many in workspace.aspects())
    if not placed:
        told = f"; aspects there are: {known}" if known else ""
        note(f"nobody compared {across} or {up} in a highlight{told}")
    else:
        note(
            "(better - worse) / people, of highlights; right and up is where they are"
            f" better; fewer than {FEWEST} people are too few to say"
        )


def _of_all(workspace: Workspace, found: Sequence[CompetitorView]) -> dict[str, object]:
    keys = sorted({one.feedback_id for view in found for one in view.highlights})
    short = {one.id: one.short for one in workspace.feedback_many(keys)}
    return {"competitors": [of_competitor(one, short) for one in found]}


def _quotes(told: Iterable[tuple[str, str, str]]) -> None:
    table(
        ("id", "they", "words"),
        [(short, stance, f"“{quote}”") for short, stance, quote in told],
    )


def _sounds(view: CompetitorView) -> str:
    from triage.model import Sentiment

    return ", ".join(
        f"{view.tones[one]} {one.value}" for one in Sentiment if view.tones.get(one)
    )


def _place(told: Beside) -> str:
    if told.place is None or told.interval is None:
        return "too few to say" if told.n else ""
    low, high = told.interval
    return f"{told.place:+.2f} ({low:+.2f} to {high:+.2f})"


def _people_said(told: Beside) -> str:
    parts = (("better", told.better), ("worse", told.worse), ("same", told.same))
    return ", ".join(f"{many} {word}" for word, many in parts if many)
