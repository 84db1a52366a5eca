"""Bytes become text by an allow-list of encodings, and never fail to."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Any

from triage.text.listed import phrases, words

_NAME = re.compile(r"[a-z0-9][a-z0-9_.:+-]{0,39}")

# What senders write, and the encoding their bytes are really in: a subset's name
# mostly stands on bytes of its superset.
_MEANT = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "windows-874": "cp874",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "hz-gb-2312": "",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}

# Canonical names as Python knows them. Not here: utf-7, unicode_escape, punycode, idna
# and their like, which turn plain ASCII into anything at all.
_ALLOWED = words(
    """
    utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be ascii big5
    big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437
    cp720 cp737 cp775 cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp864
    cp865 cp866 cp869 cp874 cp932 cp949 cp950 euc_jis_2004 euc_jisx0213 euc_jp
    euc_kr gb18030 gb2312 gbk iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004
    iso2022_jp_3 iso2022_jp_ext iso2022_kr iso8859-1 iso8859-10 iso8859-11
    iso8859-13 iso8859-14 iso8859-15 iso8859-16 iso8859-2 iso8859-3 iso8859-4
    iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 johab koi8-r koi8-t koi8-u
    kz1048 mac-cyrillic mac-greek mac-roman ptcp154 shift_jis shift_jis_2004
    shift_jisx0213 tis-620
    """
)

# The commoner first: it wins where the bytes fit several equally well.
_GUESSES = phrases(
    """
    cp1252 | cp1251 | euc_jp | cp932 | cp949 | gb18030 | big5 | cp1250 | cp1254
    | cp1253 | koi8_r | cp1255 | cp1256 | cp874
    """
)
_ONE_BYTE = frozenset(
    name for name in _ALLOWED if name.startswith(("cp125", "iso8859", "koi8", "mac"))
)
_GUESSED_ON = 8192
"""Bytes looked at for a guess: more costs time and changes no answer."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """
    Text, and how its bytes were read.

    Attributes:
        charset: The encoding used, as Python names it.
        sure: False where it was guessed or something could not be read.
    """

    text: str
    charset: str
    sure: bool = True


def clean(text: str) -> str:
    """Return the text with lone surrogates as U+FFFD and NUL as U+2400."""
    if "\x00" in text:
        text = text.replace("\x00", "\u2400")
    if not text.isascii() and _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    return text


def codec(declared: str) -> str | None:
    """Return the encoding a declared name means; None if it is not allowed."""
    name = declared.strip().strip("\"'").lower()
    if not _NAME.fullmatch(name):
        return None
    try:
        found = codecs.lookup(_MEANT.get(name, name)).name
    except LookupError:
        return None
    return found if found in _ALLOWED else None


def decode(data: bytes, declared: str = "") -> Decoded:
    """
    Return the text of ``data``: as declared, else UTF-8, else by a guess.

    A declared encoding that fits all but a few bytes is believed; one in which any
    bytes are letters, only where they are not UTF-8 as well. Never raises: at the very
    end every byte is a letter of Windows-1252.
    """
    name = codec(declared) if declared else None
    known = name is not None or not declared
    if name is None and b"\x1b$" in data:
        name = "iso2022_jp"
    if name is not None and (name not in _ONE_BYTE or not _is_utf8(data)):
        text, lost = _read(data, name)
        if lost <= len(text) // 50:
            return Decoded(clean(text), name, sure=not lost)
    text, lost = _read(data, "utf-8")
    if not lost:
        return Decoded(clean(text), "utf-8", sure=known)
    guess = guessed(data)
    text, _ = _read(data, guess)
    return Decoded(clean(text), guess, sure=False)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except ValueError:
        return False
    return not data.isascii()


def guessed(data: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8."""
    from charset_normalizer import from_bytes

    matches = from_bytes(
        data[:_GUESSED_ON], cp_isolation=list(_GUESSES), preemptive_behaviour=False
    )
    likely = sorted(matches, key=lambda match: (match.chaos, -match.coherence))
    alike = {
        name
        for match in likely
        if (match.chaos, match.coherence) == (likely[0].chaos, likely[0].coherence)
        for name in match.could_be_from_charset
    }
    best = next((name for name in _GUESSES if name in alike), "cp1252")
    return codecs.lookup(best).name


def _read(data: bytes, name: str) -> tuple[str, int]:
    """Return the text and how many letters could not be read."""
    try:
        return data.decode(name), 0
    except ValueError:
        text = str(data, name, _errors(name))
    return text, text.count("\ufffd")


def _errors(name: str) -> str:
    return "triage-latin" if name == "cp1252" else "replace"


def _latin(error: UnicodeError) -> tuple[str, int]:
    """Read the five bytes Windows-1252 leaves open as Latin-1 has them."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("triage-latin", _latin)


def cleaned(value: Any) -> Any:
    """Return a JSON value with every text in it clean; at most a few dozen deep."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(name)): cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [cleaned(inner) for inner in value]
    return value
