"""Mail as customers send it: of every make, 2 to 6 KB each, the same in every run."""

from __future__ import annotations

import base64
import binascii
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

_SAID = {
    "en": (
        "Since the last update the {what} {fails}.",
        "I have tried to {do} three times and it always ends the same way.",
        "We use this every day in the warehouse, so please treat it as urgent.",
        "It would help us a great deal if one could {do} without opening each entry.",
        "My colleague sees the same on her {device}, although she is still on the old version.",
        "Is there a setting I have missed, or is this a fault on your side?",
        "Apart from that we are very happy with the product.",
        "The log says nothing, only that the {what} was not available at that moment.",
        "Attached you find what I see when I try to {do}.",
        "Please let me know when this is going to be fixed, we have to decide by Friday.",
    ),
    "de": (
        "Seit dem letzten Update funktioniert {what} bei uns überhaupt nicht mehr.",
        "Außerdem lässt sich nicht mehr einstellen, in welcher Währung abgerechnet wird.",
        "Können Sie mir bitte sagen, wann das behoben wird?",
        "Für unsere Buchhaltung wäre es schön, wenn man die Liste größer anzeigen könnte.",
        "Auf dem {device} meines Kollegen tritt derselbe Fehler auf.",
        "Ansonsten sind wir mit dem Programm sehr zufrieden, vielen Dank dafür.",
    ),
    "fr": (
        "Depuis la dernière mise à jour, {what} ne fonctionne plus du tout.",
        "J'ai essayé plusieurs fois sur mon {device}, toujours la même erreur.",
        "Pourriez-vous me dire où trouver ce réglage, s'il vous plaît ?",
        "Ce serait très pratique de pouvoir tout sélectionner d'un seul geste.",
        "Merci d'avance pour votre réponse, nous en avons besoin dès lundi.",
    ),
    "ru": (
        "После последнего обновления {what} совсем не работает.",
        "Я пробовал несколько раз на {device}, ошибка всё время одна и та же.",
        "Подскажите, пожалуйста, когда это будет исправлено?",
        "В остальном программа нам очень нравится, спасибо за работу.",
    ),
    "ja": (
        "先週のアップデート以来、{what}がまったく動きません。",
        "{device}でも何度か試しましたが、同じエラーが出ます。",
        "いつ修正される予定でしょうか。",
        "一覧からまとめて選べるようになると、とても助かります。",
    ),
}
_CHARSETS = {
    "en": ("us-ascii", "utf-8"),
    "de": ("iso-8859-1", "utf-8"),
    "fr": ("windows-1252", "utf-8"),
    "ru": ("koi8-r", "utf-8"),
    "ja": ("iso-2022-jp", "utf-8"),
}
_WHAT = ("export", "login", "search", "printing", "sync", "dark mode", "calendar",
         "invoice", "scanner", "dashboard", "import", "report", "upload", "backup")  # fmt: skip
_FAILS = ("stops halfway", "takes minutes", "shows an empty page", "loses my tags",
          "asks for the password again", "freezes", "prints the wrong month")  # fmt: skip
_DO = ("export the list", "print a label", "invite a colleague", "change the currency",
       "attach a photo", "merge two customers", "filter by date")  # fmt: skip
_DEVICE = ("iPhone", "Pixel 9", "ThinkPad", "iPad", "Surface", "MacBook")
_BEGUN = datetime(2026, 1, 5, 8, tzinfo=UTC)


def letters(count: int) -> Iterator[bytes]:
    """Yield so many mails."""
    dice = random.Random(20261122)
    for number in range(count):
        yield _letter(dice, number)


def _letter(dice: random.Random, number: int) -> bytes:
    language = dice.choices(list(_SAID), (60, 15, 10, 8, 7))[0]
    charset = dice.choice(_CHARSETS[language])
    text = _text(dice, language)
    answers = number and dice.random() < 0.35
    if answers:
        text += _quoted(dice, language)
    make = dice.choices((_plain, _both, _page, _with_file), (35, 40, 10, 15))[0]
    return _head(dice, number, answers_to=number - 1 if answers else -1) + make(
        dice, text, charset
    )


def _text(dice: random.Random, language: str) -> str:
    said = [
        one.format(
            what=f"{dice.choice(_WHAT)} {dice.randrange(40)}", fails=dice.choice(_FAILS),
            do=dice.choice(_DO), device=dice.choice(_DEVICE),
        )
        for one in dice.choices(_SAID[language], k=dice.randrange(4, 11))
    ]  # fmt: skip
    cut = len(said) // 2
    lines = ["Hello,", "", " ".join(said[:cut]), "", " ".join(said[cut:]), ""]
    return "\n".join([*lines, "Kind regards", f"Customer {dice.randrange(4000)}", ""])


