"""The terminal app: which screens there are, how it looks, what holds everywhere."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment, Segments
from textual import events
from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from triage.errors import ConfigError, TriageError
from triage.text.display import one_line, safe
from triage.tui import words
from triage.tui.action import Action
from triage.tui.bindings import bindings, overrides, shown
from triage.tui.desk import Desk, beside
from triage.tui.dialogs.dialog import Dialog
from triage.tui.garbage import Pauses, share_heap
from triage.tui.going import Going
from triage.tui.keymap import Keymap, keymap
from triage.tui.looks import Looks
from triage.tui.outgoing import OF_DRAFTS, SETTLING, Outgoing
from triage.tui.screen import TriageScreen
from triage.workspace import Entry, Workspace, explained

Stepped = tuple[Entry | None, list[int]]
"""A step, if anything had to change, and the feedback it moved."""


def run(
    workspace: Workspace, *, theme: str = "", start: str = "inbox", listen: float = 0
) -> int:
    """Run the app until it is left; its exit code."""
    app = TriageApp(workspace, theme=theme, start=start, listen=listen)
    app.run()
    return app.return_code or 0


class TriageApp(Looks, Outgoing, Going, inherit_bindings=False):
    """
    Screens over one workspace.

    Args:
        theme: Name of a theme; "" for the person's own or the default.
        start: The area shown first.
        listen: Minutes of listening to begin with; 0 for none.
    """

    TITLE = "Triage"
    CSS_PATH = ["app.tcss", "screens/inbox.tcss"]  # noqa: RUF012
    ENABLE_COMMAND_PALETTE = False
    PART = "app"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app"),
        Binding("ctrl+c", "help_quit", show=False),
    ]

    def __init__(
        self,
        workspace: Workspace,
        *,
        theme: str = "",
        start: str = "inbox",
        listen: float = 0,
    ) -> None:
        self.DEFAULT_MODE = start  # type: ignore[misc]
        super().__init__()
        self.workspace = workspace
        self.desk = Desk()
        self.pauses = Pauses()
        self.pulling: threading.Event | None = None
        self.listen = listen
        self.keymap = self._keymap_of(workspace)
        self._sequences = self.keymap.sequences()
        self._so_far: tuple[str, ...] = ()
        self.use_looks(workspace.config, theme)
        self.set_keymap(overrides(self.keymap))
        self.add_areas()

    # Starting and leaving

    def on_mount(self) -> None:
        """Say what was wrong with the settings, and let the collector rest."""
        for sentence in self.wrong:
            self.warn(sentence)
        self.set_timer(SETTLING, self.look_at_outbox)
        if not self.is_headless:
            # Behind the first paint, and before there is a second thread.
            self.call_after_refresh(share_heap)
            self.set_timer(1.0, self.pauses.begin)
            self.set_interval(0.25, self.pauses.perhaps_collect)

    def on_unmount(self) -> None:
        """Everything decided is kept before the program ends."""
        self.desk.close()
        self.pauses.end()

    def _fatal_error(self) -> None:
        """A fault of ours ends the app; its traceback shows code, never values."""
        assert self._exception is not None
        known = explained(self._exception)
        if known is not None:
            # No fault of ours: a file is damaged, or a disk is full.
            said = f"Triage stopped: {safe(str(known))}\n"
            self._exit_renderables.append(Segments([Segment(said)]))
            self._close_messages_no_wait()
            return
        from triage import secrets

        trace = secrets.hidden("".join(traceback.format_exception(self._exception)))
        text = (
            "Triage met a fault of its own and stopped. Everything decided is kept.\n"
            f"Please report what follows:\n\n{trace}"
        )
        self._exit_renderables.append(
            Segments([Segment(safe(text, multiline=True) + "\n")])
        )
        self._close_messages_no_wait()

    # Screens

    @property
    def front(self) -> TriageScreen | None:
        """The topmost screen that is no dialog."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, TriageScreen):
                return screen
        return None

    # Deciding

    def decide(
        self,
        work: Callable[[], Entry | None],
        *,
        done: Callable[[Entry | None], None] | None = None,
        refused: Callable[[], None] | None = None,
    ) -> None:
        """
        Write beside the screen, in the order asked; then say so, or why not.

        ``done`` and ``refused`` are called back on the screen's own thread.
        """
        asked = self.desk.decide(partial(self._step_and_moved, work))
        beside(self, self._decide, asked, done, refused, group="decide")

    async def _decide(
        self,
        asked: Awaitable[Stepped],
        done: Callable[[Entry | None], None] | None,
        refused: Callable[[], None] | None,
    ) -> None:
        try:
            entry, moved = await asked
        except TriageError as error:
            if refused:
                refused()
            self.complain(error)
            return
        if entry is None:
            self.say("Nothing had to change")
        else:
            self._say_step(one_line(entry.label), f"{self.key_of('undo')} to undo")
        if done:
            done(entry)
        if entry is not None:
            self._tell(entry, moved, undone=False)

    def _step_and_moved(self, work: Callable[[], Entry | None]) -> Stepped:
        """Both from the one thread that decides, so that steps are told in order."""
        entry = work()
        return entry, self.workspace.touched(entry) if entry else []

    def action_undo(self) -> None:
        """Take back the last step."""
        self._ask_step(self.workspace.undo, undone=True)

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._ask_step(self.workspace.redo, undone=False)

    def undo_step(self, step: int) -> None:
        """Take back one step of the history, if nothing later rests on it."""
        self._ask_step(lambda: self.workspace.undo(step), undone=True)

    def _ask_step(self, work: Callable[[], Entry | None], *, undone: bool) -> None:
        asked = self.desk.decide(partial(self._step_and_moved, work))
        beside(self, self._step, asked, undone, group="decide")

    async def _step(self, asked: Awaitable[Stepped], undone: bool) -> None:
        try:
            entry, moved = await asked
        except TriageError as error:
            self.complain(error)
            return
        if entry is None:
            self.say("Nothing to undo" if undone else "Nothing to do again")
            return
        back = self.key_of("redo" if undone else "undo")
        word = "Undone" if undone else "Done again"
        told = f"{word}: {one_line(entry.label)}"
        self._say_step(told, f"{back} to take that back")
        self._tell(entry, moved, undone=undone)

    def _say_step(self, told: str, back: str) -> None:
        """What was done, cut where it is long, and whole the key that takes it back."""
        room = max(0, self.size.width - 2 - cell_len(f" · {back}"))
        if cell_len(told) > room:
            told = words.fit(told, room).rstrip()
        self.say(f"{told} · {back}")

    def _tell(self, entry: Entry, moved: Sequence[int], *, undone: bool) -> None:
        """Every screen there is hears of a step, seen or not."""
        for screen in self.screens_there_are():
            screen.stepped(entry, moved, undone=undone)
        if entry.verb in OF_DRAFTS:
            self.look_at_outbox()

    def screens_there_are(self) -> list[TriageScreen]:
        """Every screen that was shown and can be again."""
        there: set[TriageScreen] = set(self.areas.values())
        there.update(s for s in self.screen_stack if isinstance(s, TriageScreen))
        return [screen for screen in there if screen.is_mounted]

    def pulled(self) -> None:
        """Something was pulled, to its end or not: there may be more to show."""
        for screen in self.screens_there_are():
            screen.pulled()

    def say(self, text: str) -> None:
        """Say what happened, in the status line of the screen in front."""
        if self.front and self.front.is_mounted:
            self.front.say(text)

    def complain(self, error: TriageError) -> None:
        """Say what went wrong and what to do; stays until it is read."""
        self.notify(
            safe(str(error), multiline=True, limit=600), severity="error",
            title="✕ That did not work", markup=False, timeout=12,
        )  # fmt: skip

    def fail(self, bug: Exception) -> None:
        """A fault of ours beside the screen ends the app as one on it does."""
        self._handle_exception(bug)

    # Keys

    def _keymap_of(self, workspace: Workspace) -> Keymap:
        try:
            return keymap(workspace.config.keys)
        except ConfigError as error:
            self.wrong.append(f"{error}. The usual keys are in force.")
            return keymap({})

    def key_of(self, name: str) -> str:
        """The first key that asks for an action, as people read it."""
        return shown(self.keymap.keys[name][0])

    async def on_event(self, event: events.Event) -> None:
        """The second key of a sequence goes to nobody else."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.pauses.key()
            if self._so_far:
                await self._continue_sequence(event)
                return
            # Not by a binding: the second key may come before one is looked for.
            taken = self.focused is not None and self.focused.check_consume_key(
                event.key, event.character
            )
            if not taken and self.begin_sequence(event.character or event.key):
                return
        await super().on_event(event)

    def begin_sequence(self, key: str) -> bool:
        """Wait for the key that follows, and show which may; whether any may."""
        is_first = any(keys[0] == key for keys in self._sequences)
        if not is_first or self.front is not self.screen or self.front is None:
            return False
        self._so_far = (key,)
        then = self._continuations()
        if then:
            self.front.show_sequence(key, then)
        else:
            self._so_far = ()
        return bool(then)

    def end_sequence(self) -> None:
        """No second key is waited for any more."""
        if self._so_far and self.front:
            self.front.show_keys()
        self._so_far = ()

    def _continuations(self) -> list[tuple[str, Action]]:
        front = self.front
        here = {action.id for action in front.actions()} if front else set()
        size = len(self._so_far)
        return [
            (" ".join(keys[size:]), action)
            for keys, actions in self._sequences.items()
            for action in actions
            if keys[:size] == self._so_far and action.id in here
        ]

    async def _continue_sequence(self, event: events.Key) -> None:
        self._so_far = (*self._so_far, event.character or event.key)
        found = dict(self._continuations())
        if found and "" not in found and self.front:
            self.front.show_sequence(" ".join(self._so_far), list(found.items()))
            return
        self._so_far = ()
        if self.front:
            self.front.show_keys()
        if "" in found:
            await self.perform(found[""])

    async def perform(self, action: Action) -> None:
        """Do what an action says, as its key would: focus, then screen, then app."""
        node: DOMNode = self.focused or self.screen
        for part in node.ancestors_with_self:
            if hasattr(part, f"action_{action.method}"):
                await self.run_action(action.method, part)
                return

    # Actions that hold everywhere

    def action_help(self) -> None:
        """The keys of this screen."""
        from triage.tui.dialogs.help import Help

        if self.front:
            self.push_screen(Help(self.front.actions(), self.keymap))

    def action_palette(self) -> None:
        """Any action by its name."""
        from triage.tui.dialogs.palette import choose_action

        choose_action(self)

    def action_theme(self) -> None:
        """How it looks."""
        from triage.tui.dialogs.palette import choose_theme

        choose_theme(self)

    def action_sync(self) -> None:
        """Pull every source beside the screen."""
        from triage.tui.pulling import sync

        sync(self)

    def action_stop(self) -> None:
        """Pull no further."""
        from triage.tui.pulling import stop

        stop(self)

    def action_help_quit(self) -> None:
        """ctrl+c leaves nothing behind by accident."""
        self.say(f"{self.key_of('quit')} leaves")

    async def action_quit(self) -> None:
        """Back to what lies under; from the first screen, leave."""
        if self.front and self.front.close_over():
            return
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.exit()

    def action_leave(self) -> None:
        """Leave at once, unless that would lose what somebody is writing."""
        if all(one.may_leave() for one in self.screen_stack if isinstance(one, Dialog)):
            self.exit()
