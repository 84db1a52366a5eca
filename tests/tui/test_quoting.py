"""Selecting words: sentence, paragraph, all; ends move by words and never cross."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from triage.tui.quoting import first

TEXT = (
    "Export crashes\n\nIt crashes on big projects. I lose an hour! Every time.\n"
    "Second line of it.\n\nThanks, Jo"
)


def test_widening() -> None:
    """Sentence, then its paragraph, then everything."""
    sentence = first(TEXT, 16)
    assert sentence is not None
    assert sentence.quote == "It crashes on big projects."
    paragraph = sentence.widen()
    assert paragraph.quote.startswith("It crashes")
    assert paragraph.quote.endswith("Second line of it.")
    assert paragraph.widen().quote == TEXT
    assert paragraph.widen().widen().quote == TEXT


def test_next_and_back() -> None:
    """The next sentence, and back; at the last one it stays."""
    sentence = first(TEXT, 16)
    assert sentence is not None
    assert sentence.next(1).quote == "I lose an hour!"
    assert sentence.next(1).next(-1).quote == sentence.quote
    assert sentence.next(99).quote == "Thanks, Jo"


def test_ends_move_by_words() -> None:
    """A word less, a word more, at either end."""
    sentence = first(TEXT, 16)
    assert sentence is not None
    assert sentence.move_end(-1).quote == "It crashes on big"
    assert sentence.move_end(1).quote == "It crashes on big projects. I"
    assert sentence.move_start(1).quote == "crashes on big projects."
    assert sentence.move_start(-1).quote.startswith("crashes\n\nIt crashes")


def test_chinese_and_japanese_sentences() -> None:
    """A sentence ends at its own script's full stop."""
    sentence = first("書き出すと落ちます。毎回です。")
    assert sentence is not None
    assert sentence.quote == "書き出すと落ちます。"


def test_nothing_said() -> None:
    """There is no sentence in blanks."""
    assert first("  \n ") is None


def test_long_texts_are_quick() -> None:
    """No text makes a key wait: blank lines, no full stop, nothing but full stops."""
    began = time.process_time()
    for text in ("a" + " \n" * 30_000, "word " * 13_000, "." * 60_000, "x" * 60_000):
        selection = first(text)
        assert selection is not None
        selection.widen().widen().move_end(-1).move_start(1).next(1)
    assert time.process_time() - began < 2


@given(
    st.text(max_size=120),
    st.lists(st.sampled_from(["w", "l", "h", "L", "H", "j", "k"]), max_size=12),
)
def test_a_selection_is_never_empty(text: str, keys: list[str]) -> None:
    """Whatever is pressed, there are words in the selection, and they are in the text."""
    selection = first(text)
    if selection is None:
        return
    for key in keys:
        selection = {
            "w": lambda one: one.widen(),
            "l": lambda one: one.move_end(1),
            "h": lambda one: one.move_end(-1),
            "L": lambda one: one.move_start(1),
            "H": lambda one: one.move_start(-1),
            "j": lambda one: one.next(1),
            "k": lambda one: one.next(-1),
        }[key](selection)
        assert 0 <= selection.start < selection.end <= len(text)
        assert selection.quote.strip()
