"""XML of the feed, read without a document type: so there is nothing to expand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

_ATOM: Final = "http://www.w3.org/2005/Atom "
_ITUNES: Final = "http://itunes.apple.com/rss "
_DEPTH: Final = 64


@dataclass(slots=True)
class _Reading:
    """
    Elements of entries, put where JSON has them.

    Attributes:
        names: The open elements, the feed's first.
        entry: The entry that is open; None outside of one.
    """

    content: bytes
    entries: list[tuple[dict[str, Any], bytes]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    entry: dict[str, Any] | None = None
    at: int = 0
    _text: list[str] = field(default_factory=list)
    _kinds: list[str] = field(default_factory=list)

    def parse(self) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse

        def begin(name: str, attributes: dict[str, str]) -> None:
            self.begin(_short(name), attributes, parser.CurrentByteIndex)

        def end(name: str) -> None:
            self.end(_short(name), parser.CurrentByteIndex)

        parser.StartElementHandler = begin
        parser.EndElementHandler = end
        parser.CharacterDataHandler = self._text.append
        parser.Parse(self.content, True)

    def begin(self, name: str, attributes: dict[str, str], at: int) -> None:
        self.names.append(name)
        if len(self.names) > _DEPTH:
            raise ValueError("elements within elements without end")
        if name == "entry" and self.entry is None:
            self.entry, self.at = {}, at
        elif name == "link" and self.entry is not None and attributes.get("href"):
            self.entry.setdefault("link", {"attributes": attributes})
        self._kinds.append(attributes.get("type", "text"))
        self._text.clear()

    def end(self, name: str, at: int) -> None:
        path = tuple(self.names[2:])
        self.names.pop()
        kind = self._kinds.pop()
        if self.entry is None:
            return
        if name == "entry" and not path:
            until = self.content.find(b">", at) + 1
            self.entries.append((self.entry, self.content[self.at : until]))
            self.entry = None
        elif len(path) == 1 and name not in {"author", "link"}:
            # Of two contents one is HTML, of which the other is the text.
            if name != "content" or kind == "text":
                self.entry[name] = {"label": "".join(self._text)}
        elif len(path) == 2 and path[0] == "author":
            author = self.entry.setdefault("author", {})
            author[name] = {"label": "".join(self._text)}
        self._text.clear()


def entries(content: bytes) -> list[tuple[dict[str, Any], bytes]]:
    """
    The entries of a feed, each in the shape JSON gives it, with its own bytes.

    Raises:
        ValueError: It is no XML, or has a document type, where entities hide.
    """
    reading = _Reading(content)
    try:
        reading.parse()
    except expat.ExpatError as error:
        raise ValueError(f"no XML ({error})") from None
    return reading.entries


def _refuse(*_: object) -> None:
    raise ValueError("a document type, which no feed needs")


def _short(name: str) -> str:
    if name.startswith(_ATOM):
        return name.removeprefix(_ATOM)
    return name.replace(_ITUNES, "im:", 1)
