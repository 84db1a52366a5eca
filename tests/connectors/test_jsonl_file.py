from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triage.connector import Channel, ConfigError, Incoming, SourceError, Unreadable
from triage.testing import check
from triage_connectors import jsonl_file, paging
from triage_connectors.jsonl_file import JsonlFile


def written(tmp_path: Path, *lines: Any, name: str = "feedback.jsonl") -> Path:
    path = tmp_path / name
    path.write_bytes(
        b"".join(
            line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n"
            for line in lines
        )
    )
    # Not just now: nobody is writing it any more.
    os.utime(path, (1, 1))
    return path


def test_it_keeps_the_contract_of_connectors(tmp_path: Path) -> None:
    """Whatever a connector promises, JSON lines keep, with ids and without."""
    named = [{"id": n, "text": f"text {n}"} for n in range(2100)]
    check(lambda: JsonlFile(written(tmp_path, *named)))
    nameless = [{"text": f"text {n % 7}"} for n in range(1100)]
    check(lambda: JsonlFile(written(tmp_path, *nameless, name="nameless.jsonl")))
    array = json.dumps(named, indent=1).encode()
    check(lambda: JsonlFile(written(tmp_path, array, name="array.json")))


def test_rows_are_mapped_and_the_rest_is_kept(tmp_path: Path, pull: Any) -> None:
    """Names are recognised, other values stay in the context, empty ones do not."""
    line = {"source": "s", "lang": "en", "channel": "review", "app": None,
            "rating": 2, "text": "Bad", "id": "fb1", "tags": ["a"]}  # fmt: skip
    [one] = pull(JsonlFile(written(tmp_path, line)))
    assert (one.external_id, one.body, one.language) == ("fb1", "Bad", "en")
    assert (one.rating, one.scale, one.channel) == (2.0, "1-5", Channel.REVIEW)
    assert one.context == {"source": "s", "tags": ["a"]}
    assert one.raw == json.dumps(line).encode() + b"\n"


def test_paths_go_into_objects(tmp_path: Path, pull: Any) -> None:
    """A path with dots is followed; what is left of the object stays as context."""
    line = {
        "id": 1,
        "review": {"text": "Deep down", "device": "x"},
        "user": {"name": "A"},
    }
    [one] = pull(JsonlFile(written(tmp_path, line)))
    assert (one.body, one.author) == ("Deep down", "A")
    assert one.context == {"review": {"device": "x"}}
    [two] = pull(JsonlFile(written(tmp_path, line), columns={"title": "review.device"}))
    assert two.title == "x"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{broken\n", "not JSON"),
        (b'{"text": NaN}\n', "NaN is not JSON"),
        (b'{"text": 1e999}\n', "too large"),
        (b'{"text": "a", "n": 9223372036854775808}\n', "too large"),
        (b'{"n": ' + b"9" * 5000 + b"}\n", "too large"),
        (b"[1, 2]\n", "not a JSON object but an array"),
        (b"null\n", "not a JSON object but null"),
        (b'{"a": ' * 100_000 + b"1" + b"}" * 100_000 + b"\n", "too deep"),
        (b'{"a": ' * 40 + b"1" + b"}" * 40 + b"\n", "nested more than 32 deep"),
        (b'{"id": 5}\n', "it has no text"),
    ],
)
def test_a_bad_line_is_reported_and_the_rest_is_read(
    tmp_path: Path, pull: Any, line: bytes, why: str
) -> None:
    """Each line stands for itself: a bad one keeps its bytes and says what is wrong."""
    path = written(
        tmp_path, {"id": 1, "text": "before it"}, line, {"id": 2, "text": "c d"}
    )
    before, bad, after = pull(JsonlFile(path))
    assert isinstance(bad, Unreadable)
    assert why in bad.why
    assert bad.raw == line
    assert (before.external_id, after.external_id) == ("1", "2")


def test_half_characters_and_nul_are_made_visible(tmp_path: Path, pull: Any) -> None:
    """A lone surrogate and a NUL are replaced in every text; the raw bytes are kept."""
    raw = b'{"id": 1, "text": "a\\ud800b\\u0000c", "x": {"\\udc00": ["\\ud9ff"]}}\n'
    [one] = pull(JsonlFile(written(tmp_path, raw)))
    assert one.body == "a\ufffdb\u2400c"
    assert one.context == {"x": {"\ufffd": ["\ufffd"]}}
    assert one.raw == raw


def test_an_emoji_in_two_escapes_is_one_letter(tmp_path: Path, pull: Any) -> None:
    """A pair of surrogates is the letter it means."""
    [one] = pull(JsonlFile(written(tmp_path, b'{"text": "so \\ud83d\\ude00"}\n')))
    assert one.body == "so 😀"


