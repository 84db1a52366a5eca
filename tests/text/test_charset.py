from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.text import charset


@pytest.mark.parametrize(
    "name",
    ["unicode_escape", "raw_unicode_escape", "utf-7", "idna", "punycode", "rot13",
     "base64", "hz-gb-2312", "x\x00y", "", "a" * 200, "mbcs", "undefined"],
)  # fmt: skip
def test_encodings_that_make_text_of_anything_are_refused(name: str) -> None:
    """Only encodings of letters are allowed: no escapes, no transformations."""
    assert charset.codec(name) is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [("windows-874", "cp874"), ("KS_C_5601-1987", "cp949"), ('"UTF-8"', "utf-8"),
     ("iso-8859-1", "cp1252"), ("Shift_JIS", "cp932"), ("gb2312", "gb18030")],
)  # fmt: skip
def test_names_mean_what_senders_mean_by_them(name: str, meant: str) -> None:
    """A subset's name stands for its superset, as senders use it."""
    assert charset.codec(name) == meant


def test_escapes_stay_letters() -> None:
    """Text declared as an escape encoding is not unescaped: no control comes of it."""
    found = charset.decode(rb"\x1b]52;c;x\x07", "unicode_escape")
    assert found.text == r"\x1b]52;c;x\x07"
    assert not found.sure


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Grüße aus Köln, es läuft schön", "cp1252"), ("Приложение не открывается", "cp1251"),
     ("アプリが落ちる。直してください", "euc_jp"), ("应用无法打开，请修复", "gb18030")],
)  # fmt: skip
def test_undeclared_bytes_are_guessed(text: str, encoding: str) -> None:
    """Bytes that are no UTF-8 are read in the likeliest encoding, and marked so."""
    found = charset.decode(text.encode(encoding))
    assert (found.text, found.sure) == (text, False)


def test_japanese_mail_needs_no_declaration() -> None:
    """The escapes of ISO-2022-JP tell of themselves."""
    assert charset.decode("落ちる".encode("iso2022_jp")).text == "落ちる"


def test_a_wrong_declaration_yields_to_utf8() -> None:
    """Declared as ASCII or as something else it does not fit, UTF-8 is seen."""
    assert charset.decode("schön ✓".encode(), "us-ascii").text == "schön ✓"
    assert charset.decode("schön".encode(), "iso-8859-1").text == "schön"
    assert charset.decode("联通".encode("gbk"), "gb2312").text == "联通"


def test_quotes_of_windows_are_letters() -> None:
    """Declared Latin-1 is Windows-1252 in practice, and its gaps never fail."""
    assert charset.decode(b"\x93hi\x94 \x81", "iso-8859-1").text == "“hi” \x81"


def test_clean_replaces_what_cannot_be_stored() -> None:
    """A lone surrogate becomes U+FFFD and a NUL its picture; the rest is untouched."""
    assert charset.clean("a\ud800\x00é😀") == "a\ufffd\u2400é😀"


@given(
    st.binary(max_size=200), st.text(max_size=20) | st.sampled_from(["utf-16", "big5"])
)
def test_decoding_never_fails(data: bytes, declared: str) -> None:
    """Any bytes under any declared name become text that can be stored."""
    text = charset.decode(data, declared).text
    text.encode("utf-8")
    assert "\x00" not in text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_utf8_comes_back(text: str) -> None:
    """What is UTF-8 is read as UTF-8."""
    assert charset.decode(text.encode()).text == text
