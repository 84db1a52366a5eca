"""A screen that reads anew, beside the screen, whatever a step may have changed."""

from __future__ import annotations

from collections.abc import Sequence

from triage.errors import TriageError
from triage.tui.desk import beside
from triage.tui.screen import TriageScreen
from triage.workspace import Entry


class Following(TriageScreen):
    """
    A subclass looks everything up in ``look_up`` and shows it in ``show_found``.

    A screen nobody sees waits with that until it is seen again.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_stale = False

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
        try:
            found = await self.triage.desk.look(self.look_up)
        except TriageError as error:
            self.gone(error)
            return
        self.show_found(found)

    def gone(self, error: TriageError) -> None:
        """What the screen is about is no longer there."""
        self.triage.complain(error)

    def stepped(self, entry: Entry, feedback: Sequence[int], *, undone: bool) -> None:
        """Read anew now, or when the screen is next seen."""
        del entry, feedback, undone
        if self.is_current:
            self.read_again()
        else:
            self._is_stale = True

    def on_screen_resume(self) -> None:
        """Seen again."""
        if self._is_stale:
            self.read_again()
