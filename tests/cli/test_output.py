"""Tables fit, and nothing printed can command a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.cli import output

_CELLS = st.one_of(st.text(max_size=60), st.integers(), st.none(), st.floats())


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(_CELLS, _CELLS, _CELLS, _CELLS), max_size=6),
    width=st.integers(60, 200),
)
def test_a_table_keeps_to_the_line(rows: list[tuple[object, ...]], width: int) -> None:
    """Whatever is in it, each row is one clean line no longer than the terminal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        printed: list[str] = []
        patch.setattr("click.echo", printed.append)
        output.table(("id", ">many", "from", "text"), rows)
    assert len(printed) == (len(rows) + 1 if rows else 0)
    for line in printed:
        assert output.cells(line) <= width
        assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in line)


def test_wide_letters_count_twice() -> None:
    """Letters of two cells and marks of none are counted as a terminal does."""
    assert output.cells("abc") == 3
    assert output.cells("大き") == 4
    assert output.cells("e\u0301") == 1


def test_numbers_stand_to_the_right(capsys: pytest.CaptureFixture[str]) -> None:
    """A column of numbers ends at one edge; text begins at one."""
    output.table(("name", ">many", "text"), [("a", 5, "x"), ("bb", 1234, "y")])
    assert capsys.readouterr().out.splitlines() == [
        "name  many  text",
        "a        5  x",
        "bb    1234  y",
    ]


def test_columns_give_way_where_the_last_needs_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A short last column takes no room from the others, and a whole one is never cut."""
    monkeypatch.setenv("COLUMNS", "40")
    output.table(("name", ">n"), [("a name of twenty four letters"[:24], 5)])
    output.table(
        ("name", "=place", "text"),
        [("a name of twenty four letters"[:24], "+0.38 (-0.15 to +0.70)", "word " * 9)],
    )
    fits, _, cut = [*capsys.readouterr().out.splitlines()[1:]]
    assert fits == "a name of twenty four let"[:24] + "  5"
    assert "+0.38 (-0.15 to +0.70)" in cut
    assert cut.startswith("a name of…")


def test_long_text_is_cut_with_a_mark(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not fit ends in an ellipsis; in a pipe there is room."""
    rows = [("f1", "word " * 30)]
    monkeypatch.setenv("COLUMNS", "40")
    output.table(("id", "text"), rows)
    monkeypatch.delenv("COLUMNS")
    output.table(("id", "text"), rows)
    narrow, wide = capsys.readouterr().out.splitlines()[1::2]
    assert len(narrow) == 40
    assert narrow.endswith("…")
    assert wide.endswith("word")
