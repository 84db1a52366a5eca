"""What is redacted names nobody, and is the same each time."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.backlogs import backlog, planned, quoted, said, text_of, view
from export.hostile import words
from export.test_formats import OURS, build
from triage.errors import UsageError
from triage.export.hiding import Names, hidden
from triage.export.reading import read
from triage.export.redacting import redacted
from triage.export.to_json import Json
from triage.export.writing import written
from triage.model import PainPoint, RoadmapItem
from triage.planning import Estimate

SECRETS = (
    "Ada Lovelace", "ada.lovelace@acme.example", "Acme Widgets", "+49 30 1234567",
    "https://acme.example/ada?id=7", "@adal", "grace hopper", "Hopper", "m1@mail",
)  # fmt: skip


def whole() -> Any:
    """Two customers who name each other, their companies and how to reach them."""
    one = said(
        1, " ".join(SECRETS), author="Ada Lovelace", email="ada.lovelace@acme.example",
        company="Acme Widgets", external_id="<m1@mail>", url="https://acme.example/1",
        title="From Ada", context={"plan": "pro", "phone": "12345678", "mrr": 5.0},
    )  # fmt: skip
    two = said(2, "ADA LOVELACE told me; I am hopper", author="Grace Hopper",
               company="acme  widgets")  # fmt: skip
    point = PainPoint(
        id=1, title="Ada Lovelace of Acme Widgets waits", owner="Olive Owner",
        statement="Call +49 30 1234567", tags=("acme widgets",),
    )  # fmt: skip
    item = RoadmapItem(id=1, title="For Acme Widgets", url="https://t.example/1",
                       owner="Olive Owner", key="K-1")  # fmt: skip
    estimate = Estimate(id=1, pain_point_id=1, name="ease", value=3, at=one.received_at,
                        by="Olive Owner", reason="Grace Hopper said so")  # fmt: skip
    made = view(point, [quoted(one, by="olive owner"), quoted(two)], [planned(item)])
    return backlog(replace(made, estimates=(estimate,)))


@pytest.mark.parametrize("name", [one for one in OURS if one != "xlsx"])
def test_nobody_is_named(name: str) -> None:
    """In no format is a name, an address, a number or a link left."""
    for raw in written(build(name), redacted(whole())).values():
        text = raw.decode().casefold().replace("\\", "")
        for secret in (*SECRETS, "olive", "lovelace", "12345678", "t.example"):
            assert secret.casefold() not in text, secret


def test_stand_ins_tell_people_apart() -> None:
    """One person is one stand-in wherever they are named, ours by another word."""
    told = redacted(whole())
    assert told == redacted(whole())
    one, two = told.rows[0].view.quotes
    assert (one.feedback.author, two.feedback.author) == ("person 1", "person 2")
    assert one.feedback.company == two.feedback.company == "company 1"
    assert two.evidence.quote == "person 1 told me; I am person 2"
    assert told.rows[0].view.pain_point.title == "person 1 of company 1 waits"
    assert told.rows[0].view.pain_point.owner == "member 1"
    assert one.feedback.body == one.feedback.title == ""
    assert dict(one.feedback.context) == {"plan": "pro", "mrr": 5.0}
    assert told.rows[0].score == whole().rows[0].score


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("mail a@b.example, thanks", "mail [email], thanks"),
        ("a\u200bda@b.example", "[email]"),
        ("ada＠b.example", "[email]"),
        ("ada (at) b (dot) example", "[email]"),
        ("ADA@B.EXAMPLE.", "[email]."),
        ("see http://x.example/a?b=c.", "see [link]"),
        ("www.x.example/y now", "[link] now"),
        ("shop.com is down", "[link] is down"),
        ("javascript:alert(1)", "[link]"),
        ("call (030) 123-456-78", "call [number]"),
        ("+49 30 1234567", "[number]"),
        ("card 4111 1111 1111 1111", "card [number]"),
        ("on 2026-01-31 it broke", "on 2026-01-31 it broke"),
        ("1,200 rows in 3.5 s", "1,200 rows in 3.5 s"),
        ("version 10.2.1", "version 10.2.1"),
        ("from 192.168.10.20", "from [address]"),
        ("ask @ada_l or me", "ask [handle] or me"),
        ("key sk_live_4eC39HqLyjWDarjtT1", "key [secret]"),
        ("It ends.Next it begins", "It ends.Next it begins"),
    ],
)
def test_what_tells_who_somebody_is_is_hidden(text: str, left: str) -> None:
    """Each kind by its word; what tells nobody stays."""
    assert hidden(text, Names()) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zoë Müller-Lüdenscheidt", "person 1"),
        ("ZOE MULLER LUDENSCHEIDT!", "person 1!"),
        ("Zoe\u0308\nMüller", "person 1\nperson 1"),
        ("Müller said", "person 1 said"),
        ("zoë said", "zoë said"),
        ("A Google user", "person 2"),
        ("my Google account", "my Google account"),
    ],
)
def test_names_are_found_however_they_are_written(text: str, left: str) -> None:
    """Capitals, accents and marks aside; a small word that is a name's part stays."""
    names = Names()
    names.add("Zoë Müller-Lüdenscheidt", "person 1", by_parts=True)
    names.add("A Google user", "person 2", by_parts=True)
    assert hidden(text, names) == left


@given(st.lists(words, min_size=1, max_size=3))
def test_any_author_is_hidden(authors: list[str]) -> None:
    """Whatever people are called, no author stands in a redacted file."""
    quotes = [
        quoted(said(n, "x", author=f"Qz{author}"))
        for n, author in enumerate(authors, 1)
    ]
    text = text_of(Json(), redacted(backlog(view(PainPoint(id=1, title="t"), quotes))))
    [point] = json.loads(text)["pain_points"]
    told = [one["feedback"]["author"] for one in point["evidence"]]
    assert told == [f"person {n}" for n in range(1, len(authors) + 1)]


def test_it_is_not_restored(tmp_path: Any) -> None:
    """Who said what is not in it, so that nothing is built of it."""
    (tmp_path / "a.json").write_text(text_of(Json(), redacted(whole())))
    with pytest.raises(UsageError, match="is redacted"):
        read(tmp_path / "a.json")


def test_what_is_left_can_still_be_read() -> None:
    """Small numbers, years and days stay; a text without anybody in it is as it was."""
    names = Names()
    names.add("Ann Doe", "person 1", by_parts=True)
    names.add("Acme & Sons", "company 1", by_parts=False)
    assert hidden(
        "I, Ann (ann.doe@acme.example, +49 30 1234567), of ACME & sons saw"
        " https://x.example/a?b and lost 500 pages in 2026",
        names,
    ) == (
        "I, person 1 ([email], [number]), of company 1 saw [link] and lost 500 pages in"
        " 2026"
    )
    assert hidden("nothing to hide", Names()) == "nothing to hide"