def test_blank_lines_are_nothing(tmp_path: Path, pull: Any) -> None:
    """Empty lines are skipped, wherever they are."""
    path = written(
        tmp_path, b"\n", {"text": "a b"}, b"  \r\n\n", {"text": "c d"}, b"\n"
    )
    assert [one.body for one in pull(JsonlFile(path))] == ["a b", "c d"]


def test_a_line_over_the_cap_is_reported(
    tmp_path: Path, pull: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line too long to hold is unreadable, its beginning kept, and the next is read."""
    monkeypatch.setattr("triage_connectors.json_rows.LONGEST", 1000)
    path = written(tmp_path, {"text": "a" * 5000}, {"id": 1, "text": "fine"})
    long, fine = pull(JsonlFile(path))
    assert isinstance(long, Unreadable)
    assert "longer than" in long.why
    assert fine.external_id == "1"


def test_an_array_is_read_like_lines(tmp_path: Path, pull: Any) -> None:
    """Each element of an array is a feedback, and a broken end spoils only itself."""
    rows = [{"id": n, "text": f'text, [{n}] "q" \\ }}'} for n in range(5)]
    for text in (json.dumps(rows), json.dumps(rows, indent=2), json.dumps(rows)[:-20]):
        found = pull(JsonlFile(written(tmp_path, text.encode(), name="a.json")))
        assert [one.external_id for one in found[:4]] == ["0", "1", "2", "3"]
        assert found[0].body == rows[0]["text"]
    assert isinstance(found[4], Unreadable)


def test_one_big_object_is_refused_with_a_way_out(tmp_path: Path, pull: Any) -> None:
    """A document that is neither lines nor an array says what would be."""
    text = json.dumps({"reviews": [{"text": "x"}]}, indent=2).encode()
    with pytest.raises(ConfigError, match="neither JSON lines"):
        pull(JsonlFile(written(tmp_path, text, name="a.json")))


def test_an_empty_file_is_an_empty_pull(tmp_path: Path, pull_pages: Any) -> None:
    """Nothing in a file is no error: there is just nothing yet."""
    [page] = pull_pages(JsonlFile(written(tmp_path)))
    assert page.items == ()


def test_a_file_that_is_not_there_says_so(tmp_path: Path, pull: Any) -> None:
    """A wrong path and a folder are errors a person can act on."""
    with pytest.raises(ConfigError, match="no file"):
        pull(JsonlFile(tmp_path / "none.jsonl"))
    with pytest.raises(ConfigError, match="is a folder"):
        pull(JsonlFile(tmp_path))


@pytest.mark.parametrize(
    "cursor", ['{"v": 2}', "nonsense", "[]", '{"v": 1}', '{"v": 1, "size": -1}']
)
def test_a_cursor_of_another_kind_is_refused(
    tmp_path: Path, pull: Any, cursor: str
) -> None:
    """A place this version cannot read is an error that says how to repair it."""
    path = written(tmp_path, {"text": "a b c"})
    with pytest.raises(SourceError, match="from the start"):
        pull(JsonlFile(path), cursor)


def test_an_unchanged_file_yields_no_page(tmp_path: Path, pull_pages: Any) -> None:
    """Where size, time and head are the same, there is nothing to read or to store."""
    path = written(tmp_path, {"text": "a b"})
    last = pull_pages(JsonlFile(path))[-1].cursor
    assert pull_pages(JsonlFile(path), last) == []


def test_a_rewritten_file_is_read_again(
    tmp_path: Path, pull: Any, pull_pages: Any
) -> None:
    """Shrunk, or of the same size with another time: everything comes again."""
    path = written(tmp_path, {"id": 1, "text": "a b"}, {"id": 2, "text": "c d"})
    last = pull_pages(JsonlFile(path))[-1].cursor
    written(tmp_path, {"id": 1, "text": "x y"}, {"id": 2, "text": "c d"})
    os.utime(path, (2, 2))
    assert [one.body for one in pull(JsonlFile(path), last)] == ["x y", "c d"]
    written(tmp_path, {"id": 1, "text": "a b"})
    assert [one.external_id for one in pull(JsonlFile(path), last)] == ["1"]


def append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


async def test_a_half_written_line_waits_while_somebody_writes(tmp_path: Path) -> None:
    """A last line that is no JSON yet is left, and read once it is whole."""
    path = written(tmp_path, {"id": 1, "text": "a b"})
    append(path, b'{"id": 2, ')

    async def write_on() -> None:
        await asyncio.sleep(0.02)
        append(path, b'"te')

    writer = asyncio.create_task(write_on())
    http: Any = None
    [page] = [page async for page in JsonlFile(path).pull(http, None)]
    await writer
    assert [one.external_id for one in page.items] == ["1"]
    append(path, b'xt": "c d"}\n')
    [later] = [page async for page in JsonlFile(path).pull(http, page.cursor)]
    assert [one.external_id for one in later.items] == ["2"]


def test_a_last_line_without_its_end_counts_if_it_is_json(
    tmp_path: Path, pull_pages: Any, pull: Any
) -> None:
    """A whole object needs no line end, and is not read twice when the file grows."""
    path = written(tmp_path, {"id": 1, "text": "a b"}, b'{"id": 2, "text": "c d"}')
    [page] = pull_pages(JsonlFile(path))
    assert [one.external_id for one in page.items] == ["1", "2"]
    append(path, b'\n{"id": 3, "text": "e f"}\n')
    assert [one.external_id for one in pull(JsonlFile(path), page.cursor)] == ["3"]


def test_a_truncated_file_that_nobody_writes_reports_its_end(
    tmp_path: Path, pull: Any
) -> None:
    """A half line in a file that stands still is reported, not lost."""
    path = written(tmp_path, {"id": 1, "text": "a b"}, b'{"id": 2, "te')
    assert isinstance(pull(JsonlFile(path))[1], Unreadable)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=9)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
rows = st.lists(
    st.dictionaries(st.text(max_size=6), values, max_size=4), min_size=1, max_size=12
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=rows)
def test_any_json_is_kept(
    tmp_path: Path, pull: Any, found: list[dict[str, Any]]
) -> None:
    """Whatever an object holds beside its text is in the context or in the raw."""
    lines = [
        {**row, "id": f"r{n}", "text": "here it is"} for n, row in enumerate(found)
    ]
    columns = {"external_id": "id", "body": "text"}
    read = pull(JsonlFile(written(tmp_path, *lines), columns=columns))
    for line, one in zip(lines, read, strict=True):
        assert json.loads(one.raw) == line
        json.dumps(dict(getattr(one, "context", {})), allow_nan=False)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(st.sampled_from(["a", "b", "c", "bad"]), max_size=20))
def test_resuming_at_any_page_equals_pulling_whole(
    tmp_path: Path, pull_pages: Any, found: list[str]
) -> None:
    """Pulled to page k and resumed, the rows and their names are those of one pull."""
    lines = [b"{bad\n" if text == "bad" else {"text": text} for text in found]
    connector = JsonlFile(
        written(tmp_path, *lines, {"text": "end"}), columns={"body": "text"}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "ROWS", 3)
        pages = pull_pages(connector)
        whole = [one for page in pages for one in page.items]
        for count, page in enumerate(pages[:-1], start=1):
            begun = [one for before in pages[:count] for one in before.items]
            rest = [one for p in pull_pages(connector, page.cursor) for one in p.items]
            assert begun + rest == whole


def test_importing_it_brings_no_mail_library() -> None:
    """The connectors of tables load neither the HTML nor the charset library."""
    code = (
        "import sys, triage_connectors.csv_file, triage_connectors.jsonl_file\n"
        "heavy = {'selectolax', 'charset_normalizer', 'mailparser_reply', 'httpx'}\n"
        "sys.exit(len(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_it_recognises_json(tmp_path: Path) -> None:
    """JSON lines and arrays are told by name and content, a table is not."""
    assert JsonlFile.recognises(Path("x.jsonl"), b'{"a": 1}\n') > 90
    assert JsonlFile.recognises(Path("x.json"), b'\n[\n {"a": 1}]') > 80
    assert JsonlFile.recognises(Path("x.txt"), b'{"a": 1}\n{') > 50
    assert JsonlFile.recognises(Path("x.csv"), b"id,text\n") == 0


def test_a_preview_shows_what_was_understood(tmp_path: Path) -> None:
    """Before an import a person sees which name is what, and the first rows."""
    path = written(
        tmp_path, *[{"id": n, "text": "a b", "plan": "pro"} for n in range(9)]
    )
    preview = JsonlFile(path).preview(3)
    assert preview.columns == {"external_id": "id", "body": "text"}
    assert preview.unmapped == ("plan",)
    assert all(isinstance(one, Incoming) for one in preview.rows)
    assert len(preview.rows) == 3
    assert jsonl_file.JsonlFile.summary


def test_wide_encodings_are_read_alike(tmp_path: Path, pull: Any) -> None:
    """UTF-16 lines, indented lines and their escapes mean what they mean in UTF-8."""
    text = (
        " " * 300
        + '{"id": 1, "text": "caf\u00e9 \\ud800"}\n\n{"id": 2, "text": "a b"}\n'
    )
    for encoding in ("utf-8", "utf-16"):
        found = pull(JsonlFile(written(tmp_path, text.encode(encoding))))
        assert [one.body for one in found] == ["caf\u00e9 \ufffd", "a b"]
