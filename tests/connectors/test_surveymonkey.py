"""SurveyMonkey's responses keep what every service promises, each answer its place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from factories import a_workspace, unsound
from servers.described import at_hand, vendors
from servers.pulls import by_name, checked, last_cursor, pages, sync
from servers.surveymonkey import (
    EDIT,
    NETWORK,
    SPRING,
    SUMMER,
    SurveyMonkeyService,
    connector,
    given,
    recommends,
    wrote,
)
from triage.connector import (
    Channel,
    ConfigError,
    Incoming,
    Kind,
    RateLimited,
    SignInFailed,
)
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors.surveymonkey import SurveyMonkey


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "surveymonkey") is SurveyMonkey


def test_contract() -> None:
    """Killed, limited, edited and lied to, it ends in the same store."""
    check_service(connector, SurveyMonkeyService)


def told(service: SurveyMonkeyService, **settings: Any) -> Incoming:
    """The only response there is."""
    (found,) = by_name(pages(connector(**settings), service)).values()
    return found


def test_words_and_score() -> None:
    """Open answers are the words, headings have no tags, the score its scale."""
    service = SurveyMonkeyService()
    name = service.say(SPRING, recommends(3), wrote("q-why", " It is slow "))
    found = told(service)
    assert (found.external_id, found.channel, found.kind) == (
        name, Channel.SURVEY, Kind.FEEDBACK,
    )  # fmt: skip
    assert (found.title, found.body) == ("NPS in spring", "It is slow")
    assert (found.rating, found.scale, found.metric) == (3.0, "0-10", "nps")
    assert found.received_at == service.now
    assert found.url.endswith(name)
    service.change(name, pages=[{"questions": [wrote("q-why", "It is slow"), wrote("q-wish", "Tags")]}])  # fmt: skip
    assert told(service).body == "Why?\nIt is slow\n\nWhat is missing?\nTags"


def test_every_kind_of_answer() -> None:
    """Choices are kept by what they say, rows by theirs; what is written is words."""
    service = SurveyMonkeyService()
    service.say(
        SPRING,
        given("q-three", {"row_id": "w1", "text": "Slow"}, {"row_id": "w2", "text": "Ugly"}),
        given("q-role", {"choice_id": "c-Writer"}),
        given("q-uses", {"choice_id": "c-Work"}, {"choice_id": "c-Home"}),
        given("q-menu", {"row_id": "m1", "col_id": "k1", "choice_id": "c-often"}),
        given("q-parts", {"row_id": "p1", "choice_id": "c-good"}, {"row_id": "p2", "choice_id": "c-bad"}),
        given("q-file", {"text": "log.txt", "download_url": "https://x/y"}),
        given("q-gone", {"text": "To a question that is no more"}),
        given("q-role", {"other_id": "o1", "text": "Beekeeper"}),
        given("q-why", {"text": " "}),
    )  # fmt: skip
    found = told(service)
    assert found.body == (
        "Three words: First\nSlow\n\nThree words: Second\nUgly\n\n"
        "q-gone\nTo a question that is no more\n\nWhat do you do?\nBeekeeper"
    )
    assert (found.rating, found.scale, found.metric) == (3.0, "1-3", "csat")
    assert found.context == {
        "What do you do?": "Writer", "What for?": ["Work", "Home"],
        "Menus: Export": "often", "File": "log.txt", "Parts: Price": 1.0,
    }  # fmt: skip


STARS = given("q-stars", {"row_id": "r1", "choice_id": "c-****"})


@pytest.mark.parametrize(
    ("answers", "settings", "expected"),
    [
        ([recommends(0)], {}, (0.0, "0-10", "nps")),
        ([recommends(10)], {}, (10.0, "0-10", "nps")),
        ([STARS], {}, (4.0, "1-5", "csat")),
        ([STARS], {"metric": "stars"}, (4.0, "1-5", "stars")),
        ([STARS, recommends(9)], {}, (9.0, "0-10", "nps")),
        ([STARS, recommends(9)], {"fields": {"rating": "q-stars"}}, (4.0, "1-5", "csat")),
        ([given("q-often", {"row_id": "r1", "choice_id": "c-daily"})], {}, (2.0, "0-2", "csat")),
        ([given("q-odd", {"row_id": "r1", "choice_id": "c-even"})], {}, (2.0, "1-2", "csat")),
        ([wrote("q-slide", "7")], {}, (7.0, "0-10", "csat")),
        ([given("q-stars", {"row_id": "r1", "choice_id": "c-na"})], {}, (None, "", "")),
    ],
)  # fmt: skip
def test_rating(answers: list[Any], settings: Any, expected: tuple[Any, ...]) -> None:
    """The rating is the one named, an NPS or the first scale, on the survey's scale."""
    service = SurveyMonkeyService()
    service.say(SPRING, *answers)
    found = told(service, **settings)
    assert (found.rating, found.scale, found.metric) == expected
    assert found.kind is Kind.AUTO


