"""A screen that reads anew, beside the screen, whatever a step may have changed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.css.query import NoMatches
from textual.widgets import Static

from triage.errors import NotFound, TriageError
from triage.text.display import one_line
from triage.tui import emptiness
from triage.tui.action import Action
from triage.tui.actions import BY_ID
from triage.tui.desk import beside
from triage.tui.screen import TriageScreen
from triage.tui.widgets.rows import Rows
from triage.workspace import Entry

PATIENCE = 0.15
"""Seconds before a screen that is being looked up shows its shape instead."""


class Following(TriageScreen):
    """
    A subclass looks everything up in ``look_up`` and shows it in ``show_found``.

    A screen nobody sees waits with that until it is seen again.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_stale = False
        self._was_shown = False
        self._leading: list[str] = []
        self._step_told = ""

    def look_up(self) -> object:
        """Everything the screen shows; called in a thread."""
        raise NotImplementedError

    def show_found(self, found: object) -> None:
        """Show it; called on the screen's own thread."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Look everything up for the first time."""
        # The framework calls the handler of each class in turn; none calls another.
        self.read_again()

    def read_again(self) -> None:
        """Look everything up once more; only the last of several looks counts."""
        self._is_stale = False
        beside(self, self._read_beside, group="read", exclusive=True)

    async def _read_beside(self) -> None:
        waiting = self.set_timer(PATIENCE, self.show_waiting)
        try:
            found = await self.triage.desk.look(self.look_up)
        except NotFound as error:
            self.gone(error)
            return
        except TriageError as error:
            self._fail(error)
            return
        finally:
            waiting.stop()
        self._was_shown = True
        self.show_found(found)
        if self.is_current:
            self.show_keys()

    def show_waiting(self) -> None:
        """The shape of what is being looked up, where nothing stands yet."""
        for rows in self.query(Rows):
            if not self._was_shown:
                rows.wait()

    def show_nothing(self, lines: Sequence[str], *keys: tuple[str, str]) -> None:
        """What stands there when there is no row: a sentence, and what leads on."""
        self._leading = [name for name, _ in keys]
        told = emptiness.told(lines, keys, self.triage.keymap)
        self.query_one("#empty", Static).update(told)

    def footer(self) -> list[Action]:
        """With nothing there, only what leads on."""
        if not self.has_class("-empty"):
            return super().footer()
        return [BY_ID[name] for name in (*self._leading, "undo", "help", "quit")]

    def gone(self, error: TriageError) -> None:
        """What the screen is about is no longer there."""
        self.triage.complain(error)

    def leave_for(self, error: TriageError) -> None:
        """Back to where one came from, told what was undone, else what is missing."""
        self.app.pop_screen()
        self.triage.say(self._step_told or one_line(str(error)))

    def _fail(self, error: TriageError) -> None:
        """Say so where it should stand; what stands there already may stay."""
        self._is_stale = True
        try:
            place = self.query_one("#empty", Static)
        except NoMatches:
            place = None
        if self._was_shown or place is None:
            self.triage.complain(error)
            return
        place.update(emptiness.unreadable(str(error)))
        self.set_class(True, "-empty")
        self.show_keys()

    def stepped(self, entry: Entry, feedback: Sequence[int], *, undone: bool) -> None:
        """Read anew now, or when the screen is next seen."""
        del entry, feedback, undone
        if self.is_current:
            self._step_told = self._said
            self.read_again()
        else:
            self._is_stale = True

    def on_screen_resume(self) -> None:
        """Seen again."""
        if self._is_stale:
            self.read_again()
