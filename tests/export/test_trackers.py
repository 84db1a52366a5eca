"""What trackers import: their columns, and customers' words that do nothing there."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from export.backlogs import AS_OF, backlog, filled_with, quoted, said, view
from export.hostile import HOSTILE, broken, words
from export.test_formats import build
from triage.export.backlog import Backlog
from triage.export.neutral import line, neutral
from triage.export.to_linear_csv import NAMES as LINEAR
from triage.export.to_linear_csv import marked
from triage.export.writing import written
from triage.model import PainPoint, PainStatus, Priority
from triage.planning import Criterion, Estimate, Story
from triage.text.display import one_line

GITHUB_LIKE = MarkdownIt("gfm-like", {"html": True, "linkify": True})
MARKDOWN_TARGETS = ("github", "gitlab-csv", "linear-csv", "trello-json")
ACTIVE = {"html_inline", "html_block", "link_open", "image", "code_block", "fence"}
MEANT = re.compile(
    r"@\w|(?<![\w])#\w|://|\bwww\.\w|\bGH-\d|^/|\bevil\.example|javascript:",
    re.MULTILINE,
)
"""What trackers would notify, link, refer to or obey, in what a reader sees."""


def text_of(name: str, whole: Backlog, **options: Any) -> str:
    [raw] = written(build(name, **options), whole).values()
    return raw.decode()


def rows_of(name: str, whole: Backlog, **options: Any) -> list[list[str]]:
    text = text_of(name, whole, **options)
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def descriptions(name: str, whole: Backlog) -> list[tuple[str, str]]:
    """Title and description of each, as the target's own reader has them."""
    if name == "github":
        lines = map(json.loads, text_of(name, whole).splitlines())
        return [(one["title"], one["body"]) for one in lines]
    if name == "trello-json":
        cards = json.loads(text_of(name, whole))["cards"]
        return [(one["name"], one["desc"]) for one in cards]
    head, *rows = rows_of(name, whole)
    title = "title" if name == "gitlab-csv" else "Title"
    text = "description" if name == "gitlab-csv" else "Description"
    return [(row[head.index(title)], row[head.index(text)]) for row in rows]


def shown(text: str) -> tuple[str, set[str]]:
    """What a reader sees of Markdown, and the kinds of its parts."""
    tokens = [
        inner
        for token in GITHUB_LIKE.parse(text)
        for inner in (token, *(token.children or ()))
    ]
    kept = {"softbreak": "\n", "hardbreak": "\n", "paragraph_close": "\n"}
    seen = "".join(
        kept.get(token.type, token.content)
        for token in tokens
        if token.type != "inline"
    )
    return seen, {token.type for token in tokens}


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", MARKDOWN_TARGETS)
def test_nothing_a_customer_wrote_acts(name: str, text: str) -> None:
    """In Markdown no HTML, link or picture; nobody is called, nothing referred to."""
    [(title, body)] = descriptions(name, filled_with(text))
    seen, kinds = shown(body)
    assert not kinds & ACTIVE
    assert not MEANT.search(seen)
    assert not MEANT.search(title)
    assert not re.search(r"^/", body, re.MULTILINE)
    assert "\n" not in title


@given(broken)
def test_no_text_acts(text: str) -> None:
    """The same of any text, in every format for trackers."""
    whole = filled_with(text)
    for name in MARKDOWN_TARGETS:
        for title, body in descriptions(name, whole):
            seen, kinds = shown(body)
            assert not kinds & ACTIVE
            for told in (seen, title):
                assert not re.search(r"@\w|(?<!\w)#\w|\w://", told)


def test_jira_markup_from_outside_is_text() -> None:
    """Macros, links, mentions, pictures and headings of its markup are all escaped."""
    text = (
        "{code}x{code} [a|http://evil.example] [~ada] !p.png! h1. big\nh1. big\n* a\n#b"
    )
    [_, row] = rows_of("jira-csv", filled_with(text))
    body = row[3]
    ours = body.replace("\nh3. ", "\n").replace("{quote}", "")
    for opens in ("{", "[", "!", "*", "|", "~"):
        assert not re.search(rf"(?<!\\){re.escape(opens)}", ours.replace("\n* ", "\n"))
    assert not re.search(r"^(h\d\.|#|bq\.)", ours, re.MULTILINE)
    assert "://" not in body
    assert "@" not in body


