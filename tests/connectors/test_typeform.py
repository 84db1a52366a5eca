"""Typeform's responses keep what every service promises, and each answer its place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from factories import a_workspace, unsound
from servers.pulls import by_name, checked, last_cursor, pages, sync
from servers.typeform import NETWORK, TypeformService, answered, connector
from triage.connector import Channel, ConfigError, Incoming, Kind, Secret, SignInFailed
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors.typeform import Typeform


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "typeform") is Typeform


def test_contract() -> None:
    """Killed, limited and lied to, it ends in the same store."""
    check_service(connector, TypeformService)


def told(service: TypeformService, **settings: Any) -> Incoming:
    """The only response there is."""
    (found,) = by_name(pages(connector(**settings), service)).values()
    return found


def test_one_open_answer() -> None:
    """A single open answer is the words themselves, beside the score and its scale."""
    service = TypeformService()
    name = service.say(
        "formA",
        answered("recommend", "number", 3),
        answered("why", "text", " It loses my tags "),
        answered("role", "choice", {"id": "x", "label": "Designer", "ref": "d"}),
    )
    found = told(service)
    assert (found.external_id, found.channel, found.kind) == (
        name, Channel.SURVEY, Kind.FEEDBACK,
    )  # fmt: skip
    assert (found.title, found.body) == ("NPS in spring", "It loses my tags")
    assert (found.rating, found.scale, found.metric) == (3.0, "0-10", "nps")
    assert found.context == {"role": "Designer"}
    assert found.received_at == service.now


def test_several_open_answers() -> None:
    """Several are one text, each after its question; what is written as Other too."""
    service = TypeformService()
    service.say(
        "formA",
        answered("why", "text", "It loses my tags"),
        answered("wish", "text", "A calendar"),
        answered("role", "choices", {"labels": ["Designer"], "other": "Beekeeper"}),
    )
    found = told(service)
    assert found.body == (
        "Why?\nIt loses my tags\n\nWhat is missing?\nA calendar\n\n"
        "What do you do?\nBeekeeper"
    )
    assert found.context == {"role": ["Designer", "Beekeeper"]}


@pytest.mark.parametrize(
    ("answers", "settings", "expected"),
    [
        ([("recommend", 0)], {}, (0.0, "0-10", "nps")),
        ([("ease", 7)], {}, (7.0, "1-7", "csat")),
        ([("ease", 7)], {"metric": "ces"}, (7.0, "1-7", "ces")),
        ([("stars", 4)], {}, (4.0, "1-5", "csat")),
        ([("stars", 4), ("recommend", 9)], {}, (9.0, "0-10", "nps")),
        ([("ease", 2), ("stars", 4)], {}, (2.0, "1-7", "csat")),
        ([("ease", 2), ("stars", 4)], {"fields": {"rating": "stars"}}, (4.0, "1-5", "csat")),
        ([], {}, (None, "", "")),
    ],
)  # fmt: skip
def test_rating(
    answers: list[tuple[str, int]], settings: Any, expected: tuple[Any, ...]
) -> None:
    """The rating is the one named, an NPS or the first scale, on the form's own scale."""
    service = TypeformService()
    service.say("formA", *(answered(ref, "number", given) for ref, given in answers))
    found = told(service, **settings)
    assert (found.rating, found.scale, found.metric) == expected
    assert found.kind is Kind.AUTO
    assert len(found.context) == max(0, len(answers) - 1)


def test_who() -> None:
    """Hidden fields and contact details say who it is, and are no words."""
    service = TypeformService()
    service.say(
        "formA",
        answered("c-first", "text", "Ann"),
        answered("c-last", "text", "Lee"),
        answered("c-mail", "email", "ann@acme.example"),
        answered("c-company", "text", "Acme"),
        answered("why", "text", "It is slow"),
        hidden={"plan": "pro", "user_id": "u7", "seats": "12", "empty": ""},
    )
    found = told(service, fields={"plan": "plan", "revenue": "seats"})
    assert (found.author, found.email, found.company) == (
        "Ann Lee", "ann@acme.example", "Acme",
    )  # fmt: skip
    assert found.body == "It is slow"
    assert found.attributes == {"plan": "pro", "revenue": 12.0}
    assert found.context == {"user_id": "u7"}


