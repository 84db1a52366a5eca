"""guide check: which questions of a guide to ask differently, why, and how."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from triage.cli.guides import guide
from triage.cli.lines import PIPE
from triage.cli.output import cells, count, emit, emit_json, line_length, note
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import NotFound, UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.guides.checking import Checked, Judged
    from triage.guides.judging import Mark

_MOST = 1_000_000
"""Bytes of a guide that are read."""

_WORDS = {"double": "double-barrelled"}
"""Kinds that people call otherwise."""

_PAD = "    "


@verb(
    "check", within=guide, schemas=("guide-check",),
    example="triage guide check onboarding.md --minutes 45",
)  # fmt: skip
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--language", default="", metavar="CODE",
    help="Which rules to judge by, as en or de; as the text is, unless told.",
)  # fmt: skip
@click.option(
    "--minutes", type=click.IntRange(1, 600), metavar="N",
    help="How long the session is; 60 where neither this nor the guide says so.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="What is well asked, too.")
def check(
    session: Session,
    files: tuple[str, ...],
    language: str,
    minutes: int | None,
    everything: bool,
    as_json: bool,
) -> None:
    """
    Mark leading, closed, double-barrelled, hypothetical and vague questions.

    Each with the words that gave it away and how to ask it openly. FILE is Markdown or
    plain text, - for standard input, or the name of a guide kept here. Exit code 1 if
    any question is marked.
    """
    from triage.guides.checking import check as checked

    found: list[tuple[str, Checked]] = []
    for file in files:
        text, spoken = _read(session, file)
        found.append((file, checked(text, language or spoken, minutes or 0)))
    if as_json:
        emit_json("guide-check", {"guides": [shape(*one) for one in found]})
    else:
        for at, (name, one) in enumerate(found):
            if at:
                emit()
            show(name, one, everything=everything)
    if any(one.marked for _, one in found):
        sys.exit(1)


def _read(session: Session, file: str) -> tuple[str, str]:
    """The text of a guide, and the language it is kept in, if it is kept here."""
    from triage.text.charset import decode

    path = Path(file)
    if file != PIPE and not path.is_file():
        return _kept(session, file)
    try:
        data = sys.stdin.buffer.read(_MOST) if file == PIPE else path.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    return decode(data[:_MOST]).text, ""


def _kept(session: Session, name: str) -> tuple[str, str]:
    missing = f"{name} is neither a file nor a guide kept here; `triage guide list`"
    if not session.path.exists():
        raise UsageError(missing)
    try:
        kept = session.open().guide(name)
    except NotFound as error:
        raise NotFound(missing) from error
    return kept.text, kept.language


def show(name: str, one: Checked, *, everything: bool) -> None:
    """A guide for a person: what to ask differently, and what it lacks."""
    well = len(one.questions) - len(one.marked)
    asked = count(len(one.questions), "question")
    emit(f"{name}: {asked}, {well} well asked" if one.questions else f"{name}: {asked}")
    for judged in one.questions if everything else one.marked:
        emit()
        _show(judged)
    if one.lacks:
        emit()
        emit("As a whole:")
        for lack in one.lacks:
            emit(f"  {lack.why}")
    note(f"judged by the rules for {one.language}; {count(one.minutes, 'minute')}")


def _show(judged: Judged) -> None:
    asked = judged.asked
    text = one_line(asked.text, 2000)
    # Where a control character was made visible, places are no longer the same.
    marks = judged.marks if text == asked.text else ()
    begin = f"{asked.line:>3} "
    for start, end in _lines(text):
        emit(f"{begin}{text[start:end]}")
        under = _underlined(text[start:end], start, marks)
        if under:
            emit(f"{_PAD}{under}")
        begin = _PAD
    for mark in judged.marks:
        emit(f"{_PAD}{word(mark)}: {one_line(mark.why, 600)}")
    for why in judged.praise:
        emit(f"{_PAD}well asked: it {why}")
    if judged.instead:
        fill = " (fill in)" if judged.instead.has_gap else ""
        for at, instead in enumerate(judged.instead.questions):
            begin = "then" if at else "instead"
            emit(f"{_PAD}{begin}: {one_line(instead, 600)}{fill}")


def _lines(text: str) -> list[tuple[int, int]]:
    """Where each line of a text begins and ends, as wide as the terminal is."""
    width = line_length()
    if width is None:
        return [(0, len(text))]
    found, start = [], 0
    for space in [*re.finditer(r" |$", text)]:
        wide = cells(text[start : space.start()]) > max(width - len(_PAD), 20)
        if wide and (cut := text.rfind(" ", start, space.start())) > start:
            found.append((start, cut))
            start = cut + 1
    return [*found, (start, len(text))]


def _underlined(text: str, start: int, marks: tuple[Mark, ...]) -> str:
    """A line of ^ under the words that gave it away; the text begins at ``start``."""
    under = [
        "^" if any(mark.start <= at < mark.end for mark in marks) else " "
        for at in range(start, start + len(text))
    ]
    return "".join(
        mark * cells(char) for mark, char in zip(under, text, strict=True)
    ).rstrip()


def word(mark: Mark) -> str:
    """What a kind is called on a screen."""
    return _WORDS.get(mark.kind, str(mark.kind))


def shape(name: str, one: Checked) -> dict[str, Any]:
    """A checked guide for a program."""
    return {
        "guide": name,
        "language": one.language,
        "minutes": one.minutes,
        "asked": len(one.questions),
        "marked": len(one.marked),
        "questions": [
            {
                "line": judged.asked.line,
                "question": judged.asked.text,
                "probes": list(judged.asked.probes),
                "marks": [
                    {
                        "kind": str(mark.kind),
                        "words": mark.words,
                        "start": mark.start,
                        "end": mark.end,
                        "why": mark.why,
                    }
                    for mark in judged.marks
                ],
                "instead": list(judged.instead.questions) if judged.instead else [],
                "fill_in": bool(judged.instead and judged.instead.has_gap),
                "well": list(judged.praise),
            }
            for judged in one.questions
        ],
        "lacks": [{"name": lack.name, "why": lack.why} for lack in one.lacks],
    }
