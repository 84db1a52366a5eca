"""Answers are read within limits, and pulls led in circles end."""

from __future__ import annotations

import pytest

from triage.errors import ConfigError, SourceUnavailable
from triage.transport import Pages, Response, same_origin
from triage.transport.origin import address, place


def answered(content: bytes, **headers: str) -> Response:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(200, "desk.example/x", names, content)


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"NaN", "not JSON"),
        (b"[Infinity]", "not JSON"),
        (b"[-Infinity]", "not JSON"),
        (b"1e999", "not JSON"),
        (b"1" * 5000, "not JSON"),
        (b"\xff\xfe\xfd", "not JSON"),
        (b"<html>", "a web page"),
        (b"[" * 66 + b"]" * 66, "too deep"),
        (b'{"a":' * 66 + b"1" + b"}" * 66, "too deep"),
        (b"[" * 100_000, "too deep"),
    ],
)
def test_refused_json(content: bytes, trouble: str) -> None:
    """What the store could not give back is refused, with the place it came from."""
    with pytest.raises(
        SourceUnavailable, match=f"^desk.example/x answered .*{trouble}"
    ):
        answered(content).json()


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"null", None),
        (b"3", 3),
        (b"1.5", 1.5),
        (b'\xef\xbb\xbf{"a": [1]}', {"a": [1]}),
        ('"é"'.encode("utf-16"), "é"),
        (b"[" * 60 + b"]" * 60, None),
    ],
)
def test_json(content: bytes, value: object) -> None:
    """JSON comes back as it is, byte order mark or not, sixty levels deep."""
    got = answered(content).json()
    assert value is None or got == value


def test_text() -> None:
    """Text is read in its encoding, unless that could smuggle control characters."""
    assert answered("é".encode()).text == "é"
    assert answered(b"\xe9", content_type="text/plain; charset=ISO-8859-1").text == "é"
    assert (
        answered(b"\\x1b", content_type="text/x; charset=unicode_escape").text
        == "\\x1b"
    )
    assert answered(b"\xff").text == "\ufffd"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('<https://x/?page=2>; rel="next"', "https://x/?page=2"),
        ('<https://x/1>; rel="prev", <https://x/3>; rel="next"', "https://x/3"),
        ("<https://x/3>; rel=next; title=a", "https://x/3"),
        ('<https://x/1>; rel="prev"', ""),
        ("", ""),
    ],
)
def test_next(link: str, url: str) -> None:
    """The Link header's next page is found, and absent on the last."""
    assert answered(b"", link=link).next_url == url


def test_repr() -> None:
    """An answer prints its status and place, not a customer's words."""
    assert repr(answered(b"words", set_cookie="sid")) == (
        "Response(status=200, where='desk.example/x')"
    )


def test_same_cursor() -> None:
    """A cursor seen before ends the pull: A, A and A, B, A alike."""
    pages = Pages()
    assert pages.turn("a") == "a"
    assert pages.turn("b") == "b"
    with pytest.raises(SourceUnavailable, match="circles"):
        pages.turn("a")


def test_same_page() -> None:
    """A cursor that grows for ever over one and the same page ends the pull."""
    pages = Pages()
    for cursor in ("1", "12"):
        pages.turn(cursor)
        pages.saw(b'{"tickets": [], "more": true}')
    pages.turn("123")
    with pytest.raises(SourceUnavailable, match="again and again"):
        pages.saw(b'{"tickets": [], "more": true}')


@pytest.mark.parametrize("size", [1, 2, 3, 8])
def test_same_pages(size: int) -> None:
    """Pages counted up for ever end the pull where what they hold goes round."""
    pages = Pages()
    held = [b"page %d" % (turn % size) for turn in range(3 * size)]
    for content in (b"the first", *held[:-1]):
        pages.saw(content)
    with pytest.raises(SourceUnavailable, match="again and again"):
        pages.saw(held[-1])


def test_pages_alike() -> None:
    """Pages that hold nothing, here and there, are no circle."""
    pages = Pages()
    for number in range(50):
        pages.saw(b"[]")
        pages.saw(b"[%d]" % number)


def test_many_pages() -> None:
    """A pull has an end even if each page is new; the next goes on."""
    pages = Pages(limit=3)
    for number in range(3):
        pages.turn(str(number))
        pages.saw(str(number).encode())
    with pytest.raises(SourceUnavailable, match="after 3 pages"):
        pages.turn("3")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "https://A.EXAMPLE:443/y?z", True),
        ("http://a.example", "https://a.example", False),
        ("https://a.example", "https://b.example", False),
        ("https://a.example", "https://a.example:444", False),
        ("https://a.example", "https://a.example\\@b.example", False),
        ("https://a.example", "https://[nonsense", False),
    ],
)
def test_same_origin(one: str, other: str, same: bool) -> None:
    """An origin is scheme, host and port, however they are written."""
    assert same_origin(one, other) is same


@pytest.mark.parametrize(
    "text",
    [
        "",
        "desk.example",
        "ftp://desk.example",
        "https://",
        "https://desk.example:99999",
        "https://desk.example\n",
        "https://anna:pass@desk.example",
        "http://desk.example",
        "http://localhost.example",
        "http://192.168.0.7",
        "http://127.0.0.1.example",
    ],
)
def test_refused_addresses(text: str) -> None:
    """An address is https, or http on this machine, and holds no user name."""
    with pytest.raises(ConfigError) as caught:
        address(text)
    assert "pass" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://desk.example/help?x=1#y", "desk.example/help"),
        ("http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("http://localhost/", "localhost"),
        ("http://[::1]:80/rt/", "::1/rt"),
    ],
)
def test_addresses(text: str, shown: str) -> None:
    """An address is shown as host and path, never with its query."""
    assert place(address(text)) == shown
