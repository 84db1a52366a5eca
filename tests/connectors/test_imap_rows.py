"""What a server answers to a FETCH, taken apart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage_connectors.imap_rows import rows


def test_an_answer() -> None:
    """Numbers, dates, names, lists and bodies come as what they are."""
    begun = (
        b'1 (UID 7 INTERNALDATE "02-Apr-2026 08:30:00 +0000" RFC822.SIZE 12'
        b' X-GM-LABELS ("\\\\Sent" Kunden "a \\"b\\"" ()) BODY[] {5}'
    )
    told = [
        (begun, b"({1}x"),
        b" FLAGS (\\Seen))",
        b"2 (uid 8 BODY[]<0> NIL BODY[HEADER.FIELDS (TO CC)] NIL)",
    ]
    one, two = rows(told)
    assert one == {
        b"UID": 7,
        b"RFC822.SIZE": 12,
        b"INTERNALDATE": b"02-Apr-2026 08:30:00 +0000",
        b"X-GM-LABELS": (b"\\Sent", b"Kunden", b'a "b"', ()),
        b"BODY[]": b"({1}x",
        b"FLAGS": (b"\\Seen",),
    }
    assert two == {b"UID": 8, b"BODY[]<0>": None, b"BODY[HEADER.FIELDS (TO CC)]": None}


@pytest.mark.parametrize(
    "told",
    [
        [b"1 (UID"],
        [b"1 (UID 7) 8"],
        [b"(UID 7)"],
        [b"1 (UID)"],
        [b'1 (UID "7)'],
        [b"1 " + b"(" * 5000],
        [b"x (UID 7)"],
        [b"1 (NIL 7)"],
        [(b"1 (BODY[] {3}", b"abc")],
    ],
)
def test_what_is_no_answer(told: list[Any]) -> None:
    """What does not keep to the grammar is refused, however deep it goes."""
    with pytest.raises(ValueError, match=r"."):
        rows(told)


@given(st.lists(st.binary(max_size=60).map(lambda b: b.replace(b"\n", b""))))
def test_anything(told: list[bytes]) -> None:
    """Whatever bytes come, they are taken apart or refused."""
    try:
        rows(told)
    except ValueError:
        return
