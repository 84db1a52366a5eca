"""Lists narrowed and kept: queries, saved views, the filter builder, marks of all."""

from __future__ import annotations

import asyncio

import pytest

from factories import an_incoming, imported
from triage.tui.completing import completed
from triage.tui.tabs import in_sight
from triage.workspace import Workspace
from tui.desk import NOW, Opened


async def test_a_query_narrows_the_list(workspace: Workspace, opened: Opened) -> None:
    """Fields work as typed; the line over the list says what it is narrowed to."""
    async with opened(workspace) as desk:
        await desk.press("/")
        await desk.type("rating:<=2 sort:oldest")
        assert sorted(desk.rows) == ["f6", "f7"]
        await desk.press("enter")
        assert "rating:<=2 sort:oldest" in desk.text
        assert "oldest first" in desk.text
        first = desk.here
        await desk.press("e")
        assert first not in desk.rows
        await desk.press("u")
        assert desk.here == first
        await desk.press("escape")
        assert len(desk.rows) == 9


async def test_a_view_is_saved_and_turned_to(
    workspace: Workspace, opened: Opened
) -> None:
    """W keeps a query under a name; it is a tab with its count and oldest age."""
    async with opened(workspace) as desk:
        await desk.press("W")
        assert "Narrow the list first" in desk.status
        await desk.press("/")
        await desk.type("rating:<=3")
        await desk.press("enter", "W")
        await desk.type("unhappy")
        await desk.press("enter")
        await desk.settle()
        assert workspace.config.views["unhappy"].query == "rating:<=3"
        assert "unhappy 3 ·" in desk.text
        shown = desk.rows
        await desk.press("]")
        assert len(desk.rows) == 9
        await desk.press("[")
        assert desk.rows == shown
        await desk.press("/")
        await desk.type(" german")
        await desk.press("enter")
        assert "changed, W saves it" in desk.text
        await desk.press("escape")
        assert desk.rows == shown
        await desk.press("g", "v")
        await desk.type("spam")
        await desk.press("enter")
        assert "Nothing is spam" in desk.text or desk.rows == []


async def test_a_view_has_its_columns(workspace: Workspace, opened: Opened) -> None:
    """A view shows the columns it names; one that is off says so and can be left."""
    workspace.save_view("by source", "rating:>=1", ("source", "what"))
    workspace.save_view("off", "rating:>=1", ("colour",))
    async with opened(workspace) as desk:
        await desk.press("[", "[")
        heading = next(line for line in desk.text.splitlines() if "source" in line)
        assert "who" not in heading
        rows = desk.rows
        await desk.press("]")
        assert desk.rows == rows
        assert (
            "no column is called colour"
            in desk.app._notifications.__iter__().__next__().message
        )


async def test_the_filter_builder(workspace: Workspace, opened: Opened) -> None:
    r"""\ narrows by choosing a field and a value, and takes parts away again."""
    async with opened(workspace) as desk:
        await desk.press("\\")
        await desk.type("rating")
        await desk.press("enter")
        await desk.type("<=2")
        await desk.press("enter")
        assert "rating:<=2" in desk.text
        assert len(desk.rows) == 2
        await desk.press("\\")
        await desk.type("away")
        await desk.press("enter")
        assert len(desk.rows) == 9
        await desk.press("\\")
        await desk.type("source")
        await desk.press("enter")
        await desk.settle()
        await desk.press("enter")
        assert "source:" in desk.text


async def test_all_matching_are_marked_without_a_list(
    workspace: Workspace, opened: Opened
) -> None:
    """* a marks all of a list but those taken out again, and all are decided."""
    async with opened(workspace) as desk:
        await desk.press("*", "a", "x")
        assert "8 marked" in desk.text
        spared = desk.here
        await desk.press("e")
        assert desk.rows == [spared]
        await desk.press("u")
        assert len(desk.rows) == 9
        assert "marked" not in desk.text


