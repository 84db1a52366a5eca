"""
The threads beside the screen: one decides, in order; others look things up or pull.

Nothing commits on the screen's own thread: a disk may take a second to promise that a
decision is kept.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.worker import Worker

from triage.errors import TriageError
from triage.workspace import explained

if TYPE_CHECKING:
    from triage.tui.app import TriageApp

T = TypeVar("T")


class Desk:
    """Work for other threads, awaited by the screen."""

    def __init__(self) -> None:
        self._deciding = ThreadPoolExecutor(1, "triage-decide")
        self._looking = ThreadPoolExecutor(2, "triage-look")
        self.stopping = threading.Event()
        """Set when the app leaves: whoever pulls finishes its page and stops."""

    def decide(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """
        Write; what was asked first is done first.

        It is on its way before this returns, and stays so if whoever waits goes away:
        leaving right after a key loses nothing.
        """
        asked = asyncio.get_running_loop().run_in_executor(
            self._deciding, partial(_in_words, work)
        )
        asked.add_done_callback(_heard)
        return asyncio.shield(asked)

    async def look(self, work: Callable[[], T]) -> T:
        """Read."""
        return await asyncio.get_running_loop().run_in_executor(
            self._looking, partial(_in_words, work)
        )

    def pull(self, work: Callable[[], None]) -> threading.Thread:
        """Read from outside, for as long as it takes; never holds up leaving."""
        thread = threading.Thread(target=work, name="triage-pull", daemon=True)
        thread.start()
        return thread

    def close(self) -> None:
        """Wait until everything decided is kept, then let the threads go."""
        self.stopping.set()
        self._looking.shutdown(wait=True, cancel_futures=True)
        self._deciding.shutdown(wait=True)


def _in_words(work: Callable[[], T]) -> T:
    """Do it; a full disk or a damaged file ends in a sentence, as a refusal does."""
    try:
        return work()
    except Exception as error:
        known = explained(error)
        if known is None:
            raise
        raise known from error


def _heard(asked: asyncio.Future[T]) -> None:
    """A refusal that comes after everybody left is nobody's surprise."""
    if not asked.cancelled():
        asked.exception()


def beside(
    node: DOMNode,
    work: Callable[..., Coroutine[Any, Any, None]],
    *about: Any,
    group: str,
    exclusive: bool = False,
) -> None:
    """
    Let work go on while the screen answers; ``exclusive`` drops the one before.

    What it could not do and did not tell itself, a full disk or a file somebody else
    holds, is complained about; the app goes on. Where the node is being taken away
    when it comes back, nothing is left to show it in.
    """

    # Textual never closes a coroutine it did not start, so it is made when it starts.
    async def told() -> None:
        try:
            await work(*about)
        except TriageError as error:
            cast("TriageApp", node.app).complain(error)
        except NoMatches:
            # Children are pruned before their screen, and its work is cancelled last.
            if node.display:
                raise

    _: Worker[None] = node.run_worker(told, group=group, exclusive=exclusive)
