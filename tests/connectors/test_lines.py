from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage_connectors.lines import Encoding, Lines
from triage_connectors.repeats import Repeats

FORMS = [
    ("utf-8", "\n"), ("utf-8", "\r"), ("cp1252", "\n"), ("utf-16-le", "\n"),
    ("utf-16-be", "\n"), ("utf-16-le", "\r"), ("utf-32-be", "\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "newline"), FORMS)
@given(
    texts=st.lists(st.text("aé\u0a0a\u0d0d\x0b ", max_size=9), max_size=9),
    open_end=st.booleans(),
)
def test_lines_are_whole_in_any_encoding(
    name: str, newline: str, texts: list[str], open_end: bool
) -> None:
    """Lines end at line ends only, never in a letter, and offsets tell where."""
    if name == "cp1252":
        texts = [text.replace("\u0a0a", "").replace("\u0d0d", "") for text in texts]
    pieces = [text + newline for text in texts] + (["open"] if open_end else [])
    data = b"".join(piece.encode(name) for piece in pieces)
    lines = Lines(
        io.BytesIO(data), Encoding(name, 0, newline.encode(name)), 0, len(data), 999
    )
    at = 0
    for piece, line in zip(pieces, lines, strict=True):
        assert (line.decode(name), lines.start) == (piece, at)
        at = lines.end
    assert at == len(data)


@pytest.mark.parametrize(("name", "newline"), FORMS)
def test_a_line_over_the_limit_is_passed_over(name: str, newline: str) -> None:
    """Of a line too long only its beginning is held, and the next one is whole."""
    text = f"first{newline}{'x' * 900_000}{newline}last{newline}"
    data = text.encode(name)
    how = Encoding(name, 0, newline.encode(name))
    lines = Lines(io.BytesIO(data), how, 0, len(data), 1000)
    found = [(line, lines.over, lines.end) for line in lines]
    assert [over for _, over, _ in found] == [False, True, False]
    assert len(found[1][0]) < 600_000
    assert found[2][0].decode(name) == f"last{newline}"
    assert found[2][2] == len(data)


def test_what_grows_later_is_for_later() -> None:
    """Reading stops where the file ended when it was opened."""
    data = b"one\ntwo\nthree\n"
    lines = Lines(io.BytesIO(data), Encoding("utf-8"), 0, 6, 99)
    assert list(lines) == [b"one\n", b"tw"]


@given(st.lists(st.sampled_from([b"a", b"b", b"c"]), max_size=30))
def test_no_name_is_given_twice(contents: list[bytes]) -> None:
    """Equal rows have names of their own, the same at every reading."""
    first, second = Repeats(), Repeats()
    names = [first.name(content) for content in contents]
    assert len(set(names)) == len(names)
    assert [second.name(content) for content in contents] == names
