"""Exports of survey tools and review sites are known by their headers."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from factories import a_pull, a_workspace, pulled
from triage.connector import Channel, ConfigError, Incoming, Kind, Unreadable
from triage.sync import Ended
from triage.testing import check
from triage_connectors.csv_file import CsvFile
from triage_connectors.dates import Dates

DELIGHTED = [
    ["Response ID", "Survey Type", "Score", "Comment", "Created At", "Person Email", "Person Name", "Tags", "Permalink", "Plan"],
    ["101", "nps", "3", "It loses my tags", "2026-03-02 12:00:00 UTC", "ann@acme.example", "Ann", "export, tags", "https://delighted.example/r/1", "pro"],
    ["102", "nps", "9", "", "2026-03-02 12:05:00 UTC", "bob@acme.example", "Bob", "", "", "free"],
    ["103", "csat", "2", "It took a week", "2026-03-02 12:06:00 UTC", "", "", "", "", ""],
]  # fmt: skip
FORMS = [
    ["Timestamp", "Email Address", "How likely are you to recommend us?", "What do you do?", "Why, in short?", "Anything else?"],
    ["2026/03/02 2:00:00 PM GMT+2", "ann@acme.example", "3", "Designer", "It loses my tags each time", "A calendar would be nice"],
    ["2026/03/02 3:00:00 PM GMT+2", "bob@acme.example", "9", "Writer", "I like the search a lot", ""],
    ["2026/03/02 4:00:00 PM GMT+2", "", "10", "Designer", "", ""],
    ["2026/03/02 5:00:00 PM GMT+2", "", "4", "Designer", "The export is too slow", ""],
]  # fmt: skip
ZONE = "America/Denver"
QUALTRICS = [
    ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Finished", "RecordedDate", "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "LocationLatitude", "UserLanguage", "Q1", "Q1_NPS_GROUP", "Q2", "Q3", "plan"],
    ["Start Date", "End Date", "Response Type", "IP Address", "Progress", "Finished", "Recorded Date", "Response ID", "Last", "First", "Email", "Latitude", "User Language", "Would you <b>recommend</b> us?", "Group", "Why?", "What is missing?", "plan"],
    [json.dumps({"ImportId": name, "timeZone": ZONE} if name == "recordedDate" else {"ImportId": name}, separators=(",", ":")) for name in ("startDate", "endDate", "status", "ipAddress", "progress", "finished", "recordedDate", "_recordId", "recipientLastName", "recipientFirstName", "recipientEmail", "locationLatitude", "userLanguage", "QID1", "QID1_NPS_GROUP", "QID2_TEXT", "QID3_TEXT", "plan")],
    ["2026-03-02 04:58:00", "2026-03-02 05:00:00", "IP Address", "203.0.113.77", "100", "True", "2026-03-02 05:00:00", "R_1", "Lee", "Ann", "ann@acme.example", "38.7", "EN", "3", "Detractor", "It loses my tags", "A calendar, please", "pro"],
    ["2026-03-02 04:58:00", "2026-03-02 05:10:00", "IP Address", "203.0.113.78", "100", "True", "2026-03-02 05:10:00", "R_2", "", "", "", "38.7", "PT", "10", "Promoter", "", "", "free"],
    ["2026-03-02 04:58:00", "2026-03-02 05:20:00", "IP Address", "203.0.113.79", "40", "False", "2026-03-02 05:20:00", "R_3", "", "", "", "38.7", "EN", "", "", "I left half-way", "", ""],
    ["2026-03-02 04:58:00", "2026-03-02 05:20:00", "Survey Preview", "203.0.113.79", "100", "True", "2026-03-02 05:20:00", "R_4", "", "", "", "38.7", "EN", "5", "Detractor", "Only trying it", "", ""],
]  # fmt: skip
TRUSTPILOT = [
    ["Domain Url", "Webshop Name", "Business Unit Id", "Review Id", "Review Created (UTC)", "Review Consumer User Id", "Review Username", "Review User Email", "Review Title", "Review Content", "Review Stars", "Source Of Review", "Reference Id", "Company Response", "Review Language"],
    ["acme.example", "Acme", "b1", "5e3d", "2026-03-02 12:00:00", "u1", "Ann L", "ann@acme.example", "Slow", "It took three weeks", "2", "Invitation", "A-77", "We are sorry", "en"],
    ["acme.example", "Acme", "b1", "5e3e", "2026-03-02 12:01:00", "u2", "Bob", "", "", "", "5", "Organic", "", "", "pt"],
]  # fmt: skip
G2 = [
    ["Review ID", "Title", "Star Rating", "Submitted At", "Reviewer Name", "Company Name", "What do you like best about Acme?", "What do you dislike about Acme?", "What problems is Acme solving and how is that benefiting you?", "Segment"],
    ["77", "Good, but slow", "3.5", "2026-03-02T12:00:00Z", "Ann L.", "Acme", "The search", "The export takes minutes", "", "Mid-Market"],
]  # fmt: skip
ALL = {"delighted": DELIGHTED, "google-forms": FORMS, "qualtrics": QUALTRICS, "trustpilot": TRUSTPILOT, "g2": G2}  # fmt: skip


def written(folder: Path, rows: Sequence[Sequence[str]], name: str = "x.csv") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path = folder / name
    path.write_bytes(text.getvalue().encode())
    os.utime(path, (1, 1))
    return path


@pytest.fixture
def told(tmp_path: Path, pull: Any) -> Any:
    """What a table is read as; nothing in it could not be read."""

    def read(rows: Sequence[Sequence[str]], **settings: Any) -> list[Incoming]:
        found = list(pull(CsvFile(written(tmp_path, rows), **settings)))
        assert not [one for one in found if isinstance(one, Unreadable)], found
        return found

    return read


def test_delighted(told: Any) -> None:
    """Score, comment, who and tags; the scale is that of the survey's type."""
    first, second, third = told(DELIGHTED)
    assert (first.external_id, first.channel, first.kind) == (
        "101", Channel.SURVEY, Kind.FEEDBACK,
    )  # fmt: skip
    assert (first.body, first.author, first.email) == (
        "It loses my tags", "Ann", "ann@acme.example",
    )  # fmt: skip
    assert (first.rating, first.scale, first.metric) == (3.0, "0-10", "nps")
    assert first.received_at == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert first.context == {
        "Survey Type": "nps",
        "tags": ["export", "tags"],
        "Plan": "pro",
    }
    assert first.url == "https://delighted.example/r/1"
    assert (second.kind, second.rating) == (Kind.AUTO, 9.0)
    assert (third.rating, third.scale, third.metric) == (2.0, "1-5", "csat")