def test_who() -> None:
    """The address book, contact questions and custom variables say who it is."""
    service = SurveyMonkeyService()
    variables = {"plan": "pro", "seats": "12", "campaign": "spring"}
    contact = {
        "first_name": {"type": "string", "value": "Ann"},
        "last_name": "Lee",
        "email": {"type": "string", "value": "ann@acme.example"},
    }
    service.say(
        SPRING,
        wrote("q-why", "It is slow"),
        wrote("q-wish", "5.2"),
        given("q-who", {"row_id": "d-name", "text": "A. Lee"}, {"row_id": "d-company", "text": "Acme"}, {"row_id": "d-phone", "text": "555"}, {"row_id": "d-country", "text": "PT"}),
        custom_variables=variables,
        metadata={"contact": contact, "respondent": {"user_agent": {"value": "Mozilla"}}},
        language="pt",
    )  # fmt: skip
    fields = {"plan": "plan", "revenue": "seats", "version": "q-wish"}
    found = told(service, fields=fields)
    assert (found.author, found.email, found.company, found.language) == (
        "Ann Lee", "ann@acme.example", "Acme", "pt",
    )  # fmt: skip
    assert (found.body, found.app_version) == ("It is slow", "5.2")
    assert found.attributes == {"plan": "pro", "revenue": 12.0}
    assert found.context == {"campaign": "spring", "country": "PT"}
    assert b"Mozilla" not in found.raw
    assert b'"email_address"' in found.raw
    service = SurveyMonkeyService()
    service.say(SPRING, wrote("q-why", "Slow"), email_address="eve@acme.example")
    assert told(service).email == "eve@acme.example"


def test_where_somebody_was_is_not_kept() -> None:
    """Addresses, and links that let anybody change an answer, are dropped at once."""
    service = SurveyMonkeyService()
    service.say(SPRING, wrote("q-why", "It is slow"))
    raw = told(service).raw
    assert NETWORK.encode() not in raw
    assert EDIT.encode() not in raw
    assert json.loads(raw)["pages"][0]["questions"][0]["id"] == "q-why"


def test_statuses() -> None:
    """Half-filled surveys only where they are wanted; trials and the deleted never."""
    service = SurveyMonkeyService()
    whole = service.say(SPRING, wrote("q-why", "Whole"))
    half = service.say(SPRING, wrote("q-why", "Half"), response_status="partial")
    service.say(SPRING, wrote("q-why", "No"), response_status="disqualified")
    service.say(SPRING, wrote("q-why", "Trial"), collection_mode="survey_preview")
    assert set(by_name(pages(connector(), service))) == {whole}
    found = pages(connector(partial=True), service)
    assert set(by_name(found)) == {whole, half}
    service.now += timedelta(hours=7)
    service.change(whole, response_status="deleted")
    again = pages(connector(partial=True), service, last_cursor(found))
    assert [name for page in again for name in page.gone] == [whole]


def test_edits() -> None:
    """An edit comes with its time; what was said first keeps when it was said."""
    service = SurveyMonkeyService()
    name = service.add()
    first = service.now
    found = pages(connector(), service)
    service.now += timedelta(hours=7)
    words = service.edit(name)
    edited = by_name(pages(connector(), service, last_cursor(found)))[name]
    assert edited.body == words
    assert (edited.received_at, edited.edited_at) == (first, service.now)


def test_second_run() -> None:
    """Where nobody answered since, a run is one call; every six hours one more each."""
    service = SurveyMonkeyService()
    for _ in range(9):
        service.add()
        service.now += timedelta(minutes=50)
    cursor = last_cursor(pages(connector(), service))
    service.requests.clear()
    assert pages(connector(), service, cursor) == []
    assert len(service.requests) == 1
    new = service.say(SUMMER, wrote("q-why", "New"))
    found = pages(connector(), service, cursor)
    assert set(by_name(found)) == {new}
    service.requests.clear()
    service.now += timedelta(hours=7)
    assert by_name(pages(connector(), service, last_cursor(found))) == {}
    assert len(service.requests) == 3
    service.requests.clear()
    assert pages(connector(surveys=(SPRING,)), service, cursor) == []
    assert len(service.requests) == 1


