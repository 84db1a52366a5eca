"""What sentences say of a competitor: right nearly always where anything is said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from triage.text.compared import NAMED, OTHER, in_text, suggestion
from triage.text.mentions import Names, spellings

SENTENCES = Path(__file__).parent / "compared.tsv"


def labelled(split: str) -> Iterator[tuple[str, str]]:
    """The label and the sentence of each line of a half: tuned or held."""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        which, label, sentence = line.split("\t")
        if which == split:
            yield label, sentence.replace("Acme", NAMED).replace("Zeta Notes", OTHER)


@pytest.mark.parametrize(("split", "least"), [("tuned", 0.98), ("held", 0.95)])
def test_precision(split: str, least: float) -> None:
    """Of what is said of sentences, nearly all is right; held out ones, too."""
    told = [
        (label, found.stance.value)
        for label, sentence in labelled(split)
        if (found := suggestion(sentence))
    ]
    assert len(told) >= 80
    assert sum(label == said for label, said in told) / len(told) >= least


def test_half_is_held_out() -> None:
    """Rules are judged by sentences they were not made with."""
    held, tuned = len(list(labelled("held"))), len(list(labelled("tuned")))
    assert held >= 120
    assert tuned >= 120


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("§ does this already.", "better"),
        ("We switched from § to this.", "worse"),
        ("It is better than §.", "worse"),
        ("It isn't better than §.", "same"),
        ("Not as good as §.", "better"),
        ("Is it better than §?", None),
        ("Import from § please.", None),
        ("§.", None),
        ("", None),
    ],
)
def test_rules_with_negation(sentence: str, stance: str | None) -> None:
    """Who came from whom, what is better than what, and that it is not."""
    found = suggestion(sentence)
    assert (found.stance.value if found else None) == stance


def test_the_words_that_say_so() -> None:
    """A suggestion names the words it is from."""
    found = suggestion("Honestly, we switched over here from § last week.")
    assert found is not None
    assert found.words == "switched over here from §"


def test_a_language_without_rules_says_nothing() -> None:
    """No other language's rules are tried on it, nor any file that is no language."""
    assert suggestion("§ ist besser als alles.", "de") is None
    assert suggestion("§ is better", "../en") is None


def test_the_sentence_round_a_name() -> None:
    """Only the sentence that names it is read, as it stands in the text."""
    names = Names(
        one for name in ("Acme", "Bolt") for one in spellings(name, (), lambda _: {})
    )
    text = "I hate waiting. Bolt is slow!\nAcme is faster than Bolt. Bye"
    mentions = names.mentions(text)
    (acme,) = in_text(text, mentions, "Acme")
    assert text[acme.start : acme.end] == "Acme is faster than Bolt."
    assert acme.suggestion.stance == "better"
    bolt = [one.suggestion.stance.value for one in in_text(text, mentions, "Bolt")]
    assert bolt == ["worse", "worse"]


def test_no_sentence_takes_long() -> None:
    """Whatever a customer writes, rules are through with it at once."""
    began = time.process_time()
    for text in ("so much " * 90, "a lot " * 100, "go " * 200, "'" * 600, "ly " * 200):
        suggestion(f"{text} § {text}")
    assert time.process_time() - began < 1