@given(words)
def test_no_cell_is_another(text: str) -> None:
    """Whatever a text holds, every row has the cells of the header."""
    whole = filled_with(text)
    for name in ("jira-csv", "linear-csv", "gitlab-csv", "asana-csv", "productboard"):
        head, row = rows_of(name, whole)
        assert len(row) == len(head)


def point(**told: Any) -> Backlog:
    story = Story(
        id=1, pain_point_id=1, role="analyst", want="all rows", benefit="I can trust it",
        criteria=(Criterion(given="a file", when="I export it", then="all is there"),),
        evidence=(1,),
    )  # fmt: skip
    size = Estimate(id=1, pain_point_id=1, name="job_size", value=5, at=AS_OF)
    values: dict[str, Any] = {
        "id": 1, "title": "Rows get lost", "tags": ("export, csv", "big files"),
        "priority": Priority.URGENT, "owner": "Ada", "statement": "Rows go missing.",
    }  # fmt: skip
    one = view(PainPoint(**(values | told)), [quoted(said(1, email="a@x.example"))])
    import dataclasses

    return backlog(dataclasses.replace(one, stories=(story,), estimates=(size,)))


def test_jira_has_its_columns() -> None:
    """Summary, no punctuation in names, a column for each label, none with a space."""
    head, row = rows_of("jira-csv", point())
    assert head[:4] == ["Summary", "Issue Type", "Priority", "Description"]
    assert head[-3:] == ["Labels"] * 3
    assert row[-3:] == ["triage", "export-csv", "big-files"]
    assert all(name.replace(" ", "").isalnum() for name in head)
    assert row[:3] == ["Rows get lost", "Story", "Highest"]
    assert "h3. Settled when\n\n* Given a file, when I export it" in row[3]


def test_linear_has_its_columns() -> None:
    """All 21, in its words."""
    head, row = rows_of("linear-csv", point(), team="Web")
    assert tuple(head) == LINEAR
    told = dict(zip(head, row, strict=True))
    assert told["Title"] == "Rows get lost"
    assert (told["Priority"], told["Status"], told["Team"]) == (
        "Urgent",
        "Backlog",
        "Web",
    )
    assert (told["Estimate"], told["Labels"]) == ("5", "export csv, big files")
    assert told["Assignee"] == "Ada"


@given(words)
def test_a_title_comes_out_of_linears_importer_as_it_was(text: str) -> None:
    """What it strips is what was put there, and no spreadsheet would run the rest."""
    told = line(text)
    cell = marked(told)
    assert not re.match(r"[+\-=@＝]", cell)
    stripped = re.sub(r"^'([+\-=@∑√∏<>＜＞≤≥＝≠±÷×])", r"\1", cell)
    assert stripped.replace("’", "'") == told.replace("’", "'")


def test_asana_and_gitlab_have_theirs() -> None:
    """Both want an order; a section is a horizon."""
    head, row = rows_of("asana-csv", point())
    assert head[:7] == [
        "Name", "Description", "Section", "Assignee", "Collaborators", "Start Date",
        "Due Date",
    ]  # fmt: skip
    assert row[2] == "Not planned"
    assert rows_of("gitlab-csv", point())[0] == ["title", "description"]


def test_github_takes_each_line() -> None:
    """Each line is a body GitHub's own description allows, with no key it has not."""
    shared = os.environ.get("TRIAGE_SHARED") or Path(__file__).parents[3] / "shared"
    specs = Path(shared) / "specs/github-rest.trim.json"
    lines = [json.loads(one) for one in text_of("github", point()).splitlines()]
    assert lines[0].keys() == {"title", "body", "labels"}
    assert len(lines[0]["title"]) <= 256
    if not specs.exists():
        pytest.skip("no description: set TRIAGE_SHARED to the folder that has it")
    spec = json.loads(specs.read_text())
    posted = spec["paths"]["/repos/{owner}/{repo}/issues"]["post"]["requestBody"]
    schema = posted["content"]["application/json"]["schema"]
    for one in lines:
        jsonschema.validate(one, schema | {"additionalProperties": False})


