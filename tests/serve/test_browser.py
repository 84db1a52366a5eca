"""In a real browser: the same app, by mouse and by key."""

from __future__ import annotations

from pathlib import Path

import aiohttp

from serve.browser import Browser, a_browser
from serve.calling import first_frame, talk
from serve.serving import serving
from triage.workspace import Workspace


def archived(database: Path) -> list[str]:
    """What was archived, as people number it."""
    with Workspace(database) as workspace:
        return [e.label for e in workspace.history() if e.verb == "archive"]


def harmless(browser: Browser) -> bool:
    """Whether the browser complained of nothing but drawing without a graphics card."""
    return all("WebGL" in said or "GPU" in said for said in browser.complaints)


async def test_a_person_decides_in_a_browser(database: Path, tmp_path: Path) -> None:
    """A click chooses, keys decide, leaving is calm, and coming back is one key."""
    with serving(database) as served:
        async with a_browser() as browser:
            await browser.open(served.link)
            await browser.see("Inbox 7", "accept", "export crashes")
            assert await browser.value("location.pathname") == "/", "no token is left"
            assert await browser.value("document.title") == "work · Triage"
            assert await browser.value("document.cookie") == ""
            font = "document.fonts.check('bold 16px \"Roboto Mono\"')"
            assert await browser.value(font)

            await browser.click_on("Dark mode")
            await browser.see("my eyes hurt")
            await browser.press("?")
            await browser.see("Keys here", "Read, and nothing to do")
            await browser.press("escape")
            await browser.see("accept", but_not="Keys here")
            await browser.press("e")
            await browser.see("Inbox 6", "rchived f")
            await browser.look(tmp_path / "decided.png")
            await browser.press("u")
            await browser.see("Inbox 7", "Undone")
            await browser.press("U")
            await browser.see("Inbox 6")
            assert len(archived(database)) == 1

            await browser.press("q")
            assert "You have left Triage" in await browser.read("Open again")
            await browser.look(tmp_path / "left.png")
            await browser.press("enter")
            await browser.see("Inbox 6", "accept")

            assert harmless(browser), browser.complaints
            ours = (f"{served.origin}/", served.origin.replace("http:", "ws:"), "data:")
            assert not [one for one in browser.asked if not one.startswith(ours)]


async def test_a_resized_window_is_filled(database: Path) -> None:
    """The app takes the room there is, at any moment."""
    with serving(database) as served:
        async with a_browser() as browser:
            await browser.open(served.link)
            await browser.see("Inbox 7")
            before = browser.screen.columns
            await browser.call(
                "Emulation.setDeviceMetricsOverride", width=900, height=600,
                deviceScaleFactor=1, mobile=False,
            )  # fmt: skip
            await browser.resized(before)
            await browser.see("Inbox 7", "accept")
            assert 80 <= browser.screen.columns < before


async def test_a_read_only_browser_changes_nothing(database: Path) -> None:
    """What is only shown says so, refuses in words, and keeps every byte."""
    before = database.read_bytes()
    with serving(database, "--read-only") as served:
        async with a_browser() as browser:
            await browser.open(served.link)
            await browser.see("Inbox 7", "read only")
            await browser.press("e")
            await browser.see("open read only", "Inbox 7")
    assert database.read_bytes() == before


async def test_the_backlog_is_saved_by_the_browser(
    database: Path, tmp_path: Path
) -> None:
    """An export goes to whoever looks, not to the disk of the machine that serves."""
    saved = tmp_path / "saved"
    with serving(database) as served:
        async with a_browser() as browser:
            await browser.call(
                "Browser.setDownloadBehavior", behavior="allow", downloadPath=str(saved)
            )
            await browser.open(served.link)
            await browser.see("Inbox 7")
            await browser.press("g")
            await browser.see("p pain points")
            await browser.press("p")
            await browser.see("Pain points", "Open 1")
            await browser.press("x")
            await browser.see("your browser saves it")
            await browser.press("enter")
            await browser.see("Handed backlog.md to the browser")
            text = await browser.saved(saved / "backlog.md")
    assert "Export fails on large projects" in text
    assert not Path("backlog.md").exists()


async def test_a_tab_too_many_says_so(
    database: Path, stranger: aiohttp.ClientSession
) -> None:
    """The page of a tab too many says how many there are, and offers to try again."""
    with serving(database, "--max-sessions", "1") as served:
        async with stranger.get(served.link):
            pass
        async with a_browser() as browser:
            async with talk(stranger, served) as tab:
                await first_frame(tab)
                await browser.open(served.next_link())
                told = await browser.read("Too many at once", "Open again")
                assert "1 open already" in told
            await browser.press("enter")
            await browser.see("Inbox 7")
