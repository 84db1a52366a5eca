"""A spreadsheet opens it without running anything; a program reads it as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.backlogs import backlog, filled_with, planned, quoted, said, text_of, view
from export.hostile import CONTROLS, FORMULAS, HOSTILE, broken, texts, words
from triage.export import COLUMNS
from triage.export.to_csv import Csv, marked, read_rows, unmarked
from triage.model import PainPoint, RoadmapItem
from triage.text.display import safe

STARTS_A_FORMULA = set("=+-@\t\r\n\x00＝＋－＠")


@given(broken)
def test_the_mark_comes_off_again(text: str) -> None:
    """Every text survives marking and unmarking exactly."""
    assert unmarked(marked(text)) == text


@given(st.lists(broken, max_size=20))
def test_no_two_texts_share_a_cell(some: list[str]) -> None:
    """Different texts give different cells."""
    assert len(set(map(marked, some))) == len(set(some))


@pytest.mark.parametrize("text", [*FORMULAS, "\u202e=1", "x=1"])
def test_no_cell_begins_as_a_formula(text: str) -> None:
    """No cell of the file begins with what a spreadsheet evaluates."""
    written = text_of(Csv(), filled_with(text))
    for row in csv.reader(io.StringIO(written, newline="")):
        for cell in row:
            assert not (cell and cell[0] in STARTS_A_FORMULA)


@given(words)
def test_what_is_read_back_is_what_was_shown(text: str) -> None:
    """The file read back gives every cell as it was, controls as pictures."""
    whole = filled_with(text)
    [row] = read_rows(io.StringIO(text_of(Csv(), whole), newline=""))
    wanted = {
        column.name: safe(column.cell(whole.rows[0]), multiline=True)
        for column in COLUMNS
    }
    assert row == wanted


@given(texts)
def test_raw_is_exact(text: str) -> None:
    """With ``raw``, cells are exactly what is stored."""
    whole = filled_with(text)
    [row] = csv.DictReader(io.StringIO(text_of(Csv(raw=True), whole), newline=""))
    assert row == {column.name: column.cell(whole.rows[0]) for column in COLUMNS}


@given(broken)
def test_it_can_always_be_written_as_utf_8(text: str) -> None:
    """Half a character breaks no export, raw or not."""
    for exporter in (Csv(), Csv(raw=True)):
        text_of(exporter, filled_with(text)).encode()


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_it_commands_a_terminal(text: str) -> None:
    """No control but the line ends, no C1, nothing that reorders text."""
    written = text_of(Csv(), filled_with(text)).replace("\r\n", "")
    assert safe(written.replace("\n", "")) == written.replace("\n", "")


def test_every_cell_is_quoted_and_every_line_ends_in_crlf() -> None:
    """Header and rows are quoted throughout; line ends are CRLF."""
    written = text_of(Csv(), backlog(view(PainPoint(id=1, title="One")),
                                     view(PainPoint(id=2, title="Two"))))  # fmt: skip
    lines = written.split("\r\n")
    assert len(lines) == 4
    assert lines[-1] == ""
    assert lines[0] == ",".join(f'"{column.name}"' for column in COLUMNS)
    assert all(line.startswith('"') and line.endswith('"') for line in lines[:-1])
    assert lines[1].count('","') == len(COLUMNS) - 1


def test_the_byte_order_mark_is_there_when_asked() -> None:
    """Without ``bom`` no mark; with it one, which the reader takes off."""
    whole = backlog(view(PainPoint(id=1, title="One")))
    assert text_of(Csv(), whole)[0] == '"'
    marked_file = text_of(Csv(bom=True), whole)
    assert marked_file == "\ufeff" + text_of(Csv(), whole)
    assert read_rows(io.StringIO(marked_file, newline=""))[0]["title"] == "One"


def test_cells_read_as_people_write_them() -> None:
    """Numbers have no needless zeros, lists are joined, what nobody set is empty."""
    one = said(1, "It lost\nrows", context={"segment": "large"})
    two = said(2, "Rows!", customer_id=2, context={"plan": "pro", "mrr": 100.0})
    point = PainPoint(
        id=3, title="Export", effort=2.0, confidence=0.8, tags=("a", "b"), persona="Ada"
    )
    item = RoadmapItem(id=2, title="New export", url="https://x.example")
    whole = backlog(view(point, [quoted(one), quoted(two)], [planned(item, 3)]))
    [row] = read_rows(io.StringIO(text_of(Csv(), whole), newline=""))
    assert row | {
        "rank": "1", "id": "p3", "kind": "pain_point", "status": "open", "score": "0.8",
        "formula": "demand-2", "reach": "", "confidence": "0.8", "effort": "2",
        "importance_sum": "2", "people": "2", "accounts": "0", "mrr": "100",
        "items": "2", "segments": "large; pro", "personas": "Ada", "tags": "a; b",
        "roadmap_ref": "r2", "quotes_top3": "Rows! | It lost rows",
        "url": "https://x.example", "trend": "0 0 0 0 2 0 0 0 0",
        "first_seen": "2026-01-31T12:00:00Z", "as_of": "2026-03-01T12:00:00Z",
        "priority": "none", "severity": "",
    } == row  # fmt: skip


def test_the_controls_are_hostile_indeed() -> None:
    """The texts used here would be changed on their way to a screen."""
    harmless = [text for text in CONTROLS if safe(text) == text]
    assert len(harmless) <= 3