def test_a_list_that_counts_nothing() -> None:
    """Where the list tells no numbers, every survey is asked."""
    service = SurveyMonkeyService(counts=False)
    name = service.add()
    found = pages(connector(), service)
    assert set(by_name(found)) == {name}
    service.edit(name)
    service.now += timedelta(minutes=1)
    assert not by_name(pages(connector(), service, last_cursor(found)))
    service.edit(name)
    assert set(by_name(pages(connector(), service, last_cursor(found)))) == {name}


def test_changed_while_read() -> None:
    """What moves to the end while pages are read takes nothing with it."""
    service = SurveyMonkeyService()
    names = []
    for number in range(8):
        names.append(service.say(SPRING, wrote("q-why", f"It is slow {number}")))
        service.now += timedelta(minutes=1)

    def moving(request: httpx.Request) -> httpx.Response:
        answer = service.answer(request)
        if len(service.requests) == 3:
            service.edit(names[0])
        return answer

    assert set(by_name(pages(connector(), service, answer=moving))) == set(names)


def test_a_crowded_second() -> None:
    """A second that fills pages comes whole."""
    service = SurveyMonkeyService()
    names = {service.say(SPRING, wrote("q-why", f"At once {n}")) for n in range(10)}
    assert set(by_name(pages(connector(), service))) == names


def test_the_day_is_spent() -> None:
    """Out of calls, what came is kept, the error says until when, the rest follows."""
    service = SurveyMonkeyService(calls=5)
    names = set()
    for number in range(12):
        names.add(service.say(SPRING, wrote("q-why", f"It is slow {number}")))
        service.now += timedelta(minutes=1)
    with pytest.raises(RateLimited, match="2026-03-0") as spent:
        pages(connector(), service)
    assert spent.value.until is not None
    assert len(service.requests) <= 7
    service.calls = None
    assert set(by_name(pages(connector(), service))) == names


@pytest.mark.parametrize(
    ("settings", "why"),
    [({"region": "mars"}, "region"), ({"surveys": ("x",)}, "number"), ({"metric": "joy"}, "metric")],
)  # fmt: skip
def test_wrong_settings(settings: Any, why: str) -> None:
    """A setting that cannot be is refused with what it should be."""
    with pytest.raises(ConfigError, match=why):
        connector(**settings)


def test_regions() -> None:
    """Accounts are asked where their data lies."""
    for region, host in (("eu", "api.eu.surveymonkey.com"), ("ca", "api.surveymonkey.ca")):  # fmt: skip
        service = SurveyMonkeyService()
        pages(connector(region=region), service)
        assert {request.url.host for request in service.requests} == {host}


def test_checking() -> None:
    """The check says whose token it is, how much there is, and what is left today."""
    service = SurveyMonkeyService(calls=400)
    for _ in range(3):
        service.add()
    report = checked(connector(), service)
    assert report.account == "eve@acme.example at SurveyMonkey"
    assert report.waiting == 3
    assert report.facts["first pull"] == "about 5 calls for 3 responses"
    assert report.facts["left today"] == "397 calls"
    assert "deleted" in report.facts["deletions"]
    narrow = replace(service, granted=("surveys_read", "users_read"))
    with pytest.raises(SignInFailed, match="responses_read_detail"):
        checked(connector(), narrow)
    narrow = replace(service, granted=("surveys_read",))
    with pytest.raises(SignInFailed, match="View Response Details"):
        checked(connector(), narrow)


def test_vendors_words() -> None:
    """Where the vendor's description is at hand, it knows the names we read."""
    described = at_hand(vendors("surveymonkey.powerplatform.trim.json"))
    known = json.loads(described.read_text(encoding="utf-8"))
    theirs = set(known["definitions"]["SurveyResponses"]["items"]["properties"])
    service = SurveyMonkeyService()
    row = service.rows_there[service.add()]
    # The reference has custom variables, this description of fewer calls has not.
    assert set(row) - theirs == {"custom_variables"}
    assert any(
        path.endswith("/surveys/{surveyId}/responses/bulk") for path in known["paths"]
    )


def test_inbox(tmp_path: Path) -> None:
    """Words come to the inbox, numbers are kept, and a second run is quiet."""
    service = SurveyMonkeyService()
    first = service.add()
    service.say(SPRING, recommends(9))
    service.now += timedelta(hours=1)
    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, connector(), service).counts.new == 2
        (inbox,) = workspace.db.read().execute("SELECT sum(total) FROM queue")
        assert inbox[0] == 1
        service.now += timedelta(hours=7)
        again = sync(workspace, connector(), service).counts
        assert (again.new, again.changed, again.gone) == (0, 0, 0)
        service.edit(first)
        service.now += timedelta(hours=7)
        assert sync(workspace, connector(), service).counts.changed == 1
        assert unsound(workspace) == {}
