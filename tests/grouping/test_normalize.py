"""Texts are comparable: what is said stays, what programs and manners add goes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.grouping.normalize import LIMIT, fingerprint, normalize, tokens

SAID = "the export loses all my tags"

PIECES = st.sampled_from(
    ["Hi team, ", "hello ", "On Monday Ann wrote:\n", "> quoted\n", "\n", "Best regards\n",
     "Sent from my iPhone\n", "Device: Pixel\n", "--\n", "&amp;", "&lt;b&gt;", "ß", "İ",
     "ﬁ", "e\u0301", "\u0301", "aaaa", "'", "ｱﾌﾟﾘ", "한국어", "ค้นหา", "検索", "🎉", "_",
     "\u200b", "\x00", "\ud800", "www.x.y ", "a@b.cd ", "[Android 14] ", "ǅ", "½", "㎏"]
)  # fmt: skip
WORDY = st.lists(PIECES | st.text(max_size=6), max_size=15).map("".join)


@given(st.text() | WORDY | st.text(min_size=LIMIT - 5, max_size=LIMIT + 60))
@settings(max_examples=400)
def test_twice_is_once(text: str) -> None:
    """Normalising what is normal changes nothing, and never makes it long."""
    normal = normalize(text)
    assert normalize(normal) == normal
    assert len(normal) <= LIMIT
    assert fingerprint(normal) == fingerprint(normalize(normal))


@given(WORDY | st.text())
@settings(max_examples=200)
def test_terms_are_what_the_text_has(text: str) -> None:
    """Terms come from the text, none is empty, and a text with letters has some."""
    normal = normalize(text)
    found = tokens(normal)
    assert all(term and term in normal and not term.isspace() for term in found)
    assert bool(found) == bool(normal)


@pytest.mark.parametrize(
    "text",
    [
        "The export loses all my tags!",
        "  the EXPORT\tloses -- all my tags…  ",
        "Hi team,\nthe export loses all my tags",
        "Hello! The export loses all my tags.",
        "Guten Tag, the export loses all my tags",
        "Bonjour, the export loses all my tags",
        "The export loses all my tags.\n\nBest regards,\nTom Miller",
        "The export loses all my tags.\n\nMit freundlichen Grüßen\nTom",
        "The export loses all my tags\n--\nTom, Acme Ltd.\n+49 30 1234",
        "The export loses all my tags\nSent from my iPhone",
        "The export loses all my tags\nVon meinem iPhone gesendet",
        "The export loses all my tags\nDevice: Pixel 8\nOS version = 14\nApp version: 5.2.1",
        "The export loses all my tags [Android 14, build 77]",
        "The export loses all my tags (iOS 18)",
        "The export loses all my tags\n\nOn Mon, 3 Mar 2026 Ann wrote:\n> we have news",
        "The export loses all my tags\n> what others said\n> before",
        "Thé éxport lóses àll my tâgs",
        "the export lo\u200bses all my ta\xadgs",
        "the export loses all my tags https://example.org/x?y=1 ann@example.org",
        "&quot;The export&quot; loses all my tags &amp;",
        "ｔｈｅ　ｅｘｐｏｒｔ　ｌｏｓｅｓ　ａｌｌ　ｍｙ　ｔａｇｓ",
        "the export loses all my tags 🎉🎉",
    ],
)
def test_what_is_said_stays(text: str) -> None:
    """Greetings, signatures, devices, quotes, accents and emoji do not count."""
    assert normalize(text) == SAID


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Thanks!\nThe export is back", "thanks the export is back"),
        ("Hi", "hi"),
        ("Hello there!", "hello there"),
        ("> only what was quoted", "only what was quoted"),
        ("Sent from my iPhone", "sent from my iphone"),
        ("Hidden gems, export them", "hidden gems export them"),
        ("sooooo goooood", "soo good"),
        ("don’t and don't", "dont and dont"),
        ("STRASSE Straße", "strasse strasse"),
        ("🎉🎉🎉", ""),
        ("", ""),
        ("\x00\ufeff \u200b", ""),
    ],
)
def test_what_is_left(text: str, normal: str) -> None:
    """A text of nothing but manners is kept whole; one without letters is empty."""
    assert normalize(text) == normal


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("the export, the tags", ["the", "export", "the", "tags"]),
        ("検索が遅い", ["検索", "索が", "が遅", "遅い"]),
        ("猫", ["猫"]),
        ("検索", ["検索"]),
        ("PDFに出す", ["pdf", "に出", "出す"]),
        ("검색이 느려", ["검색", "색이", "느려"]),
        ("导出 失败了", ["导出", "失败", "败了"]),
        ("ค้นหา", ["ค้", "้น", "นห", "หา"]),
        ("экспорт меток", ["экспорт", "меток"]),
    ],
)
def test_terms_of_scripts(text: str, terms: list[str]) -> None:
    """Words where there are spaces; pairs of signs where there are none, and in Hangul."""
    assert tokens(normalize(text)) == terms


HEAVY = {
    "a megabyte of words": "the export loses tags " * 47_000,
    "a megabyte of one letter": "a" * 1_000_000,
    "no letters": "!?… \n" * 200_000,
    "zalgo": "e" + "\u0301\u0316" * 100_000,
    "spaces": "a\n" + " " * 500_000,
    "lines": "\n" * 500_000,
    "dashes": "\n" + "-" * 500_000,
    "half a greeting": "hi " + "team " * 100_000,
    "half an address": "a." * 250_000 + "@",
    "half a bracket": "(app " * 100_000,
    "half a device": "device" + " " * 500_000 + "\n",
    "half a farewell": "x\nbest" + " " * 500_000 + "\n",
    "half a quote": "on " * 200_000 + "\n",
    "entities": "&lt" * 200_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_no_text_is_slow(name: str) -> None:
    """Whatever the size and however it is made, a text is normal within 50 ms."""
    spent = []
    for _ in range(3):
        began = time.process_time()
        normal = normalize(HEAVY[name])
        spent.append(time.process_time() - began)
    assert len(normal) <= LIMIT
    assert min(spent) < 0.05
