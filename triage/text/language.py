"""
Which language a text is in, told offline and in bounded time.

The script settles it where a script has one language; for Latin and Cyrillic letters a
model of byte sequences is asked, helped by everyday words and by which languages
customers write in at all.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from typing import Any

from triage.text import common_words

SHORT = 20
"""Letters; the language of anything shorter is a guess and says so."""

_READ = 400
"""Characters read: more would not tell more, and a text may have a million."""

_NOISE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|@\w+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

# Unicode gives each script blocks of its own; 128 characters are one block here.
# A letter's worth is in Latin letters: a syllable or a word in one character says as
# much as several of them.
_BLOCKS: tuple[tuple[str, int, tuple[int, ...]], ...] = (
    ("latin", 1, (0x00, 0x01, 0x02, 0x03, 0x04, 0x3C, 0x3D)),
    ("el", 1, (0x06, 0x07, 0x3E, 0x3F)),
    ("cyrillic", 1, (0x08, 0x09)),
    ("hy", 1, (0x0A,)),
    ("he", 1, (0x0B,)),
    ("arabic", 1, (0x0C, 0x0D, 0x0E)),
    ("hi", 2, (0x12,)),
    ("bn", 2, (0x13,)),
    ("pa", 2, (0x14,)),
    ("gu", 2, (0x15,)),
    ("or", 2, (0x16,)),
    ("ta", 2, (0x17,)),
    ("te", 2, (0x18,)),
    ("kn", 2, (0x19,)),
    ("ml", 2, (0x1A,)),
    ("si", 2, (0x1B,)),
    ("th", 1, (0x1C,)),
    ("lo", 1, (0x1D,)),
    ("my", 2, (0x20,)),
    ("ka", 1, (0x21,)),
    ("ko", 3, (0x22, 0x23, 0x62, *range(0x158, 0x1B0))),
    ("am", 2, (0x24, 0x25, 0x26)),
    ("km", 2, (0x2F,)),
    ("kana", 2, (0x60, 0x61, 0x1FF)),
    ("han", 4, (*range(0x68, 0x140), 0x1F2, 0x1F3)),
)
_SCRIPT = {block: (name, worth) for name, worth, many in _BLOCKS for block in many}

_SAMPLE = 200
"""Characters looked at to tell the script."""

_FOREIGN = 0.3
"""A script beside Latin decides from this share: names of products stay in Latin."""

_LATIN = (
    "en", "fr", "de", "es", "it", "pt", "nl", "sv", "no", "da", "fi", "pl", "cs", "sk",
    "hr", "sl", "hu", "ro", "tr", "vi", "id", "ms", "tl", "ca", "et", "lv", "lt", "sq",
    "az", "is",
)  # fmt: skip
_CYRILLIC = ("ru", "uk", "bg", "sr", "mk", "be", "kk")

# How much likelier than the rest, as logarithms: what customers of software sold
# everywhere write in. A text of some length outweighs any of them.
_COMMON = {
    "en": 3.0, "fr": 2.0, "de": 2.0, "es": 2.0, "pt": 1.5, "it": 1.5, "id": 1.5,
    "tr": 1.0, "vi": 1.0, "pl": 1.0, "nl": 1.0, "ru": 2.0, "bg": 1.0, "uk": 1.0,
    "fi": 0.5, "hr": 0.5, "sk": 0.5, "cs": 0.5, "no": 0.5, "sv": 0.5, "ca": -2.0,
    "et": -1.0, "sl": -1.0, "sq": -2.0, "az": -2.0, "is": -1.0, "lv": -1.0, "lt": -1.0,
    "tl": -0.5, "ms": -0.5, "mk": -0.5,
}  # fmt: skip

_TELLING_WORD = 3.0
"""What one everyday word weighs, as a logarithm, shared among its languages."""

_LETTER_RULES: tuple[tuple[str, str], ...] = (
    ("ыэё", "ru be kk"),
    ("іїєґ", "uk be kk"),
    ("ѓќѕ", "mk"),
    ("ђћ", "sr"),
    ("љњџј", "sr mk"),
    ("ў", "be"),
    ("әғқңөұүһ", "kk"),
    ("ъщ", "bg ru"),
    ("ßẞ", "de"),
    ("ñ¿¡", "es"),
    ("ãõ", "pt vi et"),
    ("őű", "hu"),
    ("ğışİ", "tr az"),
    ("ąęłżźśćń", "pl lt hr"),
    ("řůě", "cs"),
    ("ľĺŕôä", "sk fi de sv et vi fr pt"),
    ("đ", "vi hr"),
    ("ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", "vi"),
    ("åø", "no da sv"),
    ("țșăâ", "ro vi fr pt tr"),
)
_LETTER = 2.5
"""What a letter only some languages have weighs, as a logarithm."""

_SETTLED = 9.0
"""By how much words alone must favour one language for the model not to be asked."""

_FAR = -60.0
"""No model is surer than this, as a logarithm, that a language it is not."""


def language(text: str) -> tuple[str, float]:
    """
    The language of a text: its ISO 639-1 code and how sure that is, 0 to 1.

    ("", 0.0) where nothing in the text is a letter. Below ``SHORT`` letters the
    answer is a guess: prefer what the source says, if it says anything.
    """
    read = text[:_READ]
    if "@" in read or "://" in read or "www." in read:
        read = _NOISE.sub(" ", read)
    seen = _scripts(read)
    total = sum(seen.values())
    if not total:
        return "", 0.0
    script, weight = _leading(seen, total)
    if script in {"kana", "han"}:
        return _japanese_or_chinese(seen, weight / total)
    if script == "arabic":
        return _arabic(read), weight / total
    if script not in {"latin", "cyrillic"}:
        return script, weight / total
    return _likeliest(read, _LATIN if script == "latin" else _CYRILLIC)


def _scripts(text: str) -> Counter[str]:
    """How much of the text is in which script, in Latin letters' worth."""
    if text.isascii():
        return Counter(latin=1) if _WORD.search(text) else Counter()
    seen = Counter([ord(char) >> 7 for char in text[:_SAMPLE] if char.isalpha()])
    found: Counter[str] = Counter()
    for block, many in seen.items():
        if block in _SCRIPT:
            name, worth = _SCRIPT[block]
            found[name] += many * worth
    return found


