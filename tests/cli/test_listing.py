"""list search show: what is there, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

from cli.running import Run


def test_list_shows_a_line_per_group(filled: Run) -> None:
    """The inbox has one line for what says the same, newest first."""
    told = filled("list", "--json").json
    assert [row["id"] for row in told["feedback"]] == ["f4", "f3", "f2"]
    assert told["total"] == 3
    assert told["feedback"][2]["group"] == "g1"
    assert told["feedback"][2]["items"] == 2
    assert told["feedback"][2]["people"] == 2


def test_list_for_people_is_a_table(filled: Run) -> None:
    """Without --json a person reads columns with headings; the count is not data."""
    told = filled("list")
    lines = told.out.splitlines()
    assert lines[0].split() == [
        "id",
        "when",
        "from",
        "source",
        "rating",
        "size",
        "text",
    ]
    assert lines[1].startswith("f4  2026-06-04  Dan")
    assert "3 lines in inbox" in told.err


def test_list_keeps_to_a_limit_and_says_so(filled: Run) -> None:
    """A list that was cut says how many there are."""
    told = filled("list", "--limit", 1)
    assert len(told.out.splitlines()) == 2
    assert "1 of 3" in told.err
    assert len(filled("list", "--limit", 2, "--json").json["feedback"]) == 2
    assert filled("list", "--limit", 2, "--json").json["total"] == 3


def test_list_by_state_and_source(filled: Run) -> None:
    """A state or a source narrows the list; an unknown state is refused."""
    filled("archive", "f3")
    archived = filled("list", "--state", "archived", "--json").json
    assert [row["id"] for row in archived["feedback"]] == ["f3"]
    everything = filled("list", "--state", "all", "--json").json
    assert everything["total"] == 4
    assert filled("list", "--source", "reviews", "--json").json["total"] == 2
    each = filled("list", "--source", "reviews", "--each", "--state", "all", "--json")
    assert each.json["total"] == everything["total"]
    assert filled("list", "--source", "nowhere", "--json").json["total"] == 0
    assert filled("list", "--state", "lost").code == 2


def test_ndjson_is_the_rows_of_the_document(filled: Run) -> None:
    """--ndjson prints each row of the document on a line of its own."""
    lines = filled("list", "--ndjson").out.splitlines()
    assert [json.loads(line) for line in lines] == filled("list", "--json").json[
        "feedback"
    ]


def test_search_finds_words_wherever_they_stand(filled: Run) -> None:
    """Search looks in every state, and takes no query language."""
    filled("archive", "f3")
    assert [r["id"] for r in filled("search", "dark", "--json").json["feedback"]] == [
        "f3"
    ]
    assert filled("search", "dark", "--state", "inbox", "--json").json["total"] == 0
    assert filled("search", 'dark" OR NEAR(', "--json").code == 0
    assert filled("list", "--search", "export", "--json").json["total"] == 1
    assert filled("list", "--search", "export", "--each", "--json").json["total"] == 2


def test_search_words_may_begin_with_a_dash(filled: Run) -> None:
    """After --, a dash is only a character."""
    assert filled("search", "--json", "--", "-dark").json["total"] == 1


def test_show_feedback_tells_facts_group_and_evidence(filled: Run) -> None:
    """One feedback comes with what its source told, its group and its quotes."""
    filled("accept", "f1", "--into", "Export is slow", "--quote", "an hour")
    told = filled("show", "f1", "--json").json
    assert told["state"] == "accepted"
    assert told["group"] == {"id": "g1", "members": 2}
    assert told["evidence"][0]["quote"] == "an hour"
    assert told["company"] == "Acme"
    text = filled("show", "f1").out
    assert "Ann" in text
    assert "“an hour”" in text
    assert text.rstrip().endswith(
        "The export takes an hour and then it fails on large projects"
    )


def test_show_takes_any_id(filled: Run) -> None:
    """show tells by its letter what an id names."""
    filled("accept", "f1", "--into", "Export is slow")
    filled("roadmap", "add", "Faster export")
    for name in ("f1", "g1", "p1", "r1"):
        document = filled("show", name, "--json").json
        assert document["id"] == name
        assert name in filled("show", name).out


def test_show_raw_gives_the_bytes(filled: Run) -> None:
    """--raw prints what the source sent, byte for byte."""
    told = filled("show", "f4", "--raw")
    assert (
        told.out
        == "4,Logging in with a passkey never works on my phone,1,2026-06-04,Dan,\n"
    )


def test_unknown_ids_are_one_line_and_exit_2(filled: Run) -> None:
    """What is not there is told in one line that says where to look."""
    for words in (
        ("show", "f99"), ("show", "g99"), ("show", "p9"), ("show", "r9"),
        ("show", "banana"), ("pain", "show", "f1"), ("detach", "e9"),
        ("link", "p1", "r1"), ("show", "f" + "9" * 40), ("prioritise", "p9", "high"),
    ):  # fmt: skip
        told = filled(*words)
        assert (told.code, told.out) == (2, ""), words
        assert told.err.count("\n") == 1
        assert told.err.startswith("triage: ")


def test_without_a_workspace_nothing_is_made(run: Run, db: Path) -> None:
    """Looking does not make a workspace; the line says that there is none."""
    for words in (("list",), ("doctor",), ("log",), ("archive", "f1"), ("export",)):
        told = run(*words)
        assert told.code == 2
        assert "not there" in told.err
        assert not db.exists()


def test_list_shows_the_columns_asked_for(run: Run, tmp_path: Path) -> None:
    """Version, country, device and system stand where a person names them, text last."""
    file = tmp_path / "reviews.jsonl"
    told = {
        "id": "1", "body": "It stopped", "rating": 2, "scale": "1-5",
        "app_version": "5.2.1", "language": "de",
        "country": "DE", "device": "Pixel 9", "os": "Android 16",
    }  # fmt: skip
    bare = {"id": "2", "body": "It stopped, too", "country": 49}
    file.write_text(json.dumps(told) + "\n" + json.dumps(bare) + "\n")
    assert run("import", str(file)).code == 0
    shown = run("list", "--each", "--columns", "text,rating,version,country,device,os")
    head, *lines = shown.out.splitlines()
    assert head.split() == ["rating", "version", "country", "device", "os", "text"]
    (whole,) = (line for line in lines if "5.2.1" in line)
    for value in ("2 of 5", "DE", "Pixel 9", "Android 16", "It stopped"):
        assert value in whole
    rows = {
        row["app_version"]: row
        for row in run("list", "--each", "--json").json["feedback"]
    }
    assert rows["5.2.1"]["os"] == "Android 16"
    assert (rows[""]["country"], rows[""]["device"]) == ("49", "")
    refused = run("list", "--columns", "colour")
    assert refused.code == 2
    assert "no column is called colour" in refused.err
