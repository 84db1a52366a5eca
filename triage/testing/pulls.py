"""How pulls go together: whole, resumed and repeated, they say the same."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

from triage.connector import Connector, Cursor, Page
from triage.testing.kept import Kept
from triage.testing.pages import check_page
from triage.testing.promise import promise

if TYPE_CHECKING:
    from triage.transport import Http

LONGEST = 1_000
"""Pages in one pull of a test; more means that it does not end."""


async def pull(
    connector: Connector, http: Http | None, cursor: Cursor | None
) -> list[Page]:
    """Return every page from a cursor on; a pull that would never end is broken off."""
    pages: list[Page] = []
    seen = {cursor} - {None}
    stands = False
    async with reading(connector, http, cursor) as stream:
        async for page in stream:
            check_page(page)
            promise(
                not stands,
                f"The cursor moves or the pull ends; {pages and pages[-1].cursor!r}"
                " came again and more followed.",
            )
            pages.append(page)
            promise(len(pages) <= LONGEST, f"A pull ends within {LONGEST:,} pages.")
            stands = page.cursor in seen
            seen |= {page.cursor} - {None}
    return pages


@asynccontextmanager
async def reading(
    connector: Connector, http: Http | None, cursor: Cursor | None
) -> AsyncIterator[AsyncIterator[Page]]:
    # A connector of files is handed a client as well, and leaves it alone.
    stream = connector.pull(cast("Http", http), cursor)
    try:
        yield stream
    finally:
        close = getattr(stream, "aclose", None)
        if close is not None:
            await close()


def _ids(pages: Iterable[Page]) -> set[str]:
    return {told.external_id for page in pages for told in page.items}


def _last_cursor(pages: Sequence[Page]) -> Cursor | None:
    return next((page.cursor for page in reversed(pages) if page.cursor), None)


async def check_stable(
    make: Callable[[], Connector], http: Http | None, whole: Sequence[Page]
) -> None:
    again = await pull(make(), http, None)
    differing = _ids(whole) ^ _ids(again)
    promise(
        not differing,
        f"Ids are the same in every pull; these are not: {sorted(differing)[:5]}.",
    )


async def check_resumable(
    make: Callable[[], Connector], http: Http | None, whole: Sequence[Page]
) -> None:
    wanted = Kept().take(whole).told
    for count, page in enumerate(whole[:-1], start=1):
        if page.cursor is None:
            continue
        resumed = await pull(make(), http, page.cursor)
        got = Kept().take([*whole[:count], *resumed]).told
        differing = [name for name in wanted | got if wanted.get(name) != got.get(name)]
        promise(
            not differing,
            f"Pulling to page {count} and resuming equals pulling whole; these differ:"
            f" {sorted(differing)[:5]}.",
        )


async def check_finished(
    make: Callable[[], Connector], http: Http | None, whole: Sequence[Page]
) -> None:
    cursor = _last_cursor(whole)
    if cursor is None:
        return
    kept = Kept().take(whole)
    again = kept.copy().take(await pull(make(), http, cursor)).told
    new = [name for name in again if again[name] != kept.told.get(name)]
    promise(
        not new,
        "Pulling again from the last cursor yields nothing new;"
        f" these came: {sorted(new)[:5]}.",
    )