def _leading(seen: Counter[str], total: int) -> tuple[str, int]:
    """The script the text is in; kana and Han count together."""
    merged = Counter(seen)
    if merged["kana"] and merged["han"]:
        merged["kana"] += merged.pop("han")
    others = [(weight, name) for name, weight in merged.items() if name != "latin"]
    weight, name = max(others, default=(0, "latin"))
    if weight < _FOREIGN * total:
        return "latin", merged["latin"]
    return name, weight


def _japanese_or_chinese(seen: Counter[str], share: float) -> tuple[str, float]:
    """Chinese texts borrow a kana for ornament; Japanese ones are full of them."""
    is_japanese = seen["kana"] * 8 > seen["han"]
    return ("ja" if is_japanese else "zh"), share


def _arabic(text: str) -> str:
    if re.search("[ٹڈڑںےہھ]", text):
        return "ur"
    return "fa" if re.search("[پچژگیک]", text) else "ar"


def _likeliest(text: str, languages: tuple[str, ...]) -> tuple[str, float]:
    """The best of these by words, letters and model, and its share of belief."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    plain = " ".join(words)
    points = _by_words(words, languages)
    if not plain.isascii():
        _add_letters(points, plain)
    *_, second, first = sorted(points.values())
    # Many everyday words leave a model nothing to say, and it costs the most.
    if first - second < _SETTLED:
        _add_model(points, plain)
    return _chosen(points, len(plain))


def _by_words(words: list[str], languages: tuple[str, ...]) -> dict[str, float]:
    points = dict(_start(languages))
    homes = _homes()
    for word in set(words):
        at = homes.get(word)
        if at is not None:
            for name in at[1]:
                if name in points:
                    points[name] += at[0]
    return points


def _add_letters(points: dict[str, float], text: str) -> None:
    letters = set(text)
    for rare, at_home in _rules():
        if not rare.isdisjoint(letters):
            for name in at_home:
                if name in points:
                    points[name] += _LETTER


def _add_model(points: dict[str, float], text: str) -> None:
    ranked = _model().rank(text)
    best = ranked[0][1]
    told = dict(ranked)
    for name in points:
        points[name] += max(told.get(name, best + _FAR) - best, _FAR)


def _chosen(points: dict[str, float], length: int) -> tuple[str, float]:
    # Neighbouring byte sequences repeat each other's evidence, the more the longer.
    heat = max(1.0, math.sqrt(length) / 2)
    name = max(points, key=points.__getitem__)
    top = points[name]
    belief = sum([math.exp((value - top) / heat) for value in points.values()])
    return name, round(min(1.0, length / SHORT) / belief, 3)


@cache
def _model() -> Any:
    """The model, loaded once; the languages nobody here writes in left out."""
    import lzma
    import shutil
    import tempfile

    import numpy as np
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    # Its own loader holds the steps twice, and all 142 languages for good: 60 MB more.
    with tempfile.TemporaryFile() as plain:
        with lzma.open(MODEL_DIR / MODEL_FILE) as packed:
            shutil.copyfileobj(packed, plain)
        plain.seek(0)
        with np.load(plain, allow_pickle=False) as data:
            names = data["classes"].tolist()
            ours = [n for n, name in enumerate(names) if name in {*_LATIN, *_CYRILLIC}]
            return LanguageIdentifier(
                data["ptc"][:, ours], data["pc"][ours], [names[n] for n in ours],
                memoryview(data["nextmove"]), data["out_feat"].tolist(),
                tk_row=data["nextmove_row"].tolist(),
            )  # fmt: skip


@cache
def _start(languages: tuple[str, ...]) -> dict[str, float]:
    return {name: _COMMON.get(name, 0.0) for name in languages}


@cache
def _homes() -> dict[str, tuple[float, tuple[str, ...]]]:
    """Each everyday word: what it weighs, and the languages it is at home in."""
    return {
        word: (_TELLING_WORD / math.sqrt(len(at)), at)
        for word, at in common_words.by_word().items()
    }


@cache
def _rules() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    return tuple((frozenset(rare), tuple(at.split())) for rare, at in _LETTER_RULES)