def test_fields() -> None:
    """What fields names wins, be it hidden or an answer, and leaves the words."""
    service = TypeformService()
    service.say(
        "formA",
        answered("mail", "email", "other@acme.example"),
        answered("wish", "text", "5.2"),
        answered("why", "text", "It is slow"),
        hidden={"email": "ann@acme.example", "who": "Ann", "lang": "de"},
    )
    fields = {"version": "wish", "author": "who", "language": "lang"}
    found = told(service, fields=fields)
    assert (found.author, found.email, found.language, found.app_version) == (
        "Ann", "ann@acme.example", "de", "5.2",
    )  # fmt: skip
    assert found.body == "It is slow"
    assert not found.context


def test_odd_answers() -> None:
    """Whatever was answered is kept as it can be: files by name, cards not at all."""
    service = TypeformService()
    gone = {"id": "zz", "ref": "gone", "type": "long_text"}
    service.say(
        "formA",
        {"field": gone, "type": "text", "text": "About a question that is no more"},
        answered("role", "boolean", False),
        answered("3f2b1c7a-0d5e-4a6b-9c8d-7e6f5a4b3c2d", "text", "Pro"),
        {"field": {"ref": "file"}, "type": "file_url", "file_url": "https://x/y/log.txt"},
        {"field": {"ref": "pay"}, "type": "payment", "payment": {"amount": "€5", "last4": "4242", "name": "A"}},
        {"field": {"ref": "none"}, "type": "text"},
        {"type": "number", "number": 3},
    )  # fmt: skip
    found = told(service)
    assert found.body == "About a question that is no more"
    assert found.context == {
        "role": False, "Which plan?": "Pro", "file": "log.txt", "pay": "€5", "": 3,
    }  # fmt: skip


def test_networks_are_not_kept() -> None:
    """Marks of a person's network and browser are dropped before anything is stored."""
    service = TypeformService()
    service.say("formA", answered("why", "text", "It is slow"))
    raw = told(service).raw
    assert NETWORK.encode() not in raw
    assert b"Mozilla" not in raw
    assert json.loads(raw)["answers"][0]["text"] == "It is slow"


def test_completed_only() -> None:
    """What was begun and not sent in is left out."""
    service = TypeformService()
    service.say("formA", answered("why", "text", "Half"), response_type="partial")
    service.say("formA", answered("why", "text", "Whole"))
    never = {"submitted_at": "0001-01-01T00:00:00Z"}
    service.say("formA", answered("why", "text", "Never sent"), **never)
    assert told(service).body == "Whole"


def test_late() -> None:
    """A response that is told half an hour late comes, with those after it told once."""
    service = TypeformService()
    held = service.say("formA", answered("why", "text", "Late"))
    row = service.rows_there["formA"].pop()
    service.times["formA"].pop()
    service.now += timedelta(minutes=20)
    seen = service.say("formA", answered("why", "text", "In time"))
    found = pages(connector(), service)
    assert set(by_name(found)) == {seen}
    service.rows_there["formA"].insert(0, row)
    service.times["formA"].insert(0, row["submitted_at"])
    service.now += timedelta(minutes=30)
    assert set(by_name(pages(connector(), service, last_cursor(found)))) == {held}


def test_second_run() -> None:
    """A second run asks for the forms and once for each, and tells nothing."""
    service = TypeformService()
    for _ in range(9):
        service.add()
        service.now += timedelta(hours=3)
    cursor = last_cursor(pages(connector(), service))
    before = len(service.requests)
    assert pages(connector(), service, cursor) == []
    assert len(service.requests) - before == 3
    before = len(service.requests)
    assert pages(connector(forms=("formA",)), service, cursor) == []
    assert len(service.requests) - before == 1