async def test_much_is_found(
    empty: Workspace, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of much that is found enough is read; going to its end or marking all reads it."""
    monkeypatch.setattr("triage.tui.searching.ENOUGH", 200)
    voices = [an_incoming(str(n), f"voice {n} about {n * 7919}") for n in range(1, 401)]
    await asyncio.to_thread(imported, empty, voices, group=False)
    async with opened(empty, (80, 24)) as desk:
        for key, told in (("G", "400 of 400"), ("*a", "400 marked")):
            await desk.press("/")
            await desk.type("voice")
            await desk.press("enter")
            assert "1 of 200+" in desk.text
            await desk.press(*key)
            await desk.settle()
            assert told in desk.text
            await desk.press("escape", "escape")
        await desk.press("/")
        await desk.type("voice")
        await desk.press("enter", *["ctrl+d"] * 9)
        await desk.settle()
        assert "of 400 ·" in desk.text
        assert desk.inbox.list.cursor < 200


async def test_found_words_are_marked(workspace: Workspace, opened: Opened) -> None:
    """Words looked for are underlined where rows say them."""
    async with opened(workspace) as desk:
        await desk.press("/")
        await desk.type("offl")
        strip = desk.inbox.list.render_line(0)
        found = [seg.text for seg in strip if seg.style and seg.style.underline]
        assert found == ["offline"]


async def test_a_view_of_everything_says_where(
    workspace: Workspace, opened: Opened
) -> None:
    """state:all shows every feedback for itself, and where it stands."""
    workspace.archive([workspace.feedback("f1")])
    async with opened(workspace) as desk:
        await desk.press("/")
        await desk.type("state:all")
        await desk.press("enter")
        assert len(desk.rows) == len(workspace.ids(None))
        await desk.press("G")
        await desk.press("e")
        await desk.press("u")
        assert desk.here


def test_the_rest_of_a_word_is_offered() -> None:
    """A field's name and its values are completed; words are left alone."""
    values = {"source": ["mail", '"app store"'], "is": ["linked"]}

    def known(field: str) -> list[str]:
        return values.get(field, [])

    assert completed("sou", known) == "rce:"
    assert completed("-sou", known) == "rce:"
    assert completed("source:m", known) == "ail"
    assert completed("source:mail,", known) == "mail"
    assert completed("nothing:x", known) is None
    assert completed("s", known) is None


def test_tabs_keep_the_open_one_in_sight() -> None:
    """However narrow the line, the open tab is on it."""
    widths = [10] * 9
    for room in (5, 10, 35, 80, 200):
        for here in range(9):
            shown = in_sight(widths, here, room)
            assert here in shown
            assert sum(widths[i] for i in shown) <= max(room, widths[here])


async def test_a_new_voice_in_a_view(workspace: Workspace, opened: Opened) -> None:
    """n lets arrivals into a saved view too, the cursor on its row."""
    workspace.save_view("exports", "export")
    async with opened(workspace) as desk:
        await desk.press("[")
        before = desk.rows

        def arrive() -> None:
            imported(
                workspace, [an_incoming("99", "no export to csv", received_at=NOW)]
            )

        await desk.app.desk.decide(arrive)
        assert desk.rows == before
        await desk.press("n")
        assert len(desk.rows) == len(before) + 1


async def test_what_a_store_tells_has_columns(empty: Workspace, opened: Opened) -> None:
    """Stars, version, country, language, device and system are columns of any view."""
    review = an_incoming(
        "1", "It stopped after the update", rating=2.0, scale="1-5", metric="stars",
        app_version="5.2.1", language="de", received_at=NOW,
        context={"country": "DE", "device": "Pixel 9", "os": "Android 16"},
    )  # fmt: skip
    await asyncio.to_thread(imported, empty, [review])
    await asyncio.to_thread(
        empty.save_view, "stores", "version:5.2.1",
        columns=("stars", "version", "country", "language", "device", "os"),
    )  # fmt: skip
    async with opened(empty, (160, 24)) as desk:
        await desk.press("[")
        await desk.settle()
        for value in ("★★☆☆☆", "5.2.1", "DE", "de", "Pixel 9", "Android 16"):
            assert value in desk.text


def test_versions_are_offered_newest_first(empty: Workspace) -> None:
    """The filter builder lists versions by their numbers, other values by how many."""
    imported(empty, [
        an_incoming(str(number), f"Said {number}", app_version=version, received_at=NOW,
                    context={"country": country})
        for number, (version, country) in enumerate(
            [("5.9", "SE"), ("5.10", "DE"), ("5.9", "DE"), ("5.2.1", "DE")]
        )
    ])  # fmt: skip
    assert empty.values("version") == [("5.10", 1), ("5.9", 2), ("5.2.1", 1)]
    assert empty.values("country") == [("DE", 3), ("SE", 1)]
