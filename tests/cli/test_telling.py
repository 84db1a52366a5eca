"""``triage tell`` and ``promise``: who asked, told once, from the command line."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

import shops
from asking import Asked, asked
from cli.running import Run
from triage.text import filling

MANUAL = (Path(__file__).parents[2] / "docs" / "TELLING.md").read_text("utf-8")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    """One thing that was asked for at two places, and has shipped."""
    monkeypatch.syspath_prepend(str(tmp_path / "installed"))
    with asked(tmp_path) as made:
        yield made
    shops.forget()


def test_the_manual_s_walk(run: Run, world: Asked) -> None:
    """The walk through the manual's page is performed, line by line, as it stands."""
    walk = MANUAL.partition("```sh\n")[2].partition("```")[0]
    lines = [shlex.split(line, comments=True) for line in walk.splitlines()]
    assert len(lines) > 8
    for program, *words in lines:
        assert program == "triage"
        told = run(*words)
        assert told.code == 0, (words, told.err)
    assert len(world.post.mails) == 1
    assert len(world.shop.told) == 2
    told = run("tell", "p1", "--json").json
    assert {one["state"] for one in told["people"]} == {"told", "skipped"}
    assert told["pain_point"]["to_tell"] == 0


def test_the_page_names_what_there_is() -> None:
    """Every variable, state and schema of telling is on its page."""
    for name in filling.OF_TELLING:
        assert f"| `{{{name}}}` |" in MANUAL
    for state in ("untold", "waiting", "told", "skipped"):
        assert f"| `{state}` |" in MANUAL


@pytest.mark.usefixtures("world")
def test_the_walk_from_shipped_to_told(run: Run) -> None:
    """From shipped to told, each command says what comes next."""
    (listed,) = run("tell", "--json").json["pain_points"]
    assert (listed["id"], listed["shipped"], listed["to_tell"]) == ("p1", ["r1"], 5)
    assert "5 people to tell of what shipped" in run("tell").err
    assert "5 people; `triage tell p1` lists them" in run("pain", "show", "p1").out
    told = run("tell", "p1")
    assert "reply at reviews" in told.out
    assert "1 person cannot be reached: no-reply@other.example is a machine" in told.err
    people = {one["name"]: one for one in run("tell", "p1", "--json").json["people"]}
    assert people["Bo"]["way"]["to"] == "bo@customer.example"
    assert people["Bo"]["quotes"] == 2
    bo = people["Bo"]["id"]
    assert run("promise", "p1", bo, "we", "will", "write").code == 0
    told = run("tell", "p1", "--json").json["people"]
    assert next(one["promises"] for one in told if one["id"] == bo)[0]["text"] == (
        "we will write"
    )
    told = run("tell", "p1", "--skip", people["Cy"]["id"], "--why", "asked us not to")
    assert "Tell Cy" in told.out
    drafted = run("tell", "p1", "--draft", "shipped")
    assert drafted.out.count("Export with tags is out") == 3
    assert "left out Cy: not to be told" in drafted.err
    assert "nothing was sent" in drafted.err
    again = run("tell", "p1", "--draft", "shipped", "--json").json
    assert again["drafts"] == []
    assert {one["why"] for one in again["left_out"]} >= {"a draft waits already"}
    assert "email bo@customer.example" not in run("tell", "p1", "--untold").out
    sent = run("outbox", "send", "--all", "--yes", "--json").json
    assert sent["sent"] == 3
    ledger = run("tell", "--ledger", "p1", "--json").json["told"]
    assert {one["how"] for one in ledger} == {"reply", "email"}
    (mail,) = [one for one in ledger if one["how"] == "email"]
    assert mail["receipt"]["external_id"].startswith("<triage.")
    assert mail["text"].startswith("Hello Bo, Export with tags is out.")
    assert "3 people were told" in run("tell", "--ledger").err
    robot = people["Robot"]["id"]
    run("tell", "p1", "--mark", robot, "--how", "met their admin")
    assert "met their admin" in run("tell", "--ledger").out
    assert run("undo").code == 0
    assert "met their admin" not in run("tell", "--ledger").out


@pytest.mark.usefixtures("world")
def test_words_given(run: Run) -> None:
    """The same words may go to some of them, by one way only."""
    told = run(
        "tell", "p1", "--text", "It is out", "--to", "f3", "--to", "f4", "--json"
    )
    (draft,) = told.json["drafts"]
    assert (draft["to"], draft["act"]) == ("bo@customer.example", "email")
    assert draft["title"] == "Re: Export"
    assert "bo@customer.example" in run("outbox", "list").out
    assert "Re: Export" in run("outbox", "show", "d1").out
    told = run("tell", "p1", "--text", "It is out", "--by", "email", "--json").json
    assert [one["act"] for one in told["drafts"]] == ["email"]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--draft", "shipped"), "of which pain point"),
        (("p1", "--draft", "a", "--text", "b"), "not both"),
        (("p1", "--draft", "nothing"), "there are: shipped, promised"),
        (("p1", "--mark", "f3"), "--how"),
        (("p1", "--mark", "c99", "--how", "phoned"), "nobody called c99"),
        (("p1", "--text", "x", "--ledger"), "one at a time"),
        (("p9",), "no pain point p9"),
    ],
)
def test_refused(run: Run, words: tuple[str, ...], why: str) -> None:
    """Words that do not go together change nothing and say what to do."""
    told = run("tell", *words)
    assert told.code == 2
    assert why in told.err
    assert run("outbox", "list", "--json").json["drafts"] == []


def test_nothing_shipped(run: Run, world: Asked) -> None:
    """Where nothing has shipped nobody is listed, unless everything is asked for."""
    world.workspace.unlink(world.point, world.item)
    assert run("tell", "--json").json["pain_points"] == []
    assert "--all lists them" in run("tell").err
    assert run("tell", "--all", "--json").json["pain_points"][0]["to_tell"] == 5
