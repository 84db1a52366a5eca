"""The monthly reports of Google Play, from the bucket and from a folder."""

from __future__ import annotations

import asyncio
import csv
import io
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.google_play import (
    APP,
    HEADER,
    PlayServer,
    a_report,
    a_row,
)
from servers.google_play_pulls import (
    a_server,
    ids,
    last_cursor,
    pages,
)
from triage.connector import (
    ConfigError,
    Cursor,
    Incoming,
    Kind,
    Page,
    Unreadable,
)
from triage.testing import check
from triage.text.charset import clean
from triage_connectors import google_play_csv, google_play_files
from triage_connectors.google_play import GooglePlay

AT = datetime.fromisoformat("2026-10-05T14:40:32.542+00:00")
_CONSOLE = "https://play.google.com/console/developers/1/app/2/user-feedback"
LINKS = [
    f"{_CONSOLE}/review-details?reviewId=gp%3AAOqpTOE_-x&corpus=PUBLIC_REVIEWS",
    f"https://play.google.com/apps#ReviewDetailsPlace:p={APP}&reviewid=gp:AOqpTOE_-x",
    "https://play.google.com/console/x?REVIEWID=gp:AOqpTOE_-x",
]


def in_folder(folder: Path, data: bytes, month: str = "202610") -> GooglePlay:
    """A source that reads one report of a folder, without a key."""
    (folder / f"reviews_{APP}_{month}.csv").write_bytes(data)
    return GooglePlay(packages=(APP,), folder=folder)


def read(source: GooglePlay, cursor: Cursor | None = None) -> list[Page]:
    async def pulled() -> list[Page]:
        http: Any = None
        return [page async for page in source.pull(http, cursor)]

    return asyncio.run(pulled())


def rows_of(folder: Path, data: bytes) -> list[Incoming | Unreadable]:
    return [one for page in read(in_folder(folder, data)) for one in page.items]


def only(folder: Path, data: bytes) -> Incoming:
    (one,) = rows_of(folder, data)
    assert isinstance(one, Incoming), one
    return one


def test_contract_of_a_folder(tmp_path: Path) -> None:
    """A folder alone keeps what every connector promises; no key is needed."""
    for month in ("202609", "202610"):
        rows = [a_row(int(month) % 100 * 10 + n, AT, reply="Thanks!") for n in range(3)]
        in_folder(tmp_path, a_report(rows), month)
    check(lambda: GooglePlay(packages=(APP,), folder=tmp_path))


def test_fields(tmp_path: Path) -> None:
    """A row tells the review, when it was written and edited, and the reply."""
    edited = AT + timedelta(days=3)
    row = a_row(
        3, AT, "Line one\nline “two”, with, commas",
        edited=edited.isoformat(), reply="Thanks, Ann!", **{"Review Title": "Tags"},
    )  # fmt: skip
    said, reply = rows_of(tmp_path, a_report([row]))
    assert isinstance(said, Incoming)
    assert isinstance(reply, Incoming)
    assert (said.title, said.body) == ("Tags", "Line one\nline “two”, with, commas")
    assert (said.rating, said.scale, said.metric) == (4.0, "1-5", "stars")
    assert said.received_at == AT.replace(microsecond=0)
    assert said.edited_at == edited.replace(microsecond=0)
    assert (said.language, said.app_version) == ("pt", "5.2")
    assert said.context == {
        "app": APP, "locale": "pt-BR", "device": "redfin", "codename": "redfin",
        "version_code": 520,
    }  # fmt: skip
    assert said.abridged
    assert reply.abridged
    assert reply.external_id == f"{said.external_id}/reply"
    assert (reply.kind, reply.body) == (Kind.AGENT, "Thanks, Ann!")
    assert "line" in said.raw.decode("utf-16-le")


@pytest.mark.parametrize("link", LINKS)
def test_links(tmp_path: Path, link: str) -> None:
    """A review's id is found in each form of its link."""
    said = only(tmp_path, a_report([a_row(1, AT, **{"Review Link": link})]))
    assert said.external_id == "gp:AOqpTOE_-x"


