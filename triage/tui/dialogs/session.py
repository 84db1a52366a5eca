"""A session written down as one text, here or in the person's own editor."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static, TextArea

from triage.errors import TriageError
from triage.model import Channel
from triage.operations.session_text import parsed
from triage.text.display import one_line, safe
from triage.tui import editor
from triage.tui.dialogs.form import Form

_LINE = re.compile(r"line (\d+): ")
_FENCE = re.compile(r"-{3,}\s*")
_EMPTY = re.compile(r"[A-Za-z][A-Za-z _-]*:|- \[ \]")
_FIELD = re.compile(r"(?!follow-ups)[A-Za-z][A-Za-z _-]*:.*|- \[[ xX]\].*")
_HEADING = re.compile(r"#{2,6} ")

Place = tuple[int, int]
"""A line and a column of a text, from 0."""


class _Area(TextArea):
    """A text with places to fill in; tab goes from one to the next."""

    def on_key(self, event: events.Key) -> None:
        """Taken here, so that what is typed next is not written before it went."""
        if event.key in {"tab", "shift+tab"}:
            event.stop()
            event.prevent_default()
            self._go(1 if event.key == "tab" else -1)

    def _go(self, by: int) -> None:
        there, here = _places(self.text), self.cursor_location
        if by > 0:
            coming = [one for one in there if one > here]
            self.move_cursor(coming[0] if coming else there[0])
        else:
            before = [one for one in there if one < here]
            self.move_cursor(before[-1] if before else there[-1])


class SessionForm(Form[str]):
    """
    Answers with a text that is understood; nothing written is lost without a word.

    Args:
        text: What it begins with.
        kind: Of the session, where the text says none.
        why: Why it comes up once more; "" for the first time.
    """

    DEFAULT_CSS = """
    SessionForm > #box { width: 100; height: 96%; max-height: 96%; }
    SessionForm .heading { margin-bottom: 0; }
    SessionForm TextArea {
        height: 1fr; border: none; padding: 0; background: $surface; margin-top: 1;
    }
    SessionForm TextArea:focus { border: none; }
    SessionForm TextArea .text-area--cursor-line { background: $panel; }
    SessionForm #status { height: auto; max-height: 2; color: $warning; }
    SessionForm .hint { margin-top: 0; }
    """
    KEYS = ("f2 keep", "tab next field")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "keep", show=False)]

    def __init__(
        self, heading: str, text: str, kind: Channel, *, why: str = ""
    ) -> None:
        super().__init__(heading)
        # What is shown is what is kept: a control character becomes its picture.
        self._area = _Area(_with_room(safe(text, multiline=True)), soft_wrap=True)
        self._kind = kind
        self._why = why
        self._status = Static("", id="status", markup=False)
        self._opened = self._area.text

    def compose_question(self) -> ComposeResult:
        """A field as high as there is room."""
        yield self._area
        yield self._status

    def key_of(self, word: str) -> str:
        """The keys of a form, and what every dialog names."""
        return word if word == "f2" else super().key_of(word)

    def on_mount(self) -> None:
        """Begin with who was heard, or where the text begins."""
        self._area.focus()
        # Once it is as high as it will be: what stands above stays in sight.
        self.call_after_refresh(self._area.move_cursor, _beginning(self._area.text))
        self._say(self._why)

    def action_edit(self) -> None:
        """The same text in the person's own editor, and back with what became of it."""
        try:
            text = editor.edited(self.app, self._area.text)
        except TriageError as error:
            self._say(str(error))
            return
        self._area.text = safe(text, multiline=True)
        self._say("")

    @on(TextArea.Changed)
    def _written(self) -> None:
        """What was wrong may be right by now."""
        self._say("")

    def action_keep(self) -> None:
        """Answer, unless a line is not understood."""
        try:
            parsed(self._area.text, self._kind)
        except TriageError as error:
            self._say(str(error))
            match = _LINE.match(str(error))
            if match:
                self._area.move_cursor((int(match[1]) - 1, 0))
            return
        self.dismiss(self._area.text)

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to lose."""
        return self._area.text != self._opened or bool(self._why)

    def _say(self, told: str) -> None:
        self._status.update(one_line(told, 400))
        self._status.display = bool(told)


def _above(lines: list[str]) -> int:
    """How many lines are fields, with the lines --- around them; 0 for none."""
    fences = [at for at, line in enumerate(lines) if _FENCE.fullmatch(line)]
    return fences[1] + 1 if len(fences) > 1 else 0


def _with_room(text: str) -> str:
    """A space behind every field that waits, so that one types on where it ends."""
    lines = text.split("\n")
    above = _above(lines)
    waits = (f"{one} " if _EMPTY.fullmatch(one) else one for one in lines[:above])
    return "\n".join([*waits, *lines[above:]])


def _places(text: str) -> list[Place]:
    """Where there is something to write: behind fields, below headings, at the end."""
    lines = text.split("\n")
    above = _above(lines)
    found = [
        (at, len(line)) for at, line in enumerate(lines[:above])
        if _FIELD.fullmatch(line)
    ]  # fmt: skip
    for at, line in enumerate(lines[above:-1], above):
        if _HEADING.match(line):
            found.append((at + 1, len(lines[at + 1])))
    end = (len(lines) - 1, len(lines[-1]))
    return found if end in found else [*found, end]


def _beginning(text: str) -> Place:
    """The end of the first line that waits to be filled in, else the top."""
    for number, line in enumerate(text.split("\n")):
        if line.strip() == "participant:":
            return number, len(line)
    return 0, 0
