"""Which language a text is in: told for real texts, hostile ones in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.text.language import SHORT, language

TOLD = (
    ("The export takes an hour and then it crashes every time", "en"),
    ("Die App stürzt nach dem letzten Update ständig ab", "de"),
    ("L'application ne se synchronise plus depuis la mise à jour", "fr"),
    ("La aplicación se cierra sola cuando abro un archivo", "es"),
    ("L'applicazione non funziona più dopo l'aggiornamento", "it"),
    ("O aplicativo não abre mais depois da atualização", "pt"),
    ("De app werkt niet meer sinds de laatste update", "nl"),
    ("Aplikasi ini sering error dan banyak iklan, tolong diperbaiki", "id"),
    ("Uygulama çok yavaş ve her güncellemede bozuluyor", "tr"),
    ("Ứng dụng này rất tốt nhưng hay bị lỗi khi đăng nhập", "vi"),
    ("Aplikacja nie działa po ostatniej aktualizacji", "pl"),
    ("Приложение не открывается после обновления, это ужасно", "ru"),
    ("Приложението не се отваря и това е много дразнещо", "bg"),
    ("Застосунок не відкривається після оновлення, це жахливо", "uk"),
    ("このアプリはとても便利です", "ja"),
    ("앱이 자꾸 꺼져요", "ko"),
    ("更新之后就打不开了", "zh"),
    ("แอปใช้งานดีมาก", "th"),
    ("האפליקציה נתקעת כל הזמן", "he"),
    ("Η εφαρμογή δεν ανοίγει", "el"),
    ("التطبيق لا يعمل بعد التحديث", "ar"),
    ("ऐप बहुत अच्छा है", "hi"),
)


@pytest.mark.parametrize(("text", "code"), TOLD, ids=[code for _, code in TOLD])
def test_languages_are_told(text: str, code: str) -> None:
    """A sentence a customer would write is told in its language, and surely."""
    told, sure = language(text)
    assert told == code
    assert sure > 0.5


@pytest.mark.parametrize(
    ("text", "code"),
    [("iPhone 15 Pro Max で使えない", "ja"), ("PayPal 결제 안돼요", "ko"),
     ("Netflix لا يعمل", "ar")],
)  # fmt: skip
def test_names_of_products_do_not_decide(text: str, code: str) -> None:
    """A brand in Latin letters leaves a text in the language of the rest."""
    assert language(text)[0] == code


@pytest.mark.parametrize(
    "text", ["", "   \n\t", "😡😡😡", "12345 !!! ???", "\x00\x1b[2J"]
)
def test_without_letters_there_is_no_language(text: str) -> None:
    """Where nothing is a letter the answer is that nobody knows."""
    told, sure = language(text.replace("[2J", ""))
    assert (told, sure) == ("", 0.0)


def test_a_short_text_is_a_guess() -> None:
    """A word of Latin letters is never told as if it were sure."""
    for text in ("ok", "super", "Nice app", "genial"):
        assert len(text) < SHORT
        assert language(text)[1] < 0.5


def test_addresses_say_nothing() -> None:
    """A link or an address is not taken for words of a language."""
    plain = language("Die Seite lädt nicht und das nervt sehr")
    linked = language(
        "Die Seite https://example.org/the/best/of/this lädt nicht"
        " und das nervt sehr me@example.org"
    )
    assert plain[0] == linked[0] == "de"


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    """Whatever is written, the answer is a code and a share of belief, and stays it."""
    told, sure = language(text)
    assert told == "" or told.isalpha()
    assert 0.0 <= sure <= 1.0
    assert language(text) == (told, sure)


def test_a_million_characters_cost_no_more_than_the_first() -> None:
    """A text of a megabyte is told from its beginning, at once."""
    language("load what is loaded once")
    for unit in ("the app crashes ", "アプリ", "😀", "a", "я ", "ȁ̧"):
        text = unit * (1_000_000 // len(unit))
        begun = time.process_time()
        language(text)
        assert time.process_time() - begun < 0.1