@pytest.mark.parametrize(
    "link", ["", "javascript:alert(1)", "https://x/?reviewId=", "https://[", "x" * 9999]
)
def test_no_link(tmp_path: Path, link: str) -> None:
    """A row without an id in its link has a name of its own, the same each time."""
    data = a_report([a_row(1, AT, **{"Review Link": link})])
    said = only(tmp_path, data)
    assert said.external_id.startswith("sha256:")
    assert said.external_id == only(tmp_path, data).external_id


def test_stars_alone(tmp_path: Path) -> None:
    """Stars without words are kept for the numbers, and never come to the inbox."""
    data = a_report([a_row(4, AT, ""), a_row(5, AT, "", Device="other")])
    one, other = rows_of(tmp_path, data)
    assert isinstance(one, Incoming)
    assert (one.kind, one.rating, one.app_version) == (Kind.AUTO, 5.0, "5.2")
    assert one.external_id != other.external_id
    source = GooglePlay(packages=(APP,), folder=tmp_path, ratings=False)
    assert not ids(read(source))


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """Reports are read as Google writes them, and as other programs save them."""
    data = a_report([a_row(1, AT, "Perdí mis ✈ 标签")], encoding=encoding)
    assert only(tmp_path, data).body == "Perdí mis ✈ 标签"


def test_fifteen_columns(tmp_path: Path) -> None:
    """Old reports have no version's name; what is missing shifts nothing."""
    row = a_row(3, AT)
    del row[2]
    header = [name for name in HEADER if name != "App Version Name"]
    said = only(tmp_path, a_report([row], header))
    assert (said.rating, said.app_version, said.language) == (4.0, "", "pt")


def test_other_order(tmp_path: Path) -> None:
    """Columns are found by their names, in whatever order and case."""
    row = list(reversed(a_row(3, AT)))
    header = [f" {name.upper()} " for name in reversed(HEADER)]
    assert only(tmp_path, a_report([row], header)).rating == 4.0


@pytest.mark.parametrize("dropped", [None, 2])
def test_other_language(tmp_path: Path, dropped: int | None) -> None:
    """A head in another language is read by its order, where what is in it fits."""
    header = [f"Spalte {number}" for number in range(16)]
    rows = [a_row(3, AT), a_row(4, AT, "", Device="x")]
    if dropped is not None:
        del header[dropped]
        for row in rows:
            del row[dropped]
    said = rows_of(tmp_path, a_report(rows, header))[0]
    assert isinstance(said, Incoming)
    assert (said.rating, said.body) == (4.0, "The export loses my tags, case 3.")


@pytest.mark.parametrize(
    ("column", "value"),
    [(0, "com.acme.other"), (6, "5 Oct"), (8, ""), (9, "9"), (15, "no link")],
)
def test_another_table(tmp_path: Path, column: int, value: str) -> None:
    """A table of as many columns that is no report is not guessed at."""
    row = a_row(3, AT)
    row[column] = value
    header = [f"Spalte {number}" for number in range(16)]
    (told,) = rows_of(tmp_path, a_report([row], header))
    assert isinstance(told, Unreadable)
    assert "none Google Play writes" in told.why


@pytest.mark.parametrize("name", ["Star Rating", "Review Text"])
def test_missing_column(tmp_path: Path, name: str) -> None:
    """A report that lacks what it is about says which column."""
    row = a_row(3, AT)
    at = HEADER.index(name)
    header = [*HEADER[:at], *HEADER[at + 1 :]]
    (told,) = rows_of(tmp_path, a_report([[*row[:at], *row[at + 1 :]]], header))
    assert isinstance(told, Unreadable)
    assert name in told.why


@pytest.mark.parametrize(
    "name", ["Review Link", "Device", "Reviewer Language", "Developer Reply Text"]
)
def test_column_to_spare(tmp_path: Path, name: str) -> None:
    """Without any other column the rest is read."""
    row = a_row(3, AT)
    at = HEADER.index(name)
    header = [*HEADER[:at], *HEADER[at + 1 :]]
    said = only(tmp_path, a_report([[*row[:at], *row[at + 1 :]]], header))
    assert said.rating == 4.0


