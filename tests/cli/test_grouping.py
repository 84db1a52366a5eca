"""group: any file of texts, without a workspace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import Run

TEXTS = [
    ("a", "The export crashes whenever my project has more than five hundred pages."),
    ("b", "Dark mode is forgotten after every restart of the desktop application."),
    ("c", "the export crashs whenever my project has more than five hundred pages!!"),
    ("d", "The import crashes whenever my project has more than five hundred pages."),
]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A file of JSON lines."""
    file = tmp_path / "texts.jsonl"
    lines = (json.dumps({"id": own, "text": text}) for own, text in TEXTS)
    file.write_text("\n".join(lines) + "\n")
    return file


def test_texts_are_grouped(run: Run, texts: Path) -> None:
    """Each id comes back with the id of the first that says the same."""
    told = run("group", str(texts))
    found = {
        line["id"]: line["group"] for line in map(json.loads, told.out.splitlines())
    }
    assert found == {"a": "a", "b": "b", "c": "a", "d": "d"}
    assert "4 texts, 3 groups" in told.err


def test_groups_go_to_a_file(run: Run, texts: Path) -> None:
    """A file is written whole, and never over another unless asked."""
    out = texts.with_name("groups.jsonl")
    assert run("group", str(texts), "--out", str(out)).code == 0
    assert len(out.read_text().splitlines()) == 4
    assert run("group", str(texts), "--out", str(out)).code == 2
    assert run("group", str(texts), "--out", str(out), "--force").code == 0


def test_groups_flow_through_a_pipe(run: Run, texts: Path) -> None:
    """- is standard input and output, any id comes back as it was, and empty is fine."""
    told = run("group", "-", "--out", "-", stdin=texts.read_text() + "\n")
    assert told.out == run("group", str(texts)).out
    assert "texts a second" in told.err
    assert "of processor" in told.err
    lines = '{"id": {"a": 1}, "text": "x"}\n{"id": null, "text": 7}'
    assert [
        one["id"]
        for one in map(json.loads, run("group", "-", stdin=lines).out.splitlines())
    ] == [{"a": 1}, None]
    assert run("group", "-", stdin="").out == ""


def test_strict_joins_no_more_than_usual(run: Run, tmp_path: Path) -> None:
    """What is put together strictly is put together without it too."""
    labelled = Path(__file__).parents[1] / "grouping" / "labelled.jsonl"
    rows = map(json.loads, labelled.read_text(encoding="utf-8").splitlines())
    file = tmp_path / "labelled.jsonl"
    file.write_text(
        "".join(
            json.dumps({"id": n, "text": row["text"]}) + "\n"
            for n, row in enumerate(rows)
        )
    )
    usual, strict = (
        [
            json.loads(line)["group"]
            for line in run("group", file, *words).out.splitlines()
        ]
        for words in ((), ("--strict",))
    )
    assert len(set(strict)) >= len(set(usual))
    assert len(set(zip(strict, usual, strict=True))) == len(set(strict))


@pytest.mark.parametrize(
    "line",
    ["nonsense", "[]", '{"id": 1}', "NaN", "\xff", "[" * 100_000],
    ids=["words", "list", "no text", "NaN", "no UTF-8", "deep"],
)
def test_a_bad_line_is_named(run: Run, texts: Path, line: str) -> None:
    """What is no text with an id ends in one sentence that says where."""
    with texts.open("ab") as out:
        out.write(line.encode("latin-1") + b"\n")
    told = run("group", str(texts))
    assert told.code == 2
    assert "line 5" in told.err
    assert told.out == ""
