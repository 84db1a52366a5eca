"""A choice among many: type to narrow, enter to take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from triage.text.display import one_line
from triage.tui.desk import beside
from triage.tui.dialogs.dialog import Dialog
from triage.tui.words import fit

ROWS = 10
DEBOUNCE = 0.05


@dataclass(frozen=True, slots=True)
class Choice:
    """
    One of the choices.

    Attributes:
        value: What the dialog answers with.
        note: Said at the right: a likeness, a date.
        why: A second line under it, dim.
    """

    value: Any
    label: str
    note: str = ""
    why: str = ""


Find = Callable[[str], Sequence[Choice]]


class Choices(Widget):
    """Some choices, one of them under the cursor."""

    DEFAULT_CSS = "Choices { height: auto; max-height: 20; margin-top: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.choices: list[Choice] = []
        self.cursor = 0
        self.empty = ""

    @property
    def chosen(self) -> Choice | None:
        """What is under the cursor."""
        return self.choices[self.cursor] if self.cursor < len(self.choices) else None

    def show(self, choices: Sequence[Choice], empty: str = "") -> None:
        """Show these, the first under the cursor."""
        self.choices, self.cursor, self.empty = list(choices), 0, empty
        self.refresh(layout=True)

    def move(self, by: int) -> None:
        """To another one; past the end it stays."""
        self.cursor = max(0, min(self.cursor + by, len(self.choices) - 1))
        self.refresh()

    def render(self) -> Content:
        """As many as fit, round the cursor."""
        if not self.choices:
            return Content.assemble((self.empty, "$muted"))
        first = self._first
        lines = []
        for index, choice in enumerate(self.choices[first : first + ROWS], first):
            lines.append(self._line(choice, here=index == self.cursor))
            if choice.why and index == self.cursor:
                why = fit(f"    {one_line(choice.why)}", self.size.width)
                lines.append(Content.assemble((why, "$muted")))
        return Content("\n").join(lines)

    def _line(self, choice: Choice, *, here: bool) -> Content:
        width = max(10, self.size.width)
        note = one_line(choice.note, 30)
        room = width - 2 - (cell_len(note) + 2 if note else 0)
        label = fit(one_line(choice.label), room)
        return Content.assemble(
            ("▌ " if here else "  ", "$accent"),
            (label, "bold" if here else ""),
            (f"  {note}" if note else "", "$muted"),
        )

    def on_click(self, event: events.Click) -> None:
        """A click takes one."""
        index = self._first + event.y
        if self.chosen is not None and self.chosen.why and index > self.cursor:
            # The line under the cursor that says why is the cursor's own.
            index -= 1
        if index < len(self.choices):
            self.cursor = index
            cast("Picker", self.screen).take()

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the cursor, and the choices with it."""
        self.move(1)

    def on_mouse_scroll_up(self) -> None:
        """And back."""
        self.move(-1)

    @property
    def _first(self) -> int:
        """The place of the first choice in sight."""
        return max(0, min(self.cursor - ROWS + 2, len(self.choices) - ROWS))


class Picker(Dialog[Choice]):
    """
    Search as you type over choices.

    Args:
        find: Choices for what was typed; called beside the screen if ``slow``.
        empty: Said where there is nothing before anything is typed.
        unknown: Said where nothing is like what was typed.
        preview: Told of each choice the cursor comes to, before it is taken.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", f"move({ROWS})", show=False),
        Binding("pageup", f"move(-{ROWS})", show=False),
    ]

    def __init__(
        self,
        heading: str,
        find: Find,
        *,
        slow: bool = False,
        placeholder: str = "type to narrow",
        empty: str = "nothing like it",
        unknown: str = "nothing like it",
        hint: str = "↑ ↓ move   enter take   esc never mind",
        preview: Callable[[Choice], None] | None = None,
    ) -> None:
        super().__init__(heading, hint)
        self._find = find
        self._preview = preview
        self._slow = slow
        self._empty = empty
        self._unknown = unknown
        self._generation = 0
        self._shown = -1
        self._take_when_shown = False
        self.field = self.make_field(placeholder)
        self.list = Choices()

    def make_field(self, placeholder: str) -> Input:
        """The field to type in."""
        return Input(placeholder=placeholder, select_on_focus=False)

    def compose_question(self) -> ComposeResult:
        """A field over the choices."""
        yield self.field
        yield self.list

    def on_mount(self) -> None:
        """Choices before anything is typed."""
        self._look("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow."""
        self._look(event.value)

    def on_input_submitted(self) -> None:
        """Take what is under the cursor, once it is what was asked for."""
        self.take()

    def action_move(self, by: int) -> None:
        """Up or down."""
        self.list.move(by)
        self._tell_preview()

    def _tell_preview(self) -> None:
        if self._preview is not None and self.list.chosen is not None:
            self._preview(self.list.chosen)

    def take(self) -> None:
        """Answer with the choice under the cursor."""
        if self._shown != self._generation:
            self._take_when_shown = True
        elif self.list.chosen is not None:
            self.dismiss(self.list.chosen)

    def _look(self, text: str) -> None:
        self._generation += 1
        generation = self._generation
        if not self._slow:
            self._show(generation, self._find(text))
        elif text:
            self.set_timer(DEBOUNCE, lambda: self._ask(generation, text))
        else:
            self._ask(generation, text)

    def _ask(self, generation: int, text: str) -> None:
        if generation == self._generation:
            beside(self, self._find_beside, generation, text, group="find")

    async def _find_beside(self, generation: int, text: str) -> None:
        from triage.tui.app import TriageApp

        app = cast("TriageApp", self.app)
        assert isinstance(app, TriageApp)
        found = await app.desk.look(lambda: self._find(text))
        self._show(generation, found)

    def _show(self, generation: int, choices: Sequence[Choice]) -> None:
        if generation != self._generation:
            return
        self._shown = generation
        words = self.field.value.strip()
        self.list.show(choices, self._unknown if words else self._empty)
        self._tell_preview()
        if self._take_when_shown:
            self._take_when_shown = False
            self.take()


def among(choices: Sequence[Choice]) -> Find:
    """A ``find`` over choices known beforehand; the nearest first."""

    def find(text: str) -> Sequence[Choice]:
        wanted = text.casefold().strip()
        if not wanted:
            return choices
        # A fifth of a first frame's imports, needed only once somebody types here.
        from rapidfuzz import fuzz

        scored = [
            (fuzz.WRatio(wanted, one.label.casefold())
             + (50 if wanted in one.label.casefold() else 0), -place, one)
            for place, one in enumerate(choices)
        ]  # fmt: skip
        return [one for score, _, one in sorted(scored, key=_first_two) if score >= 55]

    return find


def _first_two(scored: tuple[float, int, Choice]) -> tuple[float, int]:
    return -scored[0], -scored[1]
