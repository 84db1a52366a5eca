"""``triage reply``, ``replies`` and ``outbox``: for people, scripts and cron."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

import shops
from answering import a_shop
from cli.running import Run
from servers.served import served
from servers.shop import KEY, Shop, review
from triage.workspace import Workspace


@pytest.fixture
def shop() -> Shop:
    """A shop with two reviews."""
    return Shop(reviews=[review("a"), review("b", author="", language="en")])


@pytest.fixture
def answering(
    run: Run, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    """The command over a workspace that has pulled them; it may not write yet."""
    monkeypatch.syspath_prepend(str(shops.install(tmp_path / "installed")))
    with served(shop.answer) as url:
        settings = a_shop(tmp_path, url, writes=False).with_suffix(".toml")
        told = settings.read_text()
        templates = 'hi = "Hi {author|there}"\nyo = "Yo {author}"\n'
        settings.write_text(f"{told}[replies]\n{templates}")
        assert run("sync").code == 0
        yield run
    shops.forget()


def test_a_reply_waits_until_it_is_sent(answering: Run, shop: Shop) -> None:
    """Drafted, listed, shown, allowed, sent: each says what comes next."""
    told = answering("reply", "f1", "Thank", "you")
    assert told.out == (
        "d1 waits for reviews: a reply to f1, who wrote in de; 9 of 350 characters\n"
    )
    assert "triage outbox send d1" in told.err
    (listed,) = answering("outbox", "list", "--json").json["drafts"]
    assert (listed["id"], listed["state"], listed["feedback"]) == (
        "d1",
        "waiting",
        "f1",
    )
    assert (listed["language"], listed["text"]) == ("de", "Thank you")
    assert "d1  waiting  f1  reviews" in answering("outbox", "list").out
    told = answering("outbox", "send", "d1")
    assert told.code == 0
    assert "triage sources set reviews writes=true" in told.err
    assert shop.told == []
    assert answering("sources", "set", "reviews", "writes=true").code == 0
    assert answering("sources", "list", "--json").json["sources"][0]["writes"]
    assert "may be sent" in answering("sources", "show", "reviews").out
    assert answering("outbox", "send", "d1", "--dry-run").out == (
        "Would send d1 to reviews: Thank you\n"
    )
    told = answering("outbox", "send", "d1", "--yes", "--json")
    assert (told.code, told.json["sent"]) == (0, 1)
    assert shop.told == [("a", "Thank you")]
    shown = answering("outbox", "show", "d1", "--json").json
    assert (shown["state"], shown["receipt"]["state"]) == ("sent", "PUBLISHED")
    assert "reply at reviews, sent" in answering("outbox", "show", "d1").out
    assert answering("outbox", "list", "--json").json["drafts"] == []
    assert len(answering("outbox", "list", "--all", "--json").json["drafts"]) == 1
    told = answering("undo")
    assert told.code == 1
    assert "cannot be unsaid" in told.err


def test_nobody_to_ask_needs_yes(answering: Run, shop: Shop) -> None:
    """Without a terminal nothing goes out unless the command says so."""
    answering("sources", "set", "reviews", "writes=true")
    answering("reply", "f1", "Thank you")
    told = answering("outbox", "send", "--all")
    assert told.code == 2
    assert "add --yes, or --dry-run" in told.err
    assert shop.told == []


@pytest.mark.parametrize(("answer", "sent"), [("y", 1), ("n", 0)])
def test_a_person_is_asked_once(
    answering: Run, shop: Shop, db: Path, tmp_path: Path, answer: str, sent: int
) -> None:
    """On a terminal the words are shown, and one question decides."""
    answering("sources", "set", "reviews", "writes=true")
    answering("reply", "f1", "Thank you")
    paths = [str(tmp_path / "installed"), *sys.path]
    child = pexpect.spawn(
        sys.executable,
        ["-m", "triage", "--db", str(db), "outbox", "send", "--all"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "COLUMNS": "100"},
        timeout=30, encoding="utf-8",
    )  # fmt: skip
    child.expect("Thank you")
    child.expect("It cannot be taken back")
    child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == (0 if sent else 130)
    assert len(shop.told) == sent


def test_partly_sent_is_told(answering: Run, shop: Shop) -> None:
    """The exit code is 3 where some were sent, 1 where none were."""
    answering("sources", "set", "reviews", "writes=true")
    answering("reply", "f1", "f2", "--template", "hi")
    shop.faults["a"] = 403
    told = answering("outbox", "send", "--all", "--yes", "--json")
    assert (told.code, told.json["sent"], told.json["failed"]) == (3, 1, 1)
    assert KEY not in told.out + told.err
    assert answering("outbox", "send", "d1", "--yes").code == 1
    assert "d1: " in answering("outbox", "list").err


def test_templates(answering: Run, tmp_path: Path) -> None:
    """Templates are listed and filled in; what is missing is named."""
    assert "Hi {author|there}" in answering("replies").out
    assert "Hi Ann" in answering("replies", "f1").out
    (hi, yo) = answering("replies", "f2", "--json").json["replies"]
    assert hi["filled"] == "Hi there"
    assert "f2 tells no {author}" in yo["why"]
    told = answering("reply", "f1", "f2", "--template", "yo")
    assert told.code == 2
    assert answering("outbox", "list", "--json").json["drafts"] == []
    told = answering("reply", "--template", "hi", stdin="f1\nf2\n")
    assert [line.split()[0] for line in told.out.splitlines()] == ["d1", "d2"]
    assert len(answering("log", "--json").json["steps"]) == 1


def test_a_text_from_elsewhere(
    answering: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words come from standard input or from an editor as well."""
    assert answering("reply", "f1", stdin="From a pipe\n").code == 0
    assert answering("outbox", "show", "d1", "--json").json["text"] == "From a pipe"
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "Edited: %s" "$(cat $1)" > $1\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    assert answering("reply", "f1", "--edit").code == 0
    shown = answering("outbox", "show", "d1", "--json").json
    assert shown["text"] == "Edited: From a pipe"
    told = answering("outbox", "edit", "d1", "Changed", "--json")
    assert told.json["drafts"][0]["text"] == "Changed"
    told = answering("outbox", "edit", "d1", stdin="x" * 360)
    assert told.code == 2
    assert "10 characters too long: 360 of 350" in told.err


