"""Near-duplicates are made with exact truth, the same for the same seed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.grouping.edits import Labelled, make
from triage.grouping.edits.other_issues import Vocabulary, other_thing, other_wording
from triage.grouping.edits.rewriting import EDITS, SLIPPED, Around, rewritten
from triage.grouping.edits.speech import language, speech, tables

PLACES = "office hotel station garden kitchen library theatre harbour museum factory"
THINGS = "printer elevator heating projector doorbell sprinkler thermostat turnstile"
FAULTS = "crashes flickers overheats rattles leaks freezes beeps stalls"

SYLLABLES = (
    "bo",
    "ka",
    "li",
    "mur",
    "na",
    "sep",
    "tor",
    "vi",
    "wen",
    "zu",
    "fal",
    "gri",
)
NAMES = ["".join(parts).title() for parts in product(SYLLABLES, repeat=2)]

TEXTS = [
    f"The {thing} in the {place} {fault} again. Please fix it, I don't like waiting!"
    f" {NAMES[n % 140]} saw it today, {NAMES[n % 139]} says."
    for n, (thing, place, fault) in enumerate(
        product(THINGS.split(), PLACES.split(), FAULTS.split())
    )
]

WORLDWIDE = {
    "en": "The export to PDF doesn't work and I can't find the button",
    "fr": "Je ne peux pas exporter les photos avec la nouvelle version",
    "de": "Ich kann die Bilder nicht hochladen und das Handy ist langsam",
    "es": "No puedo exportar las fotos, la app es muy lenta por la mañana",
    "it": "Non riesco a esportare le foto, il telefono è lento di mattina",
    "pt": "Não consigo exportar as fotos, o aplicativo está muito lento de manhã",
    "nl": "Het lukt niet om in te loggen en ik kan geen foto's uploaden met het ding",
    "id": "Saya tidak bisa unduh lagu ini, tolong perbaiki aplikasi yang rusak",
    "ko": "로그인 화면에서 사진이 안 보여요. 앱이 너무 느려요 그리고 글을 쓰면 자꾸 꺼집니다",
    "ja": "ログインできません。写真がとても遅いです。",
    "zh": "登录以后照片打不开，手机非常慢，请修复这个问题。",
    "thai": "แอปนี้เปิดไม่ได้เลย กรุณาแก้ไขด้วยครับขอบคุณมาก",
    "cyrillic": "Приложение не открывается после обновления, верните деньги",
}

ODD = st.text(max_size=40) | st.lists(
    st.sampled_from(
        ["Login", "ſlow", "İ", "don’t", "{name}", "{", "/", "\ud800", "\u0301", "ǅ", "앱이",
         "로그인", "ログイン", "登录", "ครับ", "🎉", "\x00", "\n", ". ", " ", "\u00a0", "the", "ſ"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


def clusters(made: list[Labelled]) -> dict[int, list[Labelled]]:
    found: dict[int, list[Labelled]] = defaultdict(list)
    for one in made:
        found[one.cluster].append(one)
    return found


def around(text: str, seed: int) -> Around:
    spoken = speech(language(text))
    return Around(Random(seed), spoken, TEXTS, [text, "one two three four five"])


@pytest.fixture(scope="module")
def made() -> list[Labelled]:
    return make(TEXTS, 1000, seed=1)


def test_same_seed_same_texts(made: list[Labelled]) -> None:
    """The same arguments make the same texts in the same order, others make others."""
    assert make(TEXTS, 1000, seed=1) == made
    assert make(TEXTS, 1000, seed=2) != made


def test_each_cluster_has_its_original(made: list[Labelled]) -> None:
    """A cluster is one given text and its copies, or one text about another thing."""
    assert len(made) == 1000
    for members in clusters(made).values():
        first = [one for one in members if one.edits == ("original",)]
        if members[0].edits[0] == "other issue":
            assert len(members) == 1
            continue
        assert len(first) == 1
        assert first[0].text in TEXTS
        for one in members:
            assert one is first[0] or set(one.edits) <= set(EDITS)
            assert one is first[0] or one.text != first[0].text


def test_most_stand_alone(made: list[Labelled]) -> None:
    """Most clusters are one text, most others a few, and some are large."""
    sizes = Counter(len(members) for members in clusters(made).values())
    assert sizes[1] > 0.7 * sizes.total()
    assert sizes[2] > sizes[3] > sizes[5]
    assert 8 <= max(sizes) <= 36


def test_every_kind_occurs(made: list[Labelled]) -> None:
    """Every kind of edit is among a thousand texts, at most three on one."""
    kinds = Counter(kind for one in made for kind in one.edits)
    assert set(EDITS) | {"original", "other issue", "sibling"} >= set(kinds)
    assert set(EDITS) | {"original", "other issue"} <= set(kinds)
    assert all(1 <= len(one.edits) <= 3 for one in made)


def test_other_issues_change_words(made: list[Labelled]) -> None:
    """Another issue keeps the wording but for one to three words, in no given text."""
    found = [one.text for one in made if one.edits == ("other issue",)]
    assert 20 <= len(found) <= 80
    given = [set(text.lower().split()) for text in TEXTS]
    for text in found:
        assert text not in TEXTS
        assert min(len(set(text.lower().split()) - words) for words in given) <= 3


def test_unparted_words_name_opposites() -> None:
    """Texts without spaces have neighbours too: what they name has an opposite."""
    texts = [f"{WORLDWIDE['zh']}第{n}次" for n in range(200)]
    kinds = Counter(one.edits for one in make(texts, 200, seed=1))
    assert kinds["other issue", "sibling"] > 0
    assert kinds["other issue",] == 0


def test_the_rarest_words_change() -> None:
    """What makes another issue is what tells most: here the thing, not the rest."""
    text = "The zeppelin in the harbour leaks again and again. Please fix it"
    known = Vocabulary.of(dict.fromkeys([*TEXTS, text], "en"))
    other = other_wording(text, "en", known, Random(1))
    assert other
    assert "zeppelin" not in other
    assert SequenceMatcher(None, text.split(), other.split()).ratio() >= 0.7


@pytest.mark.parametrize("spoken", sorted(WORLDWIDE))
def test_every_language_can_be_edited(spoken: str) -> None:
    """A language is told, and each kind of edit changes a text of it in some way."""
    text = WORLDWIDE[spoken]
    assert language(text) == spoken
    happened = set()
    for seed in range(300):
        edited, kinds = rewritten(text, around(text, seed))
        assert edited != text
        happened |= set(kinds)
    # Thai has no capitals, and neither it nor others an order without spaces.
    assert set(EDITS) - happened <= {"casing", "order"}


@pytest.mark.parametrize(
    "spoken", sorted(set(WORLDWIDE) - {"thai", "cyrillic", "de", "it", "pt"})
)
def test_opposites(spoken: str) -> None:
    """In languages of ours a thing is named whose opposite is put instead."""
    text = WORLDWIDE[spoken]
    other = other_thing(text, spoken, Random(3))
    assert other not in {"", text}
    assert SequenceMatcher(None, text, other).ratio() > 0.7


def test_opposites_keep_their_capitals() -> None:
    """A word stands as its opposite stood; nothing to name is nothing."""
    assert other_thing("EXPORT is broken", "en", Random(1)) == "IMPORT is broken"
    assert other_thing("Upload, please", "en", Random(1)) == "Download, please"
    assert other_thing("portfolio exportable", "en", Random(1)) == ""


def test_the_same_is_never_another_thing() -> None:
    """No two phrases that say the same in a language name different things in it."""
    for code in set(tables()) - {"any"}:
        spoken = speech(code)
        for phrase, others in spoken.other.instead.items():
            assert not set(others) & set(spoken.same.instead.get(phrase, ())), phrase


@pytest.mark.parametrize("text", WORLDWIDE.values())
def test_a_slip_is_short(text: str) -> None:
    """What slips in from elsewhere is at most 40 % as long as what is said."""
    for seed in range(40):
        slipped = EDITS["fragment"][0](text, around(text, seed))
        assert len(slipped) - len(text) <= min(0.4 * len(text), SLIPPED) + 2


def test_typos_leave_most() -> None:
    """At most 6 % of letters slip, so what is said can still be read."""
    for seed in range(100):
        slipped = EDITS["typos"][0](TEXTS[seed], around(TEXTS[seed], seed))
        assert SequenceMatcher(None, TEXTS[seed], slipped, False).ratio() > 0.9
        assert re.search(r"\w", slipped)


def test_too_few_texts() -> None:
    """More than the texts can make is refused; nothing is nothing."""
    with pytest.raises(ValueError, match="3 texts make"):
        make(TEXTS[:3], 1000, seed=1)
    assert make([], 0, seed=1) == []


@given(st.lists(ODD, unique=True, max_size=30), st.integers(0, 9), st.data())
@settings(max_examples=200, deadline=None)
def test_any_texts(texts: list[str], seed: int, data: st.DataObject) -> None:
    """Whatever people type, as many texts as are given can be made of them."""
    size = data.draw(st.integers(0, len(texts)))
    made = make(texts, size, seed)
    assert len(made) == size
    for members in clusters(made).values():
        originals = sum(one.edits == ("original",) for one in members)
        assert originals == (members[0].edits[0] != "other issue")


@given(ODD, st.integers())
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_edited(text: str, seed: int) -> None:
    """Every text, however odd, has a copy that differs and says in what."""
    edited, kinds = rewritten(text, around(text, seed))
    assert edited != text
    assert kinds