def test_without_millis(tmp_path: Path) -> None:
    """Where the exact times are missing, the written ones are taken."""
    millis = "Review Submit Millis Since Epoch", "Review Last Update Millis Since Epoch"
    row = a_row(3, AT, **dict.fromkeys(millis, ""))
    said = only(tmp_path, a_report([row]))
    assert said.edited_at == said.received_at == AT.replace(microsecond=0)


def test_no_time(tmp_path: Path) -> None:
    """A row without any time is kept as unreadable; the others are read."""
    timeless = {name: "soon" for name in HEADER if "Review" in name and "Date" in name}
    timeless |= {name: "9" * 30 for name in HEADER if "Millis" in name}
    told = rows_of(tmp_path, a_report([a_row(1, AT, **timeless), a_row(2, AT)]))
    assert isinstance(told[0], Unreadable)
    assert "no time" in told[0].why
    assert isinstance(told[1], Incoming)


def test_hostile(tmp_path: Path) -> None:
    """Formulas, NULs, lone surrogates and long texts are a customer's words like any."""
    texts = [
        "=cmd|' /C calc'!A0", "'=1+1", "a\x00b", "\ud800 alone", "x" * 100_000,
        'quote " and\r\nlines\n\n', "\u202eevil", "+1", "-2", "@x",
    ]  # fmt: skip
    out = a_report([a_row(n, AT, "text") for n in range(len(texts))]).decode("utf-16")
    for text in texts:
        quoted = '"' + text.replace('"', '""') + '"'
        out = out.replace(",text,", f",{quoted},", 1)
    data = b"\xff\xfe" + out.encode("utf-16-le", "surrogatepass")
    told = rows_of(tmp_path, data)
    assert len(told) == len(texts)
    bodies = [one.body for one in told if isinstance(one, Incoming)]
    assert bodies[0] == texts[0]
    assert bodies[1] == texts[1]
    assert "\x00" not in bodies[2]
    assert len(bodies[4]) == 100_000


@pytest.mark.parametrize("cut", [1, 2, 3, 333, 700, 1001])
def test_cut(tmp_path: Path, cut: int) -> None:
    """A report that breaks off gives what is whole in it, and ends."""
    data = a_report([a_row(n, AT) for n in range(5)])
    told = rows_of(tmp_path, data[: len(data) - cut])
    assert sum(isinstance(one, Incoming) for one in told) >= 2


def test_open_quote(tmp_path: Path) -> None:
    """A quote nobody closed takes one row in, not all that follow."""
    plain = a_report([a_row(n, AT, "no comma") for n in range(6)]).decode("utf-16")
    head, *rows = plain.splitlines()
    rows[2] = rows[2].replace("no comma", '"no end')
    told = rows_of(tmp_path, "\n".join([head, *rows, ""]).encode("utf-16"))
    assert [isinstance(one, Incoming) for one in told] == [
        True, True, False, True, True, True
    ]  # fmt: skip


def test_rows_run_together(tmp_path: Path) -> None:
    """A row with more cells than there are columns, or fewer, is not guessed at."""
    rows = [[*a_row(1, AT), "more"], a_row(2, AT)[:-1], a_row(3, AT)]
    told = rows_of(tmp_path, a_report(rows))
    assert [isinstance(one, Incoming) for one in told] == [False, False, True]


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (b"", 0), (b"\xff\xfe", 0), (a_report([]), 0), (b"PK\x03\x04" + b"x" * 99, 1),
        (b"\x1f\x8b" + b"x" * 99, 1), (os.urandom(4096), 1), (b"<html>", 1),
    ],
)  # fmt: skip
def test_no_report(tmp_path: Path, data: bytes, count: int) -> None:
    """An empty report holds nothing; what is none is one unreadable thing."""
    told = rows_of(tmp_path, data)
    assert len(told) == count
    assert all(isinstance(one, Unreadable) for one in told)


