"""Mails made to exhaust whoever reads them, each in a size that can be doubled."""

from __future__ import annotations

import random
from base64 import b64encode
from collections.abc import Callable

HEAD = b"From: Ann <ann@example.com>\nTo: help@shop.example\nSubject: s\n"
WORDS = b"The export is empty since Monday."

Bomb = Callable[[int], bytes]


def _mail(*fields: bytes, body: bytes = WORDS) -> bytes:
    return HEAD + b"".join(line + b"\n" for line in fields) + b"\n" + body


def _page(body: bytes) -> bytes:
    return _mail(b"Content-Type: text/html; charset=utf-8", body=body)


def _nested(n: int) -> bytes:
    parts = [b"From: a@b.c\nContent-Type: multipart/mixed; boundary=b0\n\n"]
    parts += [
        b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (one - 1, one)
        for one in range(1, n)
    ]
    return b"".join(parts) + b"--b%d\n\nhello\n" % (n - 1)


def _messages(n: int) -> bytes:
    """A message in a message in a message."""
    return b"From: a@b.c\nSubject: Fwd: x\nContent-Type: message/rfc822\n\n" * n + WORDS


def _same_boundary(n: int) -> bytes:
    kind = b"Content-Type: multipart/mixed; boundary=x"
    return _mail(kind, body=(b"--x\n" + kind + b"\n\n") * n)


def _almost(n: int) -> bytes:
    return _mail(b"Content-Type: multipart/mixed; boundary=x", body=b"\n--xY" * n)


def _many_parts(n: int) -> bytes:
    return _mail(b"Content-Type: multipart/mixed; boundary=x", body=b"--x\n\na\n" * n)


def _lying_base64(n: int) -> bytes:
    fields = b"Content-Type: text/plain\nContent-Transfer-Encoding: base64"
    return _mail(fields, body=b"=!" * n + b64encode(WORDS))


def _soft_breaks(n: int) -> bytes:
    fields = b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable"
    return _mail(fields, body=b"=\n" * n)


def _flowed(n: int) -> bytes:
    return _mail(b"Content-Type: text/plain; format=flowed", body=b"> \n>> \n" * n)


def _random_bytes(n: int) -> bytes:
    kind = b"Content-Type: text/plain; charset=x-nobody"
    return _mail(kind, body=random.Random(3).randbytes(n))


def _charset(name: bytes) -> Bomb:
    def made(n: int) -> bytes:
        kind = b"Content-Type: text/plain; charset=" + name
        return _mail(kind, body=b"+AGE-\\x1b\x1b$B\xff" * n)

    return made


def _page_of(unit: bytes, before: bytes = b"", after: bytes = b"x") -> Bomb:
    return lambda n: _page(before + unit * n + after)


def _field(name: bytes, unit: bytes) -> Bomb:
    return lambda n: name + b": " + unit * n + b"\n" + _mail()


def _body(unit: bytes, subject: bytes = b"") -> Bomb:
    def made(n: int) -> bytes:
        return _mail(b"X: y", body=unit * n).replace(
            b"Subject: s", subject or b"Subject: s"
        )

    return made


