"""Pulled into a store, reviews end the same however often a pull is killed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from servers.app_store_connect import KEY_ID, AppStoreConnect, a_history
from servers.app_store_pulls import held, stored
from triage.connector import SourceError
from triage.errors import RateLimited
from triage.store.budgets import Budgets
from triage.store.database import Database
from triage_connectors.app_store_connect_api import budget

TWO = ("com.acme.app1", "com.acme.app2")


def a_server() -> AppStoreConnect:
    server = a_history(23, AppStoreConnect(size=5), apps=2)
    # Some that no version lists, and some of an old one.
    for app in server.apps.values():
        for one in app.listed("")[9:12]:
            one.version = ""
        for one in app.listed("")[12:15]:
            one.version = f"v{app.bundle[-1]}-0"
        app.changed()
    return server


@pytest.mark.parametrize("versions", [False, True])
def test_killed_after_each_page_it_ends_the_same(
    tmp_path: Path, versions: bool
) -> None:
    """Twice two apps, a first pull and one after changes, killed at each page."""
    told: dict[str, Any] = {"apps": TWO, "versions": versions}
    whole = Database(tmp_path / "whole.db")
    server = a_server()
    stored(whole, server, **told)
    change(server)
    after = stored(whole, server, **told)
    assert (after.new, after.changed, after.gone) == (2, 3, 2)
    for stop in range(1, 14):
        killed = Database(tmp_path / f"{stop}.db")
        server = a_server()
        stored(killed, server, stop=stop, **told)
        stored(killed, server, **told)
        change(server)
        stored(killed, server, stop=stop, **told)
        stored(killed, server, **told)
        assert held(killed) == held(whole), stop
        killed.close()
    whole.close()


def change(server: AppStoreConnect) -> None:
    """Reviews come, change and go, and so do answers."""
    first, other = server.app(1), server.app(2)
    first.add(800, server.now, version="v1-2")
    first.listed("")[7].body = "Edited."
    first.listed("")[4].state = "PENDING_PUBLISH"
    first.listed("")[3].answer = "An answer that was not there."
    other.listed("")[2].rating = 1
    other.listed("")[0].answer = ""
    other.remove(other.listed("")[4])
    server.now += timedelta(hours=1)


@pytest.mark.parametrize("versions", [False, True])
@pytest.mark.parametrize("pause", [timedelta(hours=1), timedelta(days=8)])
def test_a_second_pull_changes_nothing(
    tmp_path: Path, versions: bool, pause: timedelta
) -> None:
    """Neither within the week nor at the weekly sweep is anything stored anew."""
    db = Database(tmp_path / "w.db")
    server = a_history(60, AppStoreConnect(size=20), apps=2)
    first = stored(db, server, apps=TWO, versions=versions)
    assert (first.new, first.changed) == (160, 0)
    before = held(db)
    server.now += pause
    second = stored(db, server, apps=TWO, versions=versions)
    assert (second.new, second.changed, second.gone) == (0, 0, 0)
    assert second.same > 0
    assert held(db) == before
    db.close()


def test_calls_are_counted_for_the_key_across_processes(tmp_path: Path) -> None:
    """Two workspaces' sources with one key share what it has in an hour."""
    db, again = Database(tmp_path / "w.db"), Database(tmp_path / "w.db")
    server = a_history(60, AppStoreConnect(size=5, limit=9))

    def pull(with_db: Database) -> None:
        import asyncio

        from servers.app_store_pulls import ours

        async def run() -> None:
            async with server.http(Budgets(with_db)) as http:
                async for _ in ours(versions=False).pull(http, None):
                    pass

        asyncio.run(run())

    with pytest.raises(RateLimited, match="wants rest until") as refused:
        pull(db)
    assert len(server.requests) == 9
    with pytest.raises(RateLimited):
        pull(again)
    assert len(server.requests) == 9, "nothing was asked that would be refused"
    assert Budgets(again).look(budget(KEY_ID).name).said_of == 9
    assert refused.value.until
    server.now = refused.value.until
    assert server.http(Budgets(again)).left(budget(KEY_ID)) > 0
    db.close()
    again.close()


def spoilt(server: AppStoreConnect) -> None:
    """One review of every kind of wrong among good ones."""

    def change(values: dict[str, object]) -> None:
        rows = values["data"]
        assert isinstance(rows, list)
        if len(rows) < 12 or "rating" not in rows[0].get("attributes", {}):
            return
        rows[0]["attributes"] = None
        rows[1]["attributes"] = dict.fromkeys(rows[1]["attributes"])
        rows[2]["attributes"]["rating"] = "5"
        rows[3]["attributes"]["createdDate"] = "the day before"
        rows[4]["attributes"]["createdDate"] = "9999-12-31T23:59:59-12:00"
        rows[5]["attributes"]["body"] = "\ud800 \x1b]0;x\x07 \u202e"
        rows[6]["attributes"]["territory"] = 7
        rows[7]["relationships"] = []
        rows[8]["id"] = None
        rows[9] = "a review"
        rows[10]["relationships"]["response"]["data"] = {"id": "r-none"}
        values["included"] = [None, 7, {"id": 3}, *(values.get("included") or [])]  # type: ignore[misc]

    server.changed = change


def test_what_cannot_be_read_is_kept_and_ends_nothing(tmp_path: Path) -> None:
    """A bad row is stored as unreadable or as far as it goes; the rest is whole."""
    db = Database(tmp_path / "w.db")
    server = a_history(20, AppStoreConnect())
    spoilt(server)
    counts = stored(db, server, versions=False)
    assert counts.quarantined == 3
    assert counts.new >= 17
    again = stored(db, server, versions=False)
    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    db.close()


Spoil = Callable[[dict[str, object]], object]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda values: values.pop("data"), "its data"),
        (lambda values: values.update(data=None), "its data"),
        (lambda values: values.update(data=[]), "empty though there are"),
        (lambda values: values["links"].update(next="https://evil.example/x?cursor=1"),
         "points to another server"),
        (lambda values: values["links"].update(next="//evil.example/x?cursor=1"),
         "points to another server"),
        (lambda values: values["links"].update(next="http://[/x?cursor=1"),
         r"its links\.next"),
        (lambda values: values["links"].update(next="/v1/x"), r"its links\.next"),
        (lambda values: values["links"].update(next="?cursor=YXQgNQ=="), "in circles"),
    ],
)  # fmt: skip
def test_an_answer_that_lies_ends_the_pull_and_not_the_store(
    tmp_path: Path, spoil: Spoil, words: str
) -> None:
    """One sentence says so; when the service is itself again, all of it is there."""
    db = Database(tmp_path / "w.db")
    server = a_history(23, AppStoreConnect(size=5))

    def change(values: dict[str, object]) -> None:
        if "included" in values:
            spoil(values)

    server.changed = change
    with pytest.raises(SourceError, match=words) as failed:
        stored(db, server, versions=False)
    assert "\n" not in str(failed.value)
    assert all(one.url.host != "evil.example" for one in server.requests)
    server.changed = lambda _: None
    stored(db, server, versions=False)
    assert len(held(db)) == 23 + 8
    db.close()


def test_one_object_for_a_list_is_a_list_of_one(tmp_path: Path) -> None:
    """An app with one review is read, however the service writes that."""
    db = Database(tmp_path / "w.db")
    server = a_history(1, AppStoreConnect())

    def change(values: dict[str, object]) -> None:
        for name in ("data", "included"):
            if isinstance(rows := values.get(name), list):
                values[name] = rows[0]

    server.changed = change
    assert stored(db, server, versions=False).new == 2
    db.close()
