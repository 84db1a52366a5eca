"""patterns: which words tell of what, what rises, and which pains go together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import count, emit, emit_json, note, table
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from triage.workspace.patterns import (
        CitedKeyword,
        CitedPair,
        CitedShift,
        Keywords,
        PainsTogether,
        Part,
        Rising,
    )

_BY = ("pain", "group", "segment", "version")


@verb(
    "patterns", example="triage patterns 'plan:enterprise since:90d' --by version",
    schemas=("patterns",), takes_dashes=True,
)  # fmt: skip
@click.argument("query", nargs=-1)
@click.option(
    "--by", type=click.Choice(_BY), help="Whose keywords; pain where nothing is said."
)
@click.option("--rising", is_flag=True, help="Words more people use than before.")
@click.option(
    "--together", is_flag=True, help="Pain points that the same people speak of."
)
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", default=20, show_default=True,
    help="Parts, words or pairs that are told.",
)  # fmt: skip
def patterns(
    session: Session,
    query: tuple[str, ...],
    by: str | None,
    rising: bool,
    together: bool,
    limit: int,
    as_json: bool,
) -> None:
    """
    Show which words tell of what, what rises and what goes together.

    Counted are people, not messages, and fewer than three make no pattern. Without an
    option: the keywords of each pain point's quotes. --rising compares four weeks with
    22 before, --together counts who spoke of both. Each line names feedback it is from.
    """
    if (by is not None) + rising + together > 1:
        raise UsageError(
            "--by, --rising and --together are three questions; ask one at a time"
        )
    workspace = session.open()
    asked = " ".join(query)
    if rising:
        words = workspace.rising(asked, most=limit)
        _tell(_rising_shape(words), asked, lambda: _show_rising(words), as_json)
    elif together:
        pairs = workspace.together(asked, most=limit)
        _tell(_together_shape(pairs), asked, lambda: _show_together(pairs), as_json)
    else:
        parts = workspace.keywords(by or "pain", asked)
        shape = _keywords_shape(parts, limit)
        _tell(shape, asked, lambda: _show_keywords(parts, limit), as_json)


def _tell(
    shape: dict[str, Any], query: str, show: Callable[[], None], as_json: bool
) -> None:
    if as_json:
        empty = {"by": "", "parts": [], "rising": [], "together": []}
        emit_json("patterns", {"query": query, **empty, **shape})
    else:
        show()


def _keywords_shape(found: Keywords, limit: int) -> dict[str, Any]:
    return {
        "by": found.by,
        "read": found.texts,
        "people": found.people,
        "compared": len(found.parts),
        "parts": [
            {
                "id": part.short,
                "name": part.name,
                "people": part.people,
                "feedback": part.texts,
                "keywords": [_keyword(one) for one in part.keywords],
            }
            for part in found.parts[:limit]
        ],
    }


def _keyword(one: CitedKeyword) -> dict[str, Any]:
    return {
        "words": one.keyword.words,
        "people": one.keyword.people,
        "feedback": _ids(one.feedback),
        "weight": round(one.keyword.weight, 4),
    }


def _rising_shape(found: Rising) -> dict[str, Any]:
    return {
        "read": found.texts,
        "people": found.people,
        "compared": found.compared,
        "rising": [
            {
                "words": one.shift.words,
                "people": one.shift.people,
                "feedback": _ids(one.feedback),
                "of": one.shift.of,
                "before": one.shift.before,
                "before_of": one.shift.before_of,
                "g2": round(one.shift.g2, 4),
                "p": one.shift.p,
                "q": one.shift.q,
            }
            for one in found.words
        ],
    }


def _together_shape(found: PainsTogether) -> dict[str, Any]:
    return {
        "read": found.quotes,
        "people": found.people,
        "compared": found.compared,
        "together": [
            {
                "left": {
                    "id": f"p{one.pair.left}", "title": one.left,
                    "people": one.pair.left_people,
                },
                "right": {
                    "id": f"p{one.pair.right}", "title": one.right,
                    "people": one.pair.right_people,
                },
                "people": one.pair.people,
                "expected": round(one.pair.expected, 4),
                "lift": round(one.pair.lift, 4),
                "p": one.pair.p,
                "q": one.pair.q,
                "feedback": _ids(one.feedback),
            }
            for one in found.pairs
        ],
    }  # fmt: skip


def _ids(numbers: tuple[int, ...]) -> list[str]:
    return [f"f{number}" for number in numbers]


def _cited(numbers: tuple[int, ...]) -> str:
    return " ".join(_ids(numbers[:3]))


def _show_keywords(found: Keywords, limit: int) -> None:
    if not found.parts:
        note("no word is used by three people of any; too few to say")
        return
    for part in found.parts[:limit]:
        emit(_head(part))
        for one in part.keywords:
            people = count(one.keyword.people, "person", "people")
            emit(f"    {one.keyword.words}  {people}  {_cited(one.feedback)}")
    more = len(found.parts) - limit
    rest = f"; {more:,} more with --limit" if more > 0 else ""
    note(
        f"{found.texts:,} read, of feedback the latest 50,000;"
        f" the most telling words first (c-TF-IDF){rest}"
    )


def _head(part: Part) -> str:
    name = one_line(part.name, 80)
    title = f"{part.short}  {name}" if part.short else name
    return f"{title}  ({count(part.people, 'person', 'people')})"


def _show_rising(found: Rising) -> None:
    if not found.words:
        emit("quiet: no word is used by more people than before, beyond chance")
    table(
        ("words", ">people", ">of", ">before", ">of", ">G²", ">q", "feedback"),
        [_moved(one) for one in found.words],
    )
    note(
        f"{found.compared:,} words of {found.texts:,} feedback compared: the last four"
        " weeks with 22 before; a negative G² sinks"
    )


def _moved(one: CitedShift) -> tuple[object, ...]:
    told = one.shift
    return (
        told.words, told.people, told.of, told.before, told.before_of,
        f"{told.g2:.1f}", f"{told.q:.2g}", _cited(one.feedback),
    )  # fmt: skip


def _show_together(found: PainsTogether) -> None:
    if not found.pairs:
        emit("no two pain points are spoken of by the same people, beyond chance")
    table(
        (">both", ">expected", ">lift", ">q", "pain points", "feedback"),
        [_pair(one) for one in found.pairs],
    )
    note(
        f"{count(found.people, 'person', 'people')} spoke of any;"
        f" {count(found.compared, 'pair')} compared"
    )


def _pair(one: CitedPair) -> tuple[object, ...]:
    names = (
        f"p{one.pair.left} {one_line(one.left, 40)} ({one.pair.left_people})",
        f"p{one.pair.right} {one_line(one.right, 40)} ({one.pair.right_people})",
    )
    return (
        one.pair.people, f"{one.pair.expected:.2f}", f"{one.pair.lift:.1f}",
        f"{one.pair.q:.2g}", " + ".join(names), _cited(one.feedback),
    )  # fmt: skip
