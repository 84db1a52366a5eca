"""Text laid out in lines: nothing lost, nothing too wide, nothing that commands."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from triage.tui.wrap import head, wrap

WIDTHS = st.integers(2, 60)


@given(st.text(max_size=300), WIDTHS)
def test_no_line_is_too_wide(text: str, width: int) -> None:
    """Every line fits, whatever the script."""
    for line in wrap(text, width):
        assert sum(cell_len(piece.text) for piece in line) <= max(
            width, max((cell_len(piece.text) for piece in line), default=0)
        )
        if len(line) > 1:
            assert sum(cell_len(piece.text) for piece in line) <= width


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"])), WIDTHS)
def test_no_word_is_lost(text: str, width: int) -> None:
    """All words are there, in order; only spaces where lines break go."""
    shown = "".join(piece.text for line in wrap(text, width) for piece in line)
    assert shown.replace(" ", "") == text.replace(" ", "")


@given(st.text(max_size=200), WIDTHS)
def test_pieces_know_their_origin(text: str, width: int) -> None:
    """A literal piece is exactly the part of the text it says it is."""
    for line in wrap(text, width):
        for piece in line:
            assert 0 <= piece.start <= piece.end <= len(text)
            if piece.is_literal and piece.text.isprintable() and piece.text.isascii():
                assert (
                    text[piece.start : piece.end] == piece.text
                    or not text[piece.start : piece.end].isprintable()
                )


def test_words_stay_whole() -> None:
    """Lines break at spaces where there is one."""
    lines = wrap("the export crashes every time", 12)
    assert ["".join(piece.text for piece in line) for line in lines] == [
        "the export", "crashes", "every time",
    ]  # fmt: skip


def test_commands_become_pictures() -> None:
    """An escape sequence is shown, not sent."""
    (line,) = wrap("a\x1b]52;c;aGk=\x07b", 80)
    assert "".join(piece.text for piece in line) == "a␛]52;c;aGk=␇b"


def test_long_lines_are_quick() -> None:
    """200,000 characters without a space, and 20,000 marks on one letter, in a blink."""
    began = time.process_time()
    for text in (
        "x" * 200_000,
        "語" * 200_000,
        "a" + "\u0301" * 20_000,
        "ab " * 70_000,
    ):
        wrap(head(text), 50)
    assert time.process_time() - began < 1.0


def test_head_ends_at_a_whole_character() -> None:
    """No character is cut in half."""
    assert head("語" * 10, 10) == "語語語"
    assert head("abc", 2) == "ab"