def test_a_crowded_second() -> None:
    """What one second holds comes whole; what cannot be asked for is told as a gap."""
    service = TypeformService(size=50)
    for number in range(150):
        service.say("formA", answered("why", "text", f"At once {number}"))
    found = pages(connector(), service)
    assert len(by_name(found)) == 150
    service = TypeformService(size=50)
    for number in range(251):
        service.say("formA", answered("why", "text", f"At once {number}"))
    service.now += timedelta(seconds=1)
    last = service.say("formA", answered("why", "text", "Later"))
    found = pages(connector(), service)
    assert any("formA had more than 100" in page.gap for page in found)
    assert last in by_name(found)


def test_since() -> None:
    """A first pull begins where the settings say."""
    service = TypeformService()
    service.add()
    service.now += timedelta(days=1)
    assert not pages(connector(since=service.now), service)
    name = service.add()
    assert set(by_name(pages(connector(since=service.now), service))) == {name}


def test_forms() -> None:
    """Only the forms named are read; one that is gone from the list stops nothing."""
    service = TypeformService()
    first, _ = service.add(), service.add()
    assert set(by_name(pages(connector(forms=("formA",)), service))) == {first}
    with pytest.raises(ConfigError, match="no form nowhere"):
        pages(connector(forms=("nowhere",)), service)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"region": "mars"}, "region"),
        ({"forms": ("https://acme.typeform.com/to/u6nXL7",)}, "u6nXL7"),
        ({"metric": "joy"}, "metric"),
    ],
)
def test_wrong_settings(settings: Any, why: str) -> None:
    """A setting that cannot be is refused with what it should be."""
    with pytest.raises(ConfigError, match=why):
        connector(**settings)


def test_regions() -> None:
    """European accounts are asked where their data lies."""
    for region, host in (("eu", "api.eu.typeform.com"), ("typeform.eu", "api.typeform.eu")):  # fmt: skip
        service = TypeformService()
        pages(connector(region=region), service)
        assert {request.url.host for request in service.requests} == {host}


def test_checking() -> None:
    """The check says whose token it is, how much there is, and what is never told."""
    service = TypeformService()
    for _ in range(3):
        service.add()
    report = checked(connector(), service)
    assert report.account == "eve@acme.example at Typeform"
    assert report.waiting == 3
    assert report.facts["NPS in spring"] == "2 responses"
    assert report.facts["first pull"] == "about 5 calls for 3 responses"
    assert "deleted" in report.facts["deletions"]
    narrow = replace(service, rights=frozenset({"forms", "responses"}))
    assert "accounts:read" in checked(connector(), narrow).account
    narrow = replace(service, rights=frozenset({"forms"}))
    with pytest.raises(SignInFailed, match="responses:read"):
        checked(connector(), narrow)


def test_inbox(tmp_path: Path) -> None:
    """Words come to the inbox, numbers are kept, and a second run is quiet."""
    service = TypeformService()
    service.add()
    service.say("formA", answered("recommend", "number", 9))
    service.now += timedelta(hours=1)
    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, connector(), service).counts.new == 2
        (inbox,) = workspace.db.read().execute("SELECT sum(total) FROM queue")
        assert inbox[0] == 1
        (rated,) = workspace.db.read().execute(
            "SELECT count(*) FROM feedback WHERE metric = 'nps' AND scale = '0-10'"
        )
        assert rated[0] == 2
        service.now += timedelta(minutes=10)
        again = sync(workspace, connector(), service).counts
        assert (again.new, again.changed, again.gone) == (0, 0, 0)
        assert unsound(workspace) == {}


def test_secrets() -> None:
    """The token shows in no repr of the connector."""
    assert "canary" not in repr(connector(webhook_secret=Secret("canary-hook")))
