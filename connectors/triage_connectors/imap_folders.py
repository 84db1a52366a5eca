"""Which folders of an account are read: by name, by what they are for, or usually."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from triage.connector import ConfigError

SPECIAL: Final = {
    "all": "all",
    "archive": "archive",
    "drafts": "drafts",
    "flagged": "flagged",
    "important": "important",
    "junk": "junk",
    "sent": "sent",
    "spam": "junk",
    "trash": "trash",
}
"""Words for what a folder is for (RFC 6154), and the server's own word for each."""
_USUAL: Final = {
    "archive": ("archive", "archives"),
    "drafts": ("drafts", "draft"),
    "junk": ("junk", "spam", "bulk", "bulk mail", "junk e-mail", "junk email"),
    "sent": ("sent", "sent items", "sent messages", "sent mail"),
    "trash": ("trash", "deleted items", "deleted messages", "deleted"),
}
_NOT_FEEDBACK: Final = frozenset({"drafts", "junk", "sent", "trash"})
_UNREADABLE: Final = frozenset({"noselect", "nonexistent"})


@dataclass(frozen=True, slots=True)
class Folder:
    """
    A folder that can be opened.

    Attributes:
        purpose: What it is for ("junk"), as the server says or its name does; "" if
            for nothing special.
    """

    name: str
    purpose: str = ""


def known(listed: Sequence[tuple[frozenset[str], str]]) -> list[Folder]:
    """Return the folders of a server's list that can be opened, sorted by name."""
    readable = [(flags, name) for flags, name in listed if not flags & _UNREADABLE]
    told = {purpose for flags, _ in readable for purpose in SPECIAL.values()
            if purpose in flags}  # fmt: skip
    found = {}
    for flags, name in readable:
        purpose = next((one for one in SPECIAL.values() if one in flags), "")
        if not purpose:
            # Only where the server names no folder for that: "Spam" may be a customer.
            last = name.replace(".", "/").rpartition("/")[2].casefold()
            guesses = (
                one
                for one, names in _USUAL.items()
                if last in names and one not in told
            )
            purpose = next(guesses, "")
        found[name] = Folder(name, purpose)
    return [found[name] for name in sorted(found)]


def chosen(
    wanted: Sequence[str], folders: Sequence[Folder], *, is_gmail: bool
) -> list[str]:
    """
    Return the names of the folders to read, each once, in the order they are wanted.

    Without a wish it is the inbox, at Gmail what holds every message once.
    """
    names: list[str] = []
    for word in wanted or (("all",) if is_gmail else ("INBOX",)):
        names += _meant(word, folders)
    return list(dict.fromkeys(names))


def _meant(word: str, folders: Sequence[Folder]) -> list[str]:
    exact = [one.name for one in folders if one.name == word]
    if exact:
        return exact
    if word.casefold() == "inbox":
        return [one.name for one in folders if one.name.casefold() == "inbox"] or [
            "INBOX"
        ]
    purpose = SPECIAL.get(word.casefold().lstrip("\\"))
    meant = [one.name for one in folders if purpose and one.purpose == purpose]
    if meant:
        return meant
    if purpose == "all":
        return [one.name for one in folders if one.purpose not in _NOT_FEEDBACK]
    alike = [one.name for one in folders if one.name.casefold() == word.casefold()]
    if alike:
        return alike
    raise ConfigError(f"there is no folder {word!r}{_hint(word, folders)}")


def _hint(word: str, folders: Sequence[Folder]) -> str:
    names = [one.name for one in folders]
    close = near(word, names)
    if close:
        return f"; did you mean {' or '.join(close)}?"
    return f"; there are {', '.join(names[:12])}{' …' if len(names) > 12 else ''}"


def near(word: str, names: Sequence[str]) -> list[str]:
    """Return the names most like a word, also by their last part alone."""
    by_part: dict[str, str] = {}
    for name in names:
        for part in (name, name.replace(".", "/").rpartition("/")[2]):
            by_part.setdefault(part.casefold(), name)
    close = difflib.get_close_matches(word.casefold(), by_part, 3, 0.6)
    return list(dict.fromkeys(by_part[part] for part in close))
