"""import sync sources: bringing feedback in, and what is said about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import Run


def test_import_ends_with_one_object(run: Run, reviews: Path) -> None:
    """The last line counts what became of every input; a second import changes none."""
    told = run("import", reviews, "--json").json
    assert [told[word] for word in ("new", "changed", "same", "quarantined")] == [
        4,
        0,
        0,
        0,
    ]
    assert told["batches"][0]["id"] == "b1"
    again = run("import", reviews, "--json").json
    assert (again["new"], again["same"]) == (0, 4)
    assert run("doctor", "--json").json["feedback"] == 4


def test_import_tells_a_person(run: Run, reviews: Path) -> None:
    """A person reads the counts on one line."""
    told = run("import", reviews)
    assert told.out.startswith("reviews: 4 new, 0 changed, 0 same, 0 quarantined (b1, ")
    assert told.out.count("\n") == 1


def test_progress_of_a_script_is_json_on_stderr(run: Run, reviews: Path) -> None:
    """With --json, every line on stderr is JSON too."""
    lines = run("import", reviews, "--json").err.splitlines()
    assert lines
    assert json.loads(lines[0])["event"] == "read"


def test_import_is_taken_back_whole(run: Run, reviews: Path) -> None:
    """An import is one batch, which can be taken back, but not twice."""
    run("import", reviews)
    assert run("import", "--take-back", "b1", "--json").json == {
        "schema": "triage.taken-back/1", "id": "b1", "removed": 4,
    }  # fmt: skip
    assert run("doctor", "--json").json["feedback"] == 0
    assert run("import", "--take-back", "b1").code == 1
    assert run("import", "--take-back", "b9").code == 2
    assert run("import", "--take-back", "last").code == 2
    assert run("import", reviews, "--take-back", "b1").code == 2
    imports = run("sources", "imports", "--json").json["imports"]
    assert imports[0]["taken_back_at"] is not None
    assert "(taken back)" in run("sources", "imports").out


def test_import_with_decisions_is_not_taken_back(filled: Run) -> None:
    """An import that decisions rest on stays."""
    filled("archive", "f1")
    assert filled("import", "--take-back", "b1").code == 1
    assert filled("doctor", "--json").json["feedback"] == 4


def test_columns_are_mapped_by_hand(run: Run, tmp_path: Path) -> None:
    """--map says which column holds what, over what was guessed."""
    path = tmp_path / "odd.csv"
    path.write_text("a,b,c\nx,It is slow,5\n", encoding="utf-8")
    assert run("import", path, "--map", "body=b", "--map", "rating=c").code == 0
    told = run("show", "f1", "--json").json
    assert (told["body"], told["rating"]) == ("It is slow", 5)


def test_source_and_connector_can_be_named(run: Run, reviews: Path) -> None:
    """--source names where it came from, --as what it is, --set a setting."""
    told = run(
        "import",
        reviews,
        "--source",
        "spring",
        "--as",
        "csv",
        "--set",
        "channel=survey",
    )
    assert told.code == 0
    told_of = run("show", "f1", "--json").json
    assert (told_of["source"], told_of["channel"]) == ("spring", "survey")


def test_preview_stores_nothing(run: Run, reviews: Path, db: Path) -> None:
    """--preview shows columns and first rows and makes no workspace."""
    told = run("import", reviews, "--preview", "--json").json
    assert told["columns"]["body"] == "Text"
    assert told["inputs"] == 4
    assert told["rows"][0]["author"] == "Ann"
    shown = run("import", reviews, "--preview")
    assert "Text" in shown.out
    assert "nothing was stored" in shown.err
    assert not db.exists()


def test_bad_input_is_one_line_and_changes_nothing(
    run: Run, reviews: Path, tmp_path: Path, db: Path
) -> None:
    """What cannot be read ends in one line and exit 2, and makes no workspace."""
    binary = tmp_path / "photo.csv"
    binary.write_bytes(bytes(range(256)) * 40)
    unknown = tmp_path / "thing"
    unknown.write_bytes(b"\x7fELF" + bytes(range(256)))
    for words in (
        (tmp_path / "missing.csv",),
        (binary,),
        (unknown,),
        (binary, "--as", "csv"),
        (reviews, "--as", "nonsense"),
        (reviews, "--map", "body=Nowhere"),
        (reviews, "--map", "body"),
        (reviews, "--map", "colour=Text"),
        (reviews, "--set", "colour=red"),
        (reviews, binary),
        (),
    ):
        told = run("import", *words)
        assert (told.code, told.out) == (2, ""), (words, told)
        assert told.err.count("\n") == 1, told.err
        assert told.err.startswith("triage: ")
        assert not db.exists()


def test_bad_input_changes_nothing_where_there_is_something(
    filled: Run, reviews: Path
) -> None:
    """A refused import leaves no batch and no source behind."""
    before = filled("doctor", "--json").json
    assert filled("import", reviews, "--source", "x", "--map", "body=Nowhere").code == 2
    assert filled("doctor", "--json").json == before
    assert len(filled("sources", "imports", "--json").json["imports"]) == 1


def test_quarantined_inputs_are_kept_and_told(run: Run, tmp_path: Path) -> None:
    """An input that cannot be read is no failure: it is kept, counted and listed."""
    path = tmp_path / "lines.jsonl"
    path.write_text('{"id": 1, "text": "fine"}\n{"id": 2, broken\n', encoding="utf-8")
    told = run("import", path, "--json")
    assert told.code == 0
    assert (told.json["new"], told.json["quarantined"]) == (1, 1)
    listed = run("sources", "quarantined", "--json").json["quarantined"]
    assert len(listed) == 1
    assert listed[0]["why"]
    assert "broken" in run("show", listed[0]["id"], "--raw").out
    assert listed[0]["id"] in run("sources", "quarantined").out
    assert "sources quarantined" in run("import", path, "--source", "again").err


def test_several_files_are_all_looked_at_first(
    filled: Run, reviews: Path, tmp_path: Path
) -> None:
    """Where one of several files cannot be read, none of them is stored."""
    more = tmp_path / "more.csv"
    more.write_text("id,Text\n7,It is too loud\n", encoding="utf-8")
    bad = tmp_path / "bad.csv"
    bad.write_text("other,columns\n1,2\n", encoding="utf-8")
    told = filled("import", more, bad, "--map", "body=Text", "--json")
    assert (told.code, told.out) == (2, "")
    assert filled("doctor", "--json").json["feedback"] == 4
    both = filled("import", more, reviews, "--map", "body=Text", "--json").json
    assert (both["new"], both["same"]) == (1, 4)
    assert [one["source"] for one in both["batches"]] == ["more", "reviews"]


def test_limit_stops_early(run: Run, tmp_path: Path) -> None:
    """--limit stops at the page that reaches so many."""
    path = tmp_path / "many.jsonl"
    lines = [json.dumps({"id": n, "text": f"word{n} of many"}) for n in range(2500)]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert run("import", path, "--limit", 1, "--json").json["new"] == 1000


def test_sources_are_added_checked_synced_removed(
    run: Run, reviews: Path, db: Path
) -> None:
    """A source is configured, tried without storing, pulled, and taken out again."""
    added = run(
        "sources", "add", "csv", "spring", f"path={reviews}", "--map", "body=Text"
    )
    assert added.code == 0
    checked = run("sources", "check", "spring", "--json").json
    assert (checked["inputs"], checked["columns"]["body"]) == (4, "Text")
    assert "nothing was stored" in run("sources", "check", "spring").err
    assert run("doctor", "--json").json["feedback"] == 0
    told = run("sync", "--json").json
    assert told["new"] == 4
    assert run("sync", "spring", "--json").json["new"] == 0
    source = run("sources", "list", "--json").json["sources"][0]
    assert (source["name"], source["configured"], source["feedback"]) == (
        "spring",
        True,
        4,
    )
    assert "spring" in run("sources", "list").out
    assert run("sources", "remove", "spring", "--json").json["name"] == "spring"
    source = run("sources", "list", "--json").json["sources"][0]
    assert (source["configured"], source["feedback"]) == (False, 4)
    assert db.with_suffix(".toml").stat().st_mode & 0o777 == 0o600


def test_a_source_that_fails_does_not_hold_up_the_others(
    run: Run, reviews: Path, tmp_path: Path
) -> None:
    """One failed source among several is exit 3, all failed exit 1."""
    gone = tmp_path / "gone.csv"
    gone.write_text(reviews.read_text(encoding="utf-8"), encoding="utf-8")
    run("sources", "add", "csv", "good", f"path={reviews}")
    run("sources", "add", "csv", "bad", f"path={gone}")
    gone.unlink()
    told = run("sync", "--json")
    assert told.code == 3
    assert told.json["new"] == 4
    assert [one["source"] for one in told.json["failed"]] == ["bad"]
    failed = [json.loads(line) for line in told.err.splitlines() if '"failed"' in line]
    assert failed[0]["source"] == "bad"
    assert run("sync", "bad").code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("add", "nonsense", "a", "path=x"),
        ("add", "csv", "a"),
        ("add", "csv", "a", "path"),
        ("add", "csv", "a", "path=x", "colour=red"),
        ("add", "csv", "a\nb", "path=x"),
        ("check", "nowhere"),
        ("remove", "nowhere"),
    ],
)
def test_wrong_sources_are_refused(
    filled: Run, words: tuple[str, ...], db: Path
) -> None:
    """A source that cannot be is one line, and the settings stay as they are."""
    told = filled("sources", *words)
    assert (told.code, told.out) == (2, ""), told
    assert told.err.count("\n") == 1
    assert not db.with_suffix(".toml").exists()


def test_a_second_source_of_a_name_is_refused(run: Run, reviews: Path) -> None:
    """A name is given once."""
    run("sources", "add", "csv", "a", f"path={reviews}")
    assert run("sources", "add", "csv", "a", f"path={reviews}").code == 2


def test_sync_without_sources_says_so(run: Run, db: Path) -> None:
    """Nothing to pull is a mistake, not silence; an unknown name too."""
    assert "sources add" in run("sync").err
    assert run("sync", "nowhere").code == 2
    assert not db.exists()
