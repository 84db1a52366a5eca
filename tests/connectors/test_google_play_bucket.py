"""The monthly reports of Google Play in their bucket: listed, fetched, checked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import httpx
import pytest

from servers.google_play import APP, NOW, PlayServer, a_report, a_review, a_row
from servers.google_play_pulls import (
    a_server,
    bucket,
    ids,
    items,
    last_cursor,
    pages,
    with_reports,
)
from triage.connector import SourceError, SourceUnavailable

AT = datetime.fromisoformat("2026-10-05T14:40:32.542+00:00")


def test_changed_objects() -> None:
    """Of the bucket only what changed is fetched again, though all is written daily."""
    server = with_reports(a_server(3, listed=2))
    found = pages(server, **bucket())
    assert len(server.asked("/storage/v1/b/pubsite_prod_rev_0123456789/o/")) == 3
    for name, (data, generation) in server.files.items():
        server.files[name] = data, generation + 1
    server.requests.clear()
    again = pages(server, last_cursor(found), **bucket())
    assert not server.asked("/storage/v1/b/pubsite_prod_rev_0123456789/o/")
    server.put("202611", a_report([a_row(5000, NOW)]))
    late = pages(server, last_cursor(again), **bucket())
    assert "gp:AOqpTOE005000" in ids(late)
    assert len(server.asked("/storage/v1/b/pubsite_prod_rev_0123456789/o/")) == 1


def test_resumed_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Left after any page, in the middle of a report too, the next pull goes on there."""
    monkeypatch.setattr("triage_connectors.google_play_pull._ROWS", 3)
    server = with_reports(a_server(7, page=3), rows=8)
    whole = pages(server, **bucket())
    assert len(whole) > 9
    for count in range(1, len(whole)):
        rest = pages(server, whole[count - 1].cursor, **bucket())
        assert ids(whole[:count]) + ids(rest) == ids(whole)


def test_changed_while_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that changed since its middle was read is read from its start."""
    monkeypatch.setattr("triage_connectors.google_play_pull._ROWS", 2)
    server = PlayServer()
    server.put("202610", a_report([a_row(n, AT) for n in range(5)]))
    whole = pages(server, **bucket())
    server.put("202610", a_report([a_row(n, AT) for n in (9, *range(5))]))
    rest = pages(server, whole[0].cursor, **bucket())
    assert "gp:AOqpTOE000009" in ids(rest)


def test_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large report comes in parts of one version, and is the same as in one."""
    server = PlayServer()
    server.put("202610", a_report([a_row(n, AT) for n in range(40)]))
    whole = ids(pages(server, **bucket()))
    monkeypatch.setattr("triage_connectors.google_play_files.PART", 1000)
    server.requests.clear()
    assert ids(pages(server, **bucket())) == whole
    asked = [one for one in server.requests if "range" in one.headers]
    assert len(asked) > 10
    assert {one.url.params["generation"] for one in asked} == {"1001"}


def part_is(server: PlayServer, change: Any) -> None:
    """Have the server give other bytes of a report."""

    def before(request: httpx.Request) -> httpx.Response | None:
        if "alt=media" not in str(request.url):
            return None
        server.before = lambda _: None
        return change(server.answer(request))  # type: ignore[no-any-return]

    server.before = before


@pytest.mark.parametrize(
    "change",
    [
        lambda told: httpx.Response(206, content=told.content[:-9]),
        lambda told: httpx.Response(206, content=told.content[:-1] + b"!"),
        lambda _: httpx.Response(200, content=b"<html>please sign in</html>"),
        lambda _: httpx.Response(206, content=b""),
        lambda _: httpx.Response(404, json={}),
    ],
)
def test_broken_parts(change: Any) -> None:
    """A report that comes cut, changed or as a web page is not taken for the report."""
    server = PlayServer()
    server.put("202610", a_report([a_row(n, AT) for n in range(4)]))
    part_is(server, change)
    with pytest.raises(SourceUnavailable, match="sync again"):
        pages(server, **bucket())


def test_whole_at_once() -> None:
    """A bucket that knows no parts gives the whole."""
    server = PlayServer()
    server.put("202610", a_report([a_row(n, AT) for n in range(4)]))
    part_is(server, lambda told: httpx.Response(200, content=told.content))
    assert len(ids(pages(server, **bucket()))) == 4


def test_packed() -> None:
    """A report that lies packed in the bucket is asked for whole, and unpacked."""
    server = PlayServer(packs=True)
    server.put("202610", a_report([a_row(n, AT) for n in range(4)]))
    assert len(ids(pages(server, **bucket()))) == 4
    assert not [one for one in server.requests if "range" in one.headers]


def test_too_large() -> None:
    """A report that says it is larger than any is not fetched."""
    server = PlayServer()
    name = server.put("202610", b"x")
    told = {"items": [{"name": name, "generation": "1", "size": str(10**12)}]}
    server.before = lambda request: (
        httpx.Response(200, json=told) if request.url.path.endswith("/o") else None
    )
    with pytest.raises(SourceError, match="which no report has"):
        pages(server, **bucket())


@pytest.mark.parametrize(
    "broken",
    [{}, {"name": 5}, {"name": f"reviews/reviews_{APP}_202610.csv"}, {"name": "x/.."}],
)
def test_strange_listing(broken: dict[str, Any]) -> None:
    """What is no report in the bucket's list is passed over."""
    server = a_server(1)
    server.before = lambda request: (
        httpx.Response(200, json={"items": broken})
        if request.url.path.endswith("/o")
        else None
    )
    assert ids(pages(server, **bucket())) == ["gp:AOqpTOE000000"]


def test_since() -> None:
    """Months before the date are not fetched, rows before it not told."""
    server = with_reports(PlayServer())
    since = NOW.replace(month=10, day=16)
    found = items(pages(server, **bucket(since=since)))
    assert found
    assert all((one.edited_at or NOW) >= since for one in found)
    fetched = server.asked("/storage/v1/b/pubsite_prod_rev_0123456789/o/")
    assert not [one for one in fetched if "202609" in str(one.url)]


def test_same_review() -> None:
    """What the API and a report tell has one id and one time."""
    server = PlayServer()
    server.reviews[APP] = [a_review(7, AT.replace(day=12, month=11))]
    row = a_row(7, AT, edited=AT.replace(day=12, month=11).isoformat())
    server.put("202611", a_report([row]))
    server.now = NOW.replace(day=14)
    report, api = items(pages(server, **bucket()))
    assert report.external_id == api.external_id
    assert report.edited_at == api.edited_at
    assert (report.abridged, api.abridged) == (True, False)
