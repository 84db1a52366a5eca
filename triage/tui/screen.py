"""What every screen has: its place in the table of actions, a status and a key line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from triage.tui.action import Action
from triage.tui.actions import BY_ID, of
from triage.tui.bindings import shown
from triage.tui.widgets.asked import Asked
from triage.tui.widgets.lines import OneLine, Part

if TYPE_CHECKING:
    from triage.tui.app import TriageApp
    from triage.workspace import Entry, Workspace

FOOTER = 8
"""Keys in the footer at most; ``?`` has them all."""

SMALLEST = (80, 24)

Key = tuple[str, str, str]
"""A key as people read it, what it is called, and the action a click asks for."""


class TriageScreen(Screen[None]):
    """
    A screen of the app.

    A subclass names its ``PART`` of the table of actions, yields its widgets from
    ``compose_body`` and has a method ``action_…`` for each of its actions.
    """

    PART = ""
    PARTS: tuple[str, ...] = ()
    """Parts of the table its widgets answer to, besides its own."""

    _door: Workspace | None = None
    _had_keys: Widget | None = None
    _said = ""

    @property
    def triage(self) -> TriageApp:
        """The app, by its own name."""
        return cast("TriageApp", self.app)

    @property
    def workspace(self) -> Workspace:
        """The one door; also for work that outlives the screen in another thread."""
        if self._door is None:
            self._door = self.triage.workspace
        return self._door

    def compose(self) -> ComposeResult:
        """The body, then a line of what happened and a line of keys."""
        # Asked for once here, on the screen's own thread, where the app is known.
        assert self.workspace
        yield from self.compose_body()
        yield OneLine(id="status")
        yield OneLine(id="keys")
        yield Static("", id="too-small", markup=False)

    def compose_body(self) -> ComposeResult:
        """The screen's own widgets."""
        yield from ()

    def on_mount(self) -> None:
        """The keys, from the first frame on."""
        self.show_keys()
        self.tell_outbox()

    def on_screen_resume(self) -> None:
        """Back on top: another screen may have changed what is shown."""
        self.show_keys()

    def on_resize(self, event: events.Resize) -> None:
        """Too small says so; anything else fits."""
        wide, high = SMALLEST
        width, height = event.size
        tiny = width < wide or height < high
        if tiny:
            self.query_one("#too-small", Static).update(
                f"Triage needs {wide} × {high}; this window is {width} × {height}."
            )
        self._keep_focus(tiny)
        self.set_class(tiny, "-tiny")
        self.set_class(width < 100, "-narrow")
        self.show_keys()

    def _keep_focus(self, tiny: bool) -> None:
        """What is hidden loses the keys; they are given back with the room."""
        was_tiny = self.has_class("-tiny")
        if tiny and not was_tiny:
            self._had_keys = self.focused
        elif was_tiny and not tiny and self._had_keys is not None:
            self.call_after_refresh(self._had_keys.focus)

    def elsewhere(self) -> list[Part]:
        """For the right end of a first line: that there are other areas, and how."""
        if len(list(self.triage.reachable())) < 2:
            return [("Triage", "$muted")]
        go = self.triage.keymap.first_key(BY_ID["go-inbox"]).split(" ")[0]
        return [
            (go, "bold $accent", "elsewhere"), (" go elsewhere", "$muted", "elsewhere")
        ]  # fmt: skip

    @on(Asked)
    async def _clicked(self, event: Asked) -> None:
        """What was clicked on is done as its key would do it."""
        event.stop()
        action = BY_ID.get(event.name)
        if event.name == "elsewhere":
            key = self.triage.keymap.first_key(BY_ID["go-inbox"]).split(" ")[0]
            self.triage.begin_sequence(key)
        elif event.name == "stay":
            self.triage.end_sequence()
        elif action is None:
            self.asked(event.name)
        elif action in self.actions():
            self.triage.end_sequence()
            await self.triage.perform(action)

    def asked(self, name: str) -> None:
        """Something of this screen alone was clicked on: a tab."""

    # What happened

    def say(self, text: str) -> None:
        """Say what happened, until something else does."""
        self._said = text
        self._show_status()

    def tell_outbox(self) -> None:
        """What waits to be sent, or was, is known anew."""
        self._show_status()

    def _show_status(self) -> None:
        """What happened; at its right how much waits to be sent, if anything does."""
        waiting = self.triage.waiting
        right: list[Part] = []
        if waiting and BY_ID["go-outbox"] in self.actions():
            many = "1 draft" if waiting == 1 else f"{waiting:,} drafts"
            key = self.triage.key_of("go-outbox")
            right = [
                (key, "bold $accent", "go-outbox"), (f" {many}", "$muted", "go-outbox")
            ]  # fmt: skip
        self.query_one("#status", OneLine).say([(self._said, "")], right)

    def close_over(self) -> bool:
        """Close a reader that covers the list; whether there was one."""
        if not (self.has_class("-narrow") and self.has_class("-reading")):
            return False
        self.set_class(False, "-reading")
        return True

    def stepped(self, entry: Entry, feedback: Sequence[int], *, undone: bool) -> None:
        """Somebody decided, undid or redid; ``feedback`` are the keys it moved."""

    def pulled(self) -> None:
        """Feedback was brought in; what is shown of it stays until it is asked for."""

    def sent(self) -> None:
        """A draft was sent, or could not be."""

    # Keys

    def parts(self) -> tuple[str, ...]:
        """The parts of the table that are live now."""
        return (self.PART, *self.PARTS)

    def actions(self) -> list[Action]:
        """Everything that can be asked here, app-wide actions last."""
        there = set(self.triage.reachable())
        return [
            action for action in of(*self.parts(), "app")
            if not action.id.startswith("go-") or action.id.removeprefix("go-") in there
        ]  # fmt: skip

    def footer(self) -> list[Action]:
        """The few actions worth a place in the footer."""
        worth = [action for action in self.actions() if action.foot]
        return sorted(worth, key=lambda action: action.foot)[:FOOTER]

    def show_keys(self) -> None:
        """Draw the footer."""
        named = [
            (shown(self.triage.keymap.first_key(action)), action.label, action.id)
            for action in self.footer()
        ]
        self._say_keys(named)

    def show_sequence(self, so_far: str, then: Sequence[tuple[str, Action]]) -> None:
        """Which key may come next, in place of the footer."""
        named = [(shown(key), action.label, action.id) for key, action in then]
        self._say_keys(named, before=f"{so_far}  ", last=("esc", "stay", "stay"))

    def _say_keys(
        self, named: Sequence[Key], before: str = "", last: Key | None = None
    ) -> None:
        """Whole keys only: one that has no room is left to ``?``; ``last`` has some."""
        locked = [("read only", "bold $warning")] if self.workspace.read_only else []
        room = (
            self.app.size.width - 2 - len(before) - sum(len(w) + 3 for w, _ in locked)
        )
        every = [*named, last] if last else named
        gap = 3 if sum(len(k) + len(w) + 4 for k, w, _ in every) - 3 <= room else 2
        room -= len(last[0]) + 1 + len(last[1]) + gap if last else 0
        there: list[Key] = []
        for key, label, asks in named:
            size = len(key) + 1 + len(label)
            if size > room:
                break
            there.append((key, label, asks))
            room -= size + gap
        parts: list[Part] = [(before, "bold $accent")] if before else []
        for key, label, asks in [*there, last] if last else there:
            parts += [
                (key, "bold $accent", asks), (f" {label}", "$muted", asks),
                (" " * gap, ""),
            ]  # fmt: skip
        self.query_one("#keys", OneLine).say(parts[:-1], locked)