def test_google_forms(told: Any) -> None:
    """Open questions are joined, choices kept by question, times read with their zone."""
    first, second, third, _ = told(FORMS)
    assert first.body == (
        "Why, in short?\nIt loses my tags each time\n\n"
        "Anything else?\nA calendar would be nice"
    )
    assert second.body == "I like the search a lot"
    assert (first.rating, first.scale, first.metric) == (3.0, "0-10", "nps")
    assert first.received_at == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert first.email == "ann@acme.example"
    assert first.context == {"What do you do?": "Designer"}
    assert (third.kind, third.rating, third.body) == (Kind.AUTO, 10.0, "")
    assert first.external_id.startswith("sha256:")


def test_qualtrics(told: Any) -> None:
    """Three rows are the header; times have its zone; addresses are not kept."""
    first, second = told(QUALTRICS)
    assert (first.external_id, first.author, first.email, first.language) == (
        "R_1", "Ann Lee", "ann@acme.example", "EN",
    )  # fmt: skip
    assert (
        first.body == "Why?\nIt loses my tags\n\nWhat is missing?\nA calendar, please"
    )
    assert (first.rating, first.scale, first.metric) == (3.0, "0-10", "nps")
    assert first.received_at == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert first.context["plan"] == "pro"
    assert "203.0.113.77" not in repr(first)
    assert b"203.0.113.77" not in first.raw
    assert b"38.7" not in first.raw
    assert (second.kind, second.rating) == (Kind.AUTO, 10.0)


def test_trustpilot(told: Any) -> None:
    """A review with its stars; what the company answered is no feedback."""
    first, second = told(TRUSTPILOT)
    assert (first.external_id, first.channel, first.title, first.body) == (
        "5e3d", Channel.REVIEW, "Slow", "It took three weeks",
    )  # fmt: skip
    assert (first.rating, first.scale, first.metric) == (2.0, "1-5", "stars")
    assert (first.author, first.email, first.language) == (
        "Ann L", "ann@acme.example", "en",
    )  # fmt: skip
    assert first.context["Company Response"] == "We are sorry"
    assert first.context["Reference Id"] == "A-77"
    assert (second.kind, second.rating) == (Kind.AUTO, 5.0)


def test_g2(told: Any) -> None:
    """What reviewers like, dislike and solve is one text under its questions."""
    (one,) = told(G2)
    assert one.body == (
        "What do you like best about Acme?\nThe search\n\n"
        "What do you dislike about Acme?\nThe export takes minutes"
    )
    assert (one.rating, one.scale, one.metric) == (3.5, "0-5", "stars")
    assert (one.external_id, one.title, one.company) == ("77", "Good, but slow", "Acme")
    assert one.context == {"Segment": "Mid-Market"}


