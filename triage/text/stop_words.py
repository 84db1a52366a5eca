"""
Words that are in everything somebody says, and so tell of nothing.

The everyday words that languages are known by, less those of them that say something of
a product; and some more of the same kind for the languages most feedback is in.
"""

from __future__ import annotations

from functools import cache

from triage.text.common_words import WORDS

_TELLING = {
    "en": """
        fix works work update crash crashes keeps love hate great bad best worst awful
        excellent amazing awesome useless easy cool perfect money waste nice good
    """,
    "fr": """
        application appli mise jour marche dommage génial utile pratique facile nul
        nulle parfait bonne bon bien satisfait déçu content contente
    """,
    "de": "gut schlecht super toll schön funktioniert geht",
    "es": """
        bien mal bueno buena malo mala excelente hotel habitación trato personal
        recomendable sucio ideal genial peor mejor
    """,
    "it": "bene male bello brutto ottima ottimo buona buono funziona schifo",
    "pt": "bom boa ruim melhor pior ótimo otimo ótima gostei adorei funciona",
    "nl": "goed slecht werkt leuk mooi fijn handig jammer",
}
"""Common, and yet what somebody may be after."""

_MORE = {
    "en": """
        an be by or if at as we he she they us me him her them our their his its i'd
        i've i'll we're we've you're that's there there's here these those than because
        so can could should will would may might must do does did doing done didn't
        isn't wasn't aren't couldn't wouldn't shouldn't haven't hasn't am being had
        having into onto out up down over under again then once more most some any every
        each other another such own same only about also even still now while where
        which who whom whose why how much many one two get gets got getting go goes
        going went make makes made let lets say says said see use used using want need
        like really since until during before through between both few since please
        without within yet ever well back way thing things something anything nothing
        everything someone anyone everyone day days time times etc hi hello hey dear
        regards sincerely kind re fw fwd
    """,
    "de": """
        in jede jeden jeder jedes aw wg aus nach bei man mir mich dir dich uns euch sein
        seine seiner ihre ihren ihrem
        diese dieser dieses diesen einem einer eines dass weil wenn dann da dort hier so
        als ob doch mal noch wieder immer vom zum zur über unter durch ohne gegen um bis
        werden wurde wurden würde können könnte kann müssen muss soll sollte haben hatte
        bin sind war waren sei am an im ins was wer wo wann warum welche welcher dabei
        damit dazu sich selbst alle allem etwas viel viele hallo guten tag liebes liebe
        team geehrte geehrter damen herren grüße grüßen freundlichen
    """,
    "fr": """
        au aux ce cet cette ces mes tes ses nos vos leur leurs lui eux y en où quand
        comment pourquoi si car donc or ni comme sans sous vers chez entre pendant avant
        après depuis encore déjà aussi très plus moins peu beaucoup même autre autres
        fait faire faut peut peux pouvoir veux avoir avez avons ai as ont était étaient
        serait j'aimerais c'était bonjour merci
    """,
    "es": """
        lo al del ni o u si sí cuál cuándo dónde quién qué sobre entre sin hasta hacia
        también tampoco ya aún ahora antes después luego otro otra otros otras mismo
        misma ser estar era eran ha han he hemos había tengo tiene tienen hacer hace
        hola buenos días
    """,
}
"""Of the same kind, and not needed to know a language by."""


@cache
def stop_words(language: str) -> frozenset[str]:
    """
    What tells of nothing in a language (ISO 639), folded as normalised texts are.

    Of a language nobody knows, the words of all.
    """
    if language in WORDS:
        return _folded(language)
    return frozenset().union(*map(_folded, WORDS)) if not language else frozenset()


def _folded(language: str) -> frozenset[str]:
    told = f"{WORDS[language]} {_MORE.get(language, '')}".split()
    telling = _TELLING.get(language, "").split()
    return frozenset(map(fold, told)) - frozenset(map(fold, telling))


def fold(word: str) -> str:
    """A word without capitals, accents and apostrophes."""
    if word.isascii():
        return word.lower().replace("'", "")
    import unicodedata

    plain = unicodedata.normalize("NFKD", word.casefold().replace("'", ""))
    kept = "".join(char for char in plain if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", kept)