def test_a_draft_is_dropped_and_comes_back(answering: Run) -> None:
    """``outbox drop`` is a step like any other."""
    answering("reply", "f1", "Thank you")
    assert answering("outbox", "drop", "d1").out == "Dropped d1: Thank you\n"
    assert answering("outbox", "list", "--json").json["drafts"] == []
    assert answering("undo").code == 0
    listed = answering("outbox", "list", "--json").out
    assert answering("outbox", "drop", stdin=listed).code == 0


def test_a_thread_tells_what_was_answered(answering: Run) -> None:
    """A conversation ends with what waits and what was sent."""
    answering("reply", "f1", "Thank you")
    assert answering("show", "f1", "--thread").out.endswith("d1 waiting: Thank you\n")
    assert answering("show", "f1", "--thread", "--json").json["drafts"][0]["id"] == "d1"


def test_words_that_are_off(answering: Run) -> None:
    """What cannot be meant is a usage error that says how it goes."""
    for words, why in (
        (["reply"], "no id was given"),
        (["reply", "hello"], "'hello' is no id"),
        (["reply", "f1", "text", "--template", "hi"], "a text or --template"),
        (["reply", "f1", "f2", "--edit"], "--edit is for one"),
        (["outbox", "send", "d1", "--all"], "or give --all"),
        (["outbox", "show", "d9"], "no draft d9"),
    ):
        told = answering(*words)
        assert told.code == 2
        assert why in told.err


def test_a_source_with_drafts_is_removed_with_a_word(answering: Run) -> None:
    """What waits for a source that goes is counted."""
    answering("reply", "f1", "Thank you")
    told = answering("sources", "remove", "reviews")
    assert "1 draft for reviews cannot be sent any more" in told.err


def test_doctor_tells_of_what_broke_off(answering: Run, db: Path) -> None:
    """A draft of which nobody knows whether it arrived is a finding."""
    answering("reply", "f1", "Thank you")
    with Workspace(db) as workspace, workspace.db.write() as write:
        write.execute(
            "INSERT INTO delivery (draft_id, state, sent, started_at, ended_at)"
            " VALUES (1, 'sending', 'Thank you', '2026-05-04T12:00:00Z',"
            " '2026-05-04T12:00:00Z')"
        )
    told = answering("doctor", "--json")
    assert told.code == 1
    assert "may have been sent" in json.loads(told.out)["outbox"]


def test_setting_up_a_source_that_writes(answering: Run, shop: Shop) -> None:
    """``writes`` is a setting of every source that has something to send with."""
    told = answering(
        "sources", "add", "shop", "second", "url=http://127.0.0.1:1", "key=env:X",
        "writes=true",
    )  # fmt: skip
    assert told.code == 0
    found = answering("sources", "list", "--json").json["sources"]
    assert {one["name"]: one["writes"] for one in found} == {
        "reviews": False, "second": True,
    }  # fmt: skip
    told = answering("sources", "add", "jsonl", "third", "path=x.jsonl", "writes=true")
    assert told.code == 2
    assert "can only be read" in told.err