def test_settings_win(told: Any) -> None:
    """What a person says of words, columns, scale and channel stands."""
    first = told(FORMS, words=("Why",))[0]
    assert first.body == "It loses my tags each time"
    assert first.context["Anything else?"] == "A calendar would be nice"
    first = told(DELIGHTED, columns={"company": "Plan", "rating": ""}, channel="note")[
        0
    ]
    assert (first.company, first.rating, first.channel) == ("pro", None, Channel.NOTE)
    first = told(TRUSTPILOT[:2], preset="none", columns={"body": "Review Content"})[0]
    assert first.metric == ""
    first = told([["Survey response ID", "Score", "Comment"], ["9", "7", "Fine"]], preset="delighted")[0]  # fmt: skip
    assert (first.external_id, first.rating, first.metric) == ("9", 7.0, "nps")


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"preset": "wufoo"}, "no preset"),
        ({"preset": "qualtrics", "words": ("What is",)}, "no one column"),
        ({"columns": {"body": "Nowhere"}}, "Nowhere"),
    ],
)
def test_wrong_settings(told: Any, settings: Any, why: str) -> None:
    """A preset or column that is not there is refused by its name."""
    with pytest.raises(ConfigError, match=why):
        told(FORMS, **settings)


def test_a_zone_nobody_knows(told: Any) -> None:
    """Times of a zone this machine does not know are refused, not taken for UTC."""
    rows = [[cell.replace(ZONE, "Mars/Base") for cell in row] for row in QUALTRICS]
    with pytest.raises(ConfigError, match="Mars/Base"):
        told(rows)


@pytest.mark.parametrize("name", ALL)
def test_a_longer_export(tmp_path: Path, name: str) -> None:
    """The same export again changes nothing, a longer one adds what is new."""
    head, rows = (3, ALL[name]) if name == "qualtrics" else (1, ALL[name])
    with a_workspace(tmp_path) as workspace:

        def brought(upto: int, file: str) -> tuple[int, int]:
            source: Any = CsvFile(written(tmp_path, rows[:upto], file))
            ended = pulled(workspace.db, a_pull(source, "export"))[-1]
            assert isinstance(ended, Ended), ended
            return ended.counts.new, ended.counts.changed

        assert brought(head + 1, "a.csv") == (1, 0)
        assert brought(head + 1, "b.csv") == (0, 0)
        more = {
            "delighted": 2,
            "google-forms": 3,
            "qualtrics": 1,
            "trustpilot": 1,
            "g2": 0,
        }
        assert brought(len(rows), "c.csv") == (more[name], 0)


@pytest.mark.parametrize("name", ["qualtrics", "google-forms"])
def test_contract(tmp_path: Path, name: str) -> None:
    """Whatever a connector promises, an export keeps, with ids and without."""
    head = 3 if name == "qualtrics" else 1
    rows = [*ALL[name][:head], *(ALL[name][head : head + 2] * 1200)]
    if name == "qualtrics":
        rows[3:] = [[*row[:7], f"R_{n}", *row[8:]] for n, row in enumerate(rows[3:])]
    # Of answers that are all alike nobody can tell that they are open.
    words = ("Q2",) if name == "qualtrics" else ("Why",)
    check(lambda: CsvFile(written(tmp_path, rows, f"{name}.csv"), words=words))


def test_preview(tmp_path: Path) -> None:
    """The preview names the columns of the file, several for words."""
    seen = CsvFile(written(tmp_path, FORMS)).preview()
    assert seen.columns["body"] == "Why, in short? + Anything else?"
    assert list(seen.unmapped) == ["What do you do?"]
    seen = CsvFile(written(tmp_path, QUALTRICS)).preview()
    assert seen.columns["author"] == "RecipientLastName + RecipientFirstName"
    assert "IPAddress" not in seen.unmapped


@pytest.mark.parametrize(
    ("text", "hour"),
    [("2026/03/04 5:06:07 PM GMT+2", 15), ("2026/03/04 5:06:07 AM GMT-3", 8),
     ("2026/03/04 17:06:07 GMT", 17), ("2026/03/04 5:06 PM UTC+2", 15)],
)  # fmt: skip
def test_times_of_forms(text: str, hour: int) -> None:
    """The way Google Forms writes a time is read with its zone."""
    at = Dates().read(text)
    assert at is not None
    assert (at.day, at.hour, at.minute) == (4, hour, 6)
