"""Names are found as people write them, and everyday words are left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.text.everyday import everyday
from triage.text.mentions import Names, spellings

SAID = Counter(
    {
        "evernote": 20, "evernotte": 1, "evrnote": 2, "everyone": 4, "evernotes": 9,
        "zendesk": 9, "zendeks": 1, "sendesk": 1, "acme": 5, "acne": 1, "notion": 9,
        "motion": 1, "trello": 4, "trelo": 1,
    }
)  # fmt: skip


def words(letter: str) -> Mapping[str, int]:
    """What everybody said, by its first letter."""
    return {word: many for word, many in SAID.items() if word[0] == letter}


def found(text: str, name: str, *others: str) -> list[str]:
    """What is taken for the name in a text."""
    mentions = Names(spellings(name, others, words)).mentions(text)
    return [text[one.start : one.end] for one in mentions]


@pytest.mark.parametrize(
    ("text", "name", "others", "said"),
    [
        ("ACME's plan, acme, acmes, macme", "Acme", (), ["ACME", "acme"]),
        ("acne is no acme", "Acme", (), ["acme"]),
        ("evernotte, Evrnote; everyone, evernotes", "Evernote", (),
         ["evernotte", "Evrnote"]),
        ("zendeks and sendesk", "Zendesk", (), ["zendeks"]),
        ("trelo", "Trello", (), ["trelo"]),
        ("no notion of motion, in Notion", "Notion", (), ["Notion"]),
        ("Notion is good. Notion of it. NOTION OF", "Notion", (), ["Notion"]),
        ("monday.com on Monday", "Monday", ("monday.com",), ["monday.com", "Monday"]),
        ("Acme-Pro, acmepro, acme pro, acme", "Acme Pro", (),
         ["Acme-Pro", "acmepro", "acme pro"]),
        ("hub spot or HubSpot", "HubSpot", (), ["hub spot", "HubSpot"]),
        ("我喜欢微信很多", "WeChat", ("微信",), ["微信"]),
        ("ボルトノートを使う", "ボルトノート", (), ["ボルトノート"]),
        ("cafe\u0301 zwo\u0308lf, Café Zwölf", "Café Zwölf", (),
         ["cafe\u0301 zwo\u0308lf", "Café Zwölf"]),
        ("go to Go at a go", "Go", (), ["Go"]),
    ],
)  # fmt: skip
def test_what_is_taken_for_a_name(
    text: str, name: str, others: tuple[str, ...], said: list[str]
) -> None:
    """Capitals, typos, spaces, scripts without spaces; never an everyday word."""
    assert found(text, name, *others) == said


def test_the_longest_name_counts() -> None:
    """Where two names stand in one another, the longer is meant."""
    spelt = [*spellings("Acme", (), words), *spellings("Acme Pro", (), words)]
    named = [one.name for one in Names(spelt).mentions("Acme Pro beats Acme")]
    assert named == ["Acme Pro", "Acme"]


def test_what_is_near_one_name_may_be_another() -> None:
    """A name is nobody else's typo."""
    spelt = [*spellings("Trello", (), words), *spellings("Trelo", (), words)]
    (one,) = Names(spelt).mentions("trelo")
    assert (one.name, one.is_near) == ("Trelo", False)


@given(st.text(max_size=80), st.sampled_from(["Acme", "Acme Pro", "微信", "Évian"]))
def test_places_are_within_the_text(text: str, name: str) -> None:
    """Whatever stands around it, a name is found where it stands."""
    whole = f"{text} {name}"
    mentions = Names(spellings(name, (), words)).mentions(whole)
    assert all(0 <= one.start < one.end <= len(whole) for one in mentions)
    assert mentions[-1].end == len(whole)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_everyday_words_are_as_compared() -> None:
    """None has a capital or an accent, so that each is found."""
    assert {"slack", "notion", "apres"} <= everyday()
    assert all(word == word.casefold() for word in everyday())