def test_a_board_holds_together() -> None:
    """Cards name lists, labels and checklists that are there."""
    board = json.loads(text_of("trello-json", point()))
    [card] = board["cards"]
    assert card["idList"] in {one["id"] for one in board["lists"]}
    assert set(card["idLabels"]) <= {one["id"] for one in board["labels"]}
    [checklist] = board["checklists"]
    assert (checklist["idCard"], card["idChecklists"]) == (
        card["id"],
        [checklist["id"]],
    )


def test_only_what_is_open_goes_to_a_tracker() -> None:
    """What is resolved or dismissed stays here, unless all is asked for."""
    done = point(status=PainStatus.RESOLVED)
    for name in ("jira-csv", "linear-csv", "gitlab-csv", "asana-csv"):
        assert len(rows_of(name, done)) == 1
        assert len(rows_of(name, done, all=True)) == 2
    assert text_of("github", done) == ""


def test_names_and_addresses_stay_here() -> None:
    """A tracker is told channel, day and short id of who said it, and no more."""
    for name in (*MARKDOWN_TARGETS, "jira-csv", "asana-csv"):
        text = text_of(name, point())
        assert "review, 2026-01-31, f1" in text.replace("\\", "")
        assert "Person 1" not in text
        assert "x.example" not in text


class Parts(HTMLParser):
    """The tags of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not attrs


@pytest.mark.parametrize("text", HOSTILE)
def test_notes_for_productboard_are_paragraphs(text: str) -> None:
    """A note is a quote as HTML of ours, signed by an address only if it is one."""
    [head, row] = rows_of("productboard", filled_with(text))
    told = dict(zip(head, row, strict=True))
    parts = Parts()
    parts.feed(told["content"])
    assert set(parts.tags) <= {"p", "br"}
    assert told["ext_id"] == "triage-e1"
    assert told["user_email"] == ""


def test_posts_have_votes_and_no_quotes() -> None:
    """Each address votes once; what is public quotes nobody."""
    [post] = map(json.loads, text_of("canny", point()).splitlines())
    assert [one["email"] for one in post["votes"]] == ["a@x.example"]
    assert "Export loses rows" not in post["details"]
    files = written(build("quackback"), point())
    tables = {
        name: list(csv.DictReader(io.StringIO(raw.decode(), newline="")))
        for name, raw in files.items()
    }
    [row] = tables["posts.csv"]
    assert (row["id"], row["status"], row["vote_count"]) == ("p1", "open", "1")
    assert "Export loses rows" not in row["body"]
    assert tables["votes.csv"][0]["voter_email"] == "a@x.example"
    assert tables["notes.csv"][0]["body"].startswith("“Export loses rows” — review")


def test_what_is_neutral_stays_so() -> None:
    """Made neutral twice, a text is as it was after once; plain words are not touched."""
    for text in HOSTILE:
        once = neutral(one_line(text))
        assert neutral(once) == once
    for plain in ("It lost 3.5 rows, e.g. mine.", "My data: gone", "file: lost"):
        assert neutral(plain) == plain
    assert "://" not in neutral("¼http://evil.example")


def test_linears_own_reader_reads_it(tmp_path: Path) -> None:
    """The CSV parser its importer uses gives the cells as they were."""
    node = shutil.which("node")
    modules = Path(__file__).parents[2] / "build/importers/node_modules"
    if node is None or not (modules / "csvtojson").exists():
        pytest.skip("no node with csvtojson in build/importers")
    file = tmp_path / "linear.csv"
    file.write_bytes(text_of("linear-csv", filled_with('=1+1,"x"\n\n> y')).encode())
    script = (
        f"require({str(modules / 'csvtojson')!r})().fromFile({str(file)!r})"
        ".then(rows => console.log(JSON.stringify(rows)))"
    )
    done = subprocess.run([node, "-e", script], capture_output=True, check=True)
    [row] = json.loads(done.stdout)
    assert list(row) == list(LINEAR)
    assert row["Title"] == '\'=1+1,"x" > y'