def _quoted(dice: random.Random, language: str) -> str:
    before = "".join(f"> {line}\n" for line in _text(dice, language).split("\n"))
    return f"\nOn Mon, 5 Jan 2026 at 10:00, Support <help@product.example> wrote:\n{before}"


def _head(dice: random.Random, number: int, *, answers_to: int) -> bytes:
    at = _BEGUN + timedelta(minutes=number)
    date = f"{at:%a, %d %b %Y %H:%M:%S} +0000"
    domain = f"customer{dice.randrange(300)}.example"
    signed = base64.b64encode(dice.randbytes(96)).decode()
    relays = "".join(
        f"Received: from mx{hop}.{domain} (mx{hop}.{domain} [192.0.2.{hop}])\r\n"
        f"\tby relay{hop}.product.example with ESMTPS id {number:x}{hop};\r\n\t{date}\r\n"
        for hop in range(3)
    )
    reply = ""
    if answers_to >= 0:
        reply = f"In-Reply-To: <m{answers_to}@bench.example>\r\nReferences: <m{answers_to}@bench.example>\r\n"
    subject = f"{'Re: ' if reply else ''}{dice.choice(_WHAT)} {dice.choice(_FAILS)}"
    if number % 5 == 0:
        subject = f"=?utf-8?b?{base64.b64encode(f'{subject} – wie geht’s?'.encode()).decode()}?="
    return (
        f"Return-Path: <user{number % 4000}@{domain}>\r\n{relays}"
        f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=key1;\r\n"
        f"\th=from:to:subject:date:message-id; b={signed}\r\n"
        f"Message-ID: <m{number}@bench.example>\r\nDate: {date}\r\n"
        f"From: =?utf-8?q?J=C3=BCrgen_{number % 4000}?= <user{number % 4000}@{domain}>\r\n"
        f"To: Feedback <feedback@product.example>\r\nSubject: {subject}\r\n{reply}"
        "MIME-Version: 1.0\r\nX-Mailer: Example Mail 7.1\r\n"
    ).encode()


def _part(text: bytes, kind: str, charset: str, encoding: str) -> bytes:
    head = f"Content-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    if encoding == "base64":
        text = base64.encodebytes(text).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        text = binascii.b2a_qp(text, istext=True).replace(b"\n", b"\r\n")
    else:
        text = text.replace(b"\n", b"\r\n")
    return head.encode() + text + b"\r\n"


def _bytes(text: str, charset: str) -> bytes:
    return text.encode(charset, "replace")


def _encoding(dice: random.Random, charset: str) -> str:
    if charset in {"us-ascii", "iso-2022-jp"}:
        return "7bit"
    return dice.choice(("quoted-printable", "base64", "8bit"))


def _plain(dice: random.Random, text: str, charset: str) -> bytes:
    return _part(_bytes(text, charset), "text/plain", charset, _encoding(dice, charset))


def _html(text: str) -> str:
    said, _, quoted = text.partition("\nOn Mon,")
    lines = '</div>\n<div dir="ltr" style="font-family:Arial;font-size:14px">'.join(
        said.split("\n")
    )
    quote = (
        f'<div class="gmail_quote">On Mon,{quoted.replace(chr(10), "<br>")}</div>'
        if quoted
        else ""
    )
    return (
        "<html><head><style>p { margin: 0 } .x { color: #333 }</style></head><body>"
        f'<div dir="ltr">{lines}</div>{quote}<img src="https://t.example/p.gif" width=1></body></html>'
    )


def _page(dice: random.Random, text: str, charset: str) -> bytes:
    return _part(
        _bytes(_html(text), charset), "text/html", charset, _encoding(dice, charset)
    )


def _both(dice: random.Random, text: str, charset: str) -> bytes:
    return _mixed(
        "alternative", [_plain(dice, text, charset), _page(dice, text, charset)]
    )


def _with_file(dice: random.Random, text: str, charset: str) -> bytes:
    picture = (
        b'Content-Type: image/png; name="screen.png"\r\nContent-Transfer-Encoding: base64\r\n'
        b'Content-Disposition: attachment; filename="screen.png"\r\n\r\n'
        + base64.encodebytes(dice.randbytes(1200)).replace(b"\n", b"\r\n")
    )
    return _mixed("mixed", [_plain(dice, text, charset), picture])


def _mixed(kind: str, parts: list[bytes]) -> bytes:
    inside = b"".join(b"--=_b0und\r\n" + part + b"\r\n" for part in parts)
    head = f'Content-Type: multipart/{kind}; boundary="=_b0und"\r\n\r\n'
    return head.encode() + inside + b"--=_b0und--\r\n"
