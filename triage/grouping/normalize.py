"""Text to what two people who say the same would both have written."""

from __future__ import annotations

import html
import re
import unicodedata
from hashlib import blake2b

LIMIT = 2048
"""Characters compared; similarity of longer texts costs seconds and says no more."""

SENTENCE = 5
"""Words from which a sentence can be known again."""

_SENTENCE_END = re.compile(r"[.!?:;\n]+(?:\s|$)|[。！？]")

_URL = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,64}", re.I
)

# Lines that tell about the sender's machine, and what phones append.
_ABOUT_DEVICE = re.compile(
    r"^[ \t]*[\[(]?(?:device|model|phone|os|os version|app version|version|build"
    r"|platform|user.?agent|locale|ger[aä]t|appareil|dispositivo)[\])]?[ \t]*[:=]"
    r"[^\n]{0,120}$",
    re.I | re.M,
)
_IN_BRACKETS = re.compile(
    r"[(\[](?:device|app|os|build|version|android|ios|v\d)[^)\]\n]{0,80}[)\]]", re.I
)
_SENT_FROM = re.compile(
    r"^[ \t]*(?:sent from (?:my|mail for)|get outlook for|von meinem .{1,30} gesendet"
    r"|gesendet von|envoy[eé] de(?:puis)? mon|enviado desde mi|inviato da"
    r"|skickat fr[aå]n min)[^\n]{0,60}$",
    re.I | re.M,
)
_QUOTED_LINE = re.compile(r"^[ \t]*>[^\n]*$", re.M)
_REPLY_HEAD = re.compile(
    r"^[ \t]*(?:on [^\n]{4,120} wrote:|am [^\n]{4,120} schrieb[^\n]{0,80}:"
    r"|le [^\n]{4,120} a [eé]crit[ \u00a0]?:|el [^\n]{4,120} escribi[oó]:"
    r"|-{2,}[ \t]*(?:original|forwarded)[^\n]{0,40})[ \t]*$",
    re.I | re.M,
)
_FAREWELL = re.compile(
    r"^[ \t]*+(?:--[ \t]*$|(?:best|kind|warm|many)?[ \t]*(?:regards|wishes|thanks)\b"
    r"[^\n]{0,30}$|(?:cheers|sincerely|thanks in advance|thank you|thx)\b[^\n]{0,30}$"
    r"|mit freundlichen gr[^\n]{0,40}$|viele gr[^\n]{0,30}$|mfg\b[^\n]{0,30}$"
    r"|cordialement[^\n]{0,30}$|bien à vous[^\n]{0,30}$|saludos[^\n]{0,30}$"
    r"|atentamente[^\n]{0,30}$|atenciosamente[^\n]{0,30}$|med vänlig[^\n]{0,40}$)",
    re.I | re.M,
)
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten tag"
    r"|liebes|liebe|bonjour|salut|hola|buen[ao]s (?:d[ií]as|tardes)|ciao|ol[aá]|hej)\b"
    r"(?: (?:team|there|all|support|guys|folks|everyone|sir|madam|zusammen|à tous"
    r"|equipo|devs?|developers?|\w{2,15} (?:team|support)))?[ \t]*[,!.:–-]+\s*",
    re.I,
)

# Signs that belong to the letter before them, in scripts that write vowels so.
_SIGNS = "\u0900-\u0dff\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff"
_NOT_WORD = re.compile(rf"(?:[^\w{_SIGNS}]|_)+")
_ACCENT = re.compile("[\u0300-\u036f]+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\xad\ufe00-\ufe0f]")
_APOSTROPHE = re.compile("['’‘`´]")

_ASCII = {
    code: None if chr(code) in "'`" else " "
    for code in range(128)
    if not chr(code).isalnum()
}

_UNSPACED = "\u0e00-\u0eff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\s{_UNSPACED}]+")
_IN_PAIRS = re.compile(f"[{_UNSPACED}\uac00-\ud7af]")


def normalize(text: str) -> str:
    """
    Return the comparable text: what is said, without greeting, signature or device.

    Folded to lower case without accents, punctuation or emoji, at most ``LIMIT``
    characters; applying it twice changes nothing. A text made of nothing but what is
    cut is folded whole rather than emptied.
    """
    return taken_apart(text)[0]


def taken_apart(text: str) -> tuple[str, list[str]]:
    """
    Return the normalised text, and the sentences it is made of, word for word.

    Sentences of fewer than ``SENTENCE`` words are left out; a text of one sentence has
    none.
    """
    given = text[: 4 * LIMIT]
    if "&" in given:
        given = html.unescape(given)
    parts = _SENTENCE_END.split(_said(given))
    if len(parts) == 1:
        return _folded(parts[0]) or _folded(given), []
    folded = [said for part in parts if (said := _folded(part))]
    normal = " ".join(folded)[:LIMIT].rstrip()
    long = [said for said in folded if said.count(" ") + 1 >= SENTENCE]
    return normal or _folded(given), long


def tokens(normal: str) -> list[str]:
    """
    Return the terms of a normalised text, in order, repeats kept.

    Words; for scripts written without spaces and for Hangul, whose words grow endings,
    pairs of characters.
    """
    if normal.isascii():
        return normal.split()
    terms: list[str] = []
    for run in _RUN.findall(normal):
        if len(run) > 2 and _IN_PAIRS.match(run):
            terms.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            terms.append(run)
    return terms


def fingerprint(normal: str) -> int:
    """A signed 64-bit number, equal for equal normalised texts."""
    digest = blake2b(normal.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _said(text: str) -> str:
    """The text without what it quotes and without what programs put around it."""
    if "\n" in text:
        head = _REPLY_HEAD.search(text)
        if head and text[: head.start()].strip():
            text = text[: head.start()]
        text = _QUOTED_LINE.sub("", text)
        text = _SENT_FROM.sub("", text)
        text = _ABOUT_DEVICE.sub("", text)
        farewell = _FAREWELL.search(text)
        # A text may begin with thanks; what follows is then what is said.
        if farewell and len(text[: farewell.start()].split()) >= 3:
            text = text[: farewell.start()]
    if "(" in text or "[" in text:
        text = _IN_BRACKETS.sub(" ", text)
    if "@" in text or "://" in text or "www." in text or "WWW." in text:
        text = _URL.sub(" ", text)
    return _GREETING.sub("", text, count=1)


def _folded(text: str) -> str:
    if text.isascii():
        text = " ".join(text.lower().translate(_ASCII).split())
    else:
        text = unicodedata.normalize("NFKC", text)
        text = _INVISIBLE.sub("", text)
        text = unicodedata.normalize("NFKD", text.casefold())
        text = unicodedata.normalize("NFC", _ACCENT.sub("", text))
        text = _APOSTROPHE.sub("", text)
        text = _NOT_WORD.sub(" ", text)
    text = _STRETCHED.sub(r"\1\1", text)
    return text[:LIMIT].strip()