def test_same_id_twice(tmp_path: Path) -> None:
    """A review that stands twice in a report is told twice, each as of its time."""
    later = (AT + timedelta(days=1)).isoformat()
    rows = [a_row(1, AT), a_row(1, AT, "It works now.", edited=later)]
    one, other = rows_of(tmp_path, a_report(rows))
    assert one.external_id == other.external_id
    assert isinstance(one, Incoming)
    assert isinstance(other, Incoming)
    assert one.edited_at != other.edited_at


def test_changed_files(tmp_path: Path) -> None:
    """Of a folder only what changed is read again."""
    source = in_folder(tmp_path, a_report([a_row(1, AT)]), "202609")
    in_folder(tmp_path, a_report([a_row(2, AT)]), "202610")
    found = read(source)
    assert len(ids(found)) == 2
    assert ids(read(source, last_cursor(found))) == []
    in_folder(tmp_path, a_report([a_row(2, AT), a_row(3, AT)]), "202610")
    late = read(source, last_cursor(found))
    assert len(ids(late)) == 2
    assert not ids(read(source, last_cursor(late)))


def test_names_of_files(tmp_path: Path) -> None:
    """Only this app's reports are read, however often they were downloaded."""
    data = a_report([a_row(1, AT)])
    (tmp_path / "2026").mkdir()
    for name in (
        f"reviews_{APP}_202610.csv", f"2026/reviews_{APP}_202609 (1).csv",
        f"reviews_{APP}.pro_202610.csv", f"reviews_{APP}_202613.csv",
        f"installs_{APP}_202610.csv", "reviews.csv", f"reviews_{APP}_202610.csv.part",
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)
    found = google_play_files.in_folder(tmp_path, APP)
    assert [one.month for one in found] == ["202609", "202610"]


def test_check_of_a_folder(tmp_path: Path) -> None:
    """Without a key a check tells what lies in the folder, and asks nobody."""
    server = PlayServer()
    source = in_folder(tmp_path, a_report([a_row(1, AT)]))

    async def checked() -> Any:
        async with server.http() as http:
            return await source.check(http)

    told = asyncio.run(checked())
    assert told.account == f"reports in {tmp_path}"
    assert told.facts[f"reports of {APP}"].startswith("1 month, 2026-10")
    assert not server.requests


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_any_words(texts: list[str]) -> None:
    """Whatever customers write comes as they wrote it, but for space around it."""
    told = [a_row(number, AT, text) for number, text in enumerate(texts)]
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([HEADER, *told])
    data = out.getvalue().encode("utf-16", "surrogatepass")
    with io.BytesIO(data) as file:
        rows = list(google_play_csv.rows(file, len(data), APP, 0, "x"))
    got = [one.body for row in rows for one in row.told if isinstance(one, Incoming)]
    assert got == [clean(text).strip() for text in texts]


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is named."""
    with pytest.raises(ConfigError, match="there is no folder"):
        read(GooglePlay(packages=(APP,), folder=tmp_path / "gone"))


def test_gap_of_a_folder(tmp_path: Path) -> None:
    """Months a folder lacks are named as long as nothing else tells them."""
    in_folder(tmp_path, a_report([a_row(1, AT)]), "202609")
    (gap,) = {one.gap for one in pages(a_server(1), folder=tmp_path)} - {""}
    assert "2026-10, 2026-11" in gap
    in_folder(tmp_path, a_report([a_row(1, AT)]), "202610")
    in_folder(tmp_path, a_report([a_row(1, AT)]), "202611")
    assert not any(one.gap for one in pages(a_server(1), folder=tmp_path))


def test_bounded(tmp_path: Path) -> None:
    """A large report is read in little memory."""
    import tracemalloc

    path = tmp_path / f"reviews_{APP}_202610.csv"
    row = a_report([a_row(1, AT, "long " * 400)])[2:]
    body = row[row.index(b"\n\x00") + 2 :]
    with path.open("wb") as file:
        file.write(a_report([]))
        for _ in range(2500):
            file.write(body * 2)
    assert path.stat().st_size > 20_000_000
    tracemalloc.start()
    count = 0
    with path.open("rb") as file:
        for told in google_play_csv.rows(file, path.stat().st_size, APP, 0, path.name):
            count += len(told.told)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5000
    assert peak < 8_000_000