# Each with the size that is more than any mail program ever made.
BOMBS: dict[str, tuple[Bomb, int]] = {
    "nested multiparts": (_nested, 1000),
    "nested messages": (_messages, 4000),
    "one boundary for all": (_same_boundary, 20_000),
    "lines that are almost boundaries": (_almost, 500_000),
    "parts": (_many_parts, 100_000),
    "header fields": (lambda n: b"X: y\n" * n + _mail(), 100_000),
    "one folded header": (lambda n: _mail(b"X: y\n" + b" \n" * n), 300_000),
    "addresses": (_field(b"To", b"a <a@b.c>, "), 10_000),
    "commas": (_field(b"To", b","), 64_000),
    "comments": (_field(b"From", b"("), 64_000),
    "quotes in addresses": (_field(b"Cc", b'"\\"'), 64_000),
    "groups": (_field(b"To", b"a:"), 64_000),
    "encoded words": (_field(b"Subject", b"=?utf-8?q?a?= "), 50_000),
    "encoded words in names": (_field(b"Reply-To", b"=?utf-8?q?a?= "), 50_000),
    "half an encoded word": (_field(b"Subject", b"=?a?q?"), 50_000),
    "references": (_field(b"References", b"<a@b.c> "), 100_000),
    "brackets": (_field(b"In-Reply-To", b"<"), 100_000),
    "received": (lambda n: b"Received: from a; never\n" * n + _mail(), 50_000),
    "parameters": (
        lambda n: _mail(b'Content-Type: text/plain; a="' + b";" * n),
        100_000,
    ),
    "numbered parameters": (
        lambda n: _mail(
            b"Content-Type: text/plain"
            + b"".join(b"; a*%d*=b" % one for one in range(n))
        ),
        5000,
    ),
    "base64 that is none": (_lying_base64, 3_000_000),
    "soft line breaks": (_soft_breaks, 3_000_000),
    "flowed quotations": (_flowed, 400_000),
    "bytes of no charset": (_random_bytes, 3_000_000),
    "a charset that escapes": (_charset(b"unicode_escape"), 200_000),
    "a charset of seven bits": (_charset(b"utf-7"), 200_000),
    "a charset with states": (_charset(b"iso-2022-jp"), 200_000),
    "deep HTML": (_page_of(b"<div>"), 400_000),
    "deep tables": (_page_of(b"<table><tr><td>"), 100_000),
    "open styles": (_page_of(b"<b><p>x"), 100_000),
    "deep quotations": (_page_of(b"<div class=gmail_quote>"), 100_000),
    "quotations in a row": (
        _page_of(b"<blockquote type=cite>a</blockquote>b "),
        50_000,
    ),
    "attributes": (_page_of(b"a=b ", b"<p ", b">x"), 400_000),
    "one attribute": (_page_of(b"a ", b'<p class="', b'">x'), 800_000),
    "styles": (_page_of(b"display: ", b'<p style="', b'">x'), 200_000),
    "entities": (_page_of(b"&amp;&#x41;&nosuch;"), 100_000),
    "comments in HTML": (_page_of(b"<!--"), 400_000),
    "open brackets": (_page_of(b"<"), 1_000_000),
    "lists": (_page_of(b"<ul><li>a"), 100_000),
    "links": (_page_of(b"<a href=http://x>"), 100_000),
    "one long line": (_body(b"a"), 5_000_000),
    "one long line of words": (_body(b"wrote 2026 @ "), 300_000),
    "empty lines": (_body(b"\n"), 3_000_000),
    "quotation marks": (_body(b"> \n"), 1_000_000),
    "marks in one line": (_body(b">"), 5_000_000),
    "lines that begin a quotation": (_body(b"On 2026 a@b.c wrote:\nx\n"), 150_000),
    "lines that nearly do": (_body(b"On 2026-01-05 10:00 a@b.c\n"), 150_000),
    "lines that begin a header": (_body(b"From: a@b.c\n"), 300_000),
    "headers that are forwarded": (
        _body(b"From: a\nTo: b\n\n", b"Subject: Fwd: s"),
        300_000,
    ),
    "rulers": (_body(b"-----\n"), 500_000),
    "signatures": (_body(b"-- \n"), 500_000),
    "greetings": (_body(b"Best regards,\n\n"), 200_000),
    "disclaimers": (_body(b"\nconfidential intended recipient delete this\n"), 60_000),
    "postscripts": (_body(b"PS PS\n"), 500_000),
    "dots and at signs": (_body(b"a.a@a-", b"Subject: Fwd: s"), 800_000),
    "dashes around": (_body(b"-" * 200 + b"\n"), 20_000),
    "spaces": (_body(b" " * 500 + b"\n"), 8000),
    "Cyrillic": (_body("От: а\n".encode()), 300_000),
}
