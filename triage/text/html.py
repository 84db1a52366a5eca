"""HTML becomes the text a reader would see; nothing is fetched, nothing runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from triage.text.listed import words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

LIMIT = 500_000
"""Characters of HTML that are looked at."""
_LONGEST = 1_000_000
"""Characters of text that are given back."""
_DEEPEST = 500
_COPIES = 200_000

_DROPPED = words(
    """
    script style head title noscript template svg math object iframe select
    textarea audio video canvas map
    """
)
_BLOCKS = words(
    """
    address article aside blockquote body center dd details div dl dt fieldset
    figcaption figure footer form header hr html li main nav ol pre section
    summary table tbody tfoot thead tr ul
    """
)
_PARAGRAPHS = words("p h1 h2 h3 h4 h5 h6")
_QUOTES = words(
    """
    gmail_quote gmail_extra gmail_quote_container yahoo_quoted protonmail_quote
    zmail_extra tutanota_quote front-blockquote
    """
)
_AROUND_QUOTES = words("gmail_quote gmail_quote_container gmail_extra")
"""What may hold, between quotations, answers to them."""
_QUOTE_IDS = words(
    "OLK_SRC_BODY_SECTION isForwardContent mail-editor-reference-message-container"
)
_ASIDE = words(
    """
    gmail_attr moz-cite-prefix moz-signature gmail_signature zmail_extra_hr
    protonmail_signature_block
    """
)
"""Who wrote a quotation and when, and signatures."""
_FORUM_ASIDES = frozenset({"quote", "onebox"})
_ASIDE_IDS = words(
    "Signature ms-outlook-mobile-signature composer_signature reply-intro"
)
# What these begin runs to the end of the message, whatever encloses it.
_REST_IDS = words("divRplyFwdMsg appendonsend stopSpelling zwchr")
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|font-size:0(?:px|pt|em|;|$)"
    r"|max-height:0(?:px|;|$)"
)
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_TEXT = "-text"
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_STYLES = words("a b big code em font i nobr s small strike strong tt u")
_NOT_NESTING = words(
    """
    p li td th tr tbody thead tfoot dd dt option br hr img input meta link base
    col area wbr source track embed param html head body
    """
)


def to_text(html: str, *, cut_quotes: bool = True, mark: str = "") -> str:
    """
    Return what a reader sees, in lines; ``cut_quotes`` leaves out quoted mails.

    ``mark`` is what stands, in a paragraph of its own, where one was left out.
    Scripts, styles and hidden elements are dropped, list entries get a bullet, a link
    shows its address where its text does not. Linear in the input, of which at most
    ``LIMIT`` characters count; never recursive, so depth is no matter.
    """
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(_bounded(html[:LIMIT])).root
    if root is None:
        return ""
    writer = _Writer(mark)
    _walk(root, writer, cut_quotes=cut_quotes)
    return writer.text()


def _bounded(html: str) -> str:
    """
    Return the part of the HTML whose tree is small enough to build.

    The standard lets a page cost the square of its length: each block looks through
    all elements around it, and each paragraph opens anew every ``<b>`` left open.
    """
    depth = styles = copies = 0
    for match in _TAG.finditer(html):
        closing, tag = match[1], match[2].lower()
        if tag in _STYLES:
            styles = max(styles - 1, 0) if closing else styles + 1
        elif tag not in _NOT_NESTING:
            depth = max(depth - 1, 0) if closing else depth + 1
        copies += styles
        if depth + styles > _DEEPEST or copies > _COPIES:
            return html[: match.start()]
    return html


def _walk(root: LexborNode, writer: _Writer, *, cut_quotes: bool) -> None:
    node: LexborNode | None = root
    path: list[tuple[LexborNode, str]] = []
    while node is not None:
        tag = node.tag or ""
        inner: LexborNode | None = None
        if tag == _TEXT:
            writer.write(node.text_content or "")
        elif not tag.startswith(("-", "!")):
            attributes = node.attributes
            if cut_quotes and attributes.get("id") in _REST_IDS:
                return
            if cut_quotes and _is_quote(node, tag, attributes):
                writer.leave_mark()
            elif not _unseen(tag, attributes, cut_quotes=cut_quotes):
                writer.open(tag, attributes)
                path.append((node, tag))
                inner = node.first_child
                if inner is None:
                    writer.close(path.pop()[1])
        node = inner or _after(node, path, writer)


def _after(
    node: LexborNode, path: list[tuple[LexborNode, str]], writer: _Writer
) -> LexborNode | None:
    """Return the node that follows, closing every element that ends before it."""
    while node.next is None:
        if not path:
            return None
        node, tag = path.pop()
        writer.close(tag)
    return node.next if path else None


def _unseen(tag: str, attributes: dict[str, str | None], *, cut_quotes: bool) -> bool:
    if tag in _DROPPED or "hidden" in attributes:
        return True
    style = attributes.get("style")
    if style and _HIDDEN.search(style[:1000].replace(" ", "").lower()):
        return True
    if not cut_quotes:
        return False
    if attributes.get("id") in _ASIDE_IDS:
        return True
    names = attributes.get("class")
    return bool(names) and not _ASIDE.isdisjoint((names or "").split())


def _is_quote(node: LexborNode, tag: str, attributes: dict[str, str | None]) -> bool:
    """Tell whether an element is an older mail, and nothing in it was written now."""
    if attributes.get("id") in _QUOTE_IDS or (
        tag == "div" and attributes.get("name") == "quote"
    ):
        return True
    if tag == "aside":
        # A forum's quotation of another's words, or of a page that is linked to.
        return not _FORUM_ASIDES.isdisjoint((attributes.get("class") or "").split())
    if tag == "blockquote" and (
        (attributes.get("type") or "").lower() == "cite"
        or "border-left" in (attributes.get("style") or "")[:1000].lower()
    ):
        return True
    names = (attributes.get("class") or "").split()
    if _QUOTES.isdisjoint(names):
        return False
    return (
        tag == "blockquote"
        or _AROUND_QUOTES.isdisjoint(names)
        or not _holds_a_quote(node)
    )


def _holds_a_quote(node: LexborNode) -> bool:
    inner = node.first_child
    for _ in range(50):
        if inner is None:
            return False
        names = (inner.attributes.get("class") or "") if inner.tag == "div" else ""
        if inner.tag == "blockquote" or "gmail_quote" in names.split():
            return True
        inner = inner.next
    return False


class _Writer:
    """Text as it comes, with white space folded and blocks on lines of their own."""

    def __init__(self, mark: str) -> None:
        self._mark = mark
        self._parts: list[str] = []
        self._length = 0
        self._breaks = 0
        self._space = False
        self._bullet = ""
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []
        self._preformatted = 0

    def open(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "br":
            self._breaks = min(self._breaks + 1, 2)
        elif tag in _PARAGRAPHS:
            self._break(2)
        elif tag in _BLOCKS:
            self._break(1)
            if tag == "li":
                self._bullet = self._next_bullet()
            elif tag in {"ul", "ol"}:
                self._lists.append(1 if tag == "ol" else None)
            elif tag == "pre":
                self._preformatted += 1
        elif tag in {"td", "th"}:
            self._space = True
        elif tag == "img" and (alt := attributes.get("alt")):
            self.write(f"[{alt}]")
        elif tag == "a":
            self._links.append((attributes.get("href") or "", len(self._parts)))

    def leave_mark(self) -> None:
        """Say that something was left out here."""
        if self._mark:
            self._break(2)
            self._separate()
            self._put(self._mark)
            self._break(2)

    def close(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._break(2)
        elif tag in _BLOCKS:
            self._break(1)
            if tag in {"ul", "ol"} and self._lists:
                self._lists.pop()
            elif tag == "pre":
                self._preformatted -= 1
        elif tag == "a" and self._links:
            self._close_link(*self._links.pop())

    def write(self, text: str) -> None:
        if self._preformatted:
            self._write_lines(text)
            return
        said = _SPACE.sub(" ", text)
        if said.startswith(" "):
            self._space = True
            said = said[1:]
        if not said:
            return
        self._separate()
        self._put(said.rstrip(" "))
        self._space = said.endswith(" ")

    def text(self) -> str:
        return "".join(self._parts).strip("\n")

    def _write_lines(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                self._breaks = min(self._breaks + 1, 2)
            if line.strip():
                self._separate()
                self._put(line.rstrip())

    def _break(self, lines: int) -> None:
        self._breaks = max(self._breaks, lines)

    def _separate(self) -> None:
        """Put what must stand before the next word: line breaks, a bullet, a space."""
        if self._breaks and self._parts:
            self._put("\n" * self._breaks)
        elif self._space and self._parts and not self._bullet:
            self._put(" ")
        self._breaks = 0
        self._space = False
        if self._bullet:
            self._put(self._bullet)
            self._bullet = ""

    def _put(self, text: str) -> None:
        room = _LONGEST - self._length
        if room > 0:
            self._parts.append(text[:room])
            self._length += len(text)

    def _next_bullet(self) -> str:
        indent = "  " * min(len(self._lists) - 1, 8)
        number = self._lists[-1] if self._lists else None
        if number is None:
            return f"{indent}- "
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

    def _close_link(self, href: str, start: int) -> None:
        address = href.strip()
        if not address.lower().startswith(("http://", "https://", "mailto:")):
            return
        address = address[:2000].removeprefix("mailto:")
        shown = "".join(self._parts[start:]).strip() if start < len(self._parts) else ""
        if not shown or _bare(address) in _bare(shown):
            return
        self._put(f" ({address})")


def _bare(address: str) -> str:
    bare = address.lower().split("?", 1)[0]
    return bare.removeprefix("https://").removeprefix("http://").rstrip("/")
