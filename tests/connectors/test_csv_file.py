from __future__ import annotations

import csv
import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from triage.connector import Channel, ConfigError, Incoming, Kind, Unreadable
from triage.testing import check
from triage_connectors import paging
from triage_connectors.csv_file import CsvFile

HEADER = "id,date,rating,text,plan\n"


def written(tmp_path: Path, text: str | bytes, name: str = "feedback.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    # Not just now: nobody is writing it any more.
    os.utime(path, (1, 1))
    return path


def test_it_keeps_the_contract_of_connectors(tmp_path: Path) -> None:
    """Whatever a connector promises, the table keeps, with ids and without."""
    rows = "".join(f"r{n},2026-01-02,{n % 5 + 1},text {n},pro\n" for n in range(2300))
    check(lambda: CsvFile(written(tmp_path, HEADER + rows)))
    nameless = "comment\n" + "it hangs\n" * 700 + "it is fine\n" * 400
    check(lambda: CsvFile(written(tmp_path, nameless, "nameless.csv")))


def test_a_plain_table_needs_no_settings(tmp_path: Path, pull: Any) -> None:
    """Columns are recognised by name; what is none of ours is kept in the context."""
    path = written(tmp_path, HEADER + "r1,2026-03-04T05:06:07Z,4,Too slow,pro\n")
    [one] = pull(CsvFile(path))
    assert one == Incoming(
        external_id="r1",
        channel=Channel.REVIEW,
        body="Too slow",
        received_at=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
        rating=4.0,
        scale="1-5",
        metric="stars",
        context={"plan": "pro"},
        raw=b"r1,2026-03-04T05:06:07Z,4,Too slow,pro\n",
    )


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Review ID;Star Rating;Review Text;Reviewer Language;App Version Name", "en"),
        ("Kennung;Bewertung;Kommentar;Sprache;Version", "de"),
        ("identifiant;note;commentaire;langue;version", "fr"),
        ("identificador;puntuación;comentario;idioma;versión", "es"),
        ("externalId;stars;feedbackText;locale;appVersion", "camel"),
    ],
)
def test_headers_are_understood_in_several_languages(
    tmp_path: Path, pull: Any, header: str, found: str
) -> None:
    """An id, a rating, a text, a language and a version are found by their names."""
    path = written(tmp_path, f"{header}\nx1;5;It stops after login;{found};7.2\n")
    [one] = pull(CsvFile(path))
    assert (one.external_id, one.rating, one.body) == (
        "x1",
        5.0,
        "It stops after login",
    )
    assert (one.language, one.app_version) == (found, "7.2")


def test_no_text_column_is_one_clear_error(tmp_path: Path, pull: Any) -> None:
    """Where no column is the text, the error lists the columns and the way out."""
    path = written(tmp_path, "a,b\n1,2\n")
    with pytest.raises(ConfigError, match=r"--map body=COLUMN.*Columns: a, b"):
        pull(CsvFile(path))


def test_a_mapped_column_that_is_not_there_is_one_clear_error(
    tmp_path: Path, pull: Any
) -> None:
    """A column asked for and absent is named, beside those that are there."""
    path = written(tmp_path, "a,b\n1,2\n")
    with pytest.raises(ConfigError, match=r"no column “c” for body.*Columns: a, b"):
        pull(CsvFile(path, columns={"body": "c"}))
    with pytest.raises(ConfigError, match="no field “boddy”"):
        CsvFile(path, columns={"boddy": "a"})


def test_a_mapping_wins_over_names(tmp_path: Path, pull: Any) -> None:
    """What a person maps is taken, an empty mapping leaves a field out."""
    path = written(tmp_path, "id,text,note,rating\n1,title,Long story here,3\n")
    [one] = pull(CsvFile(path, columns={"title": "text", "body": "note", "rating": ""}))
    assert (one.title, one.body, one.rating) == ("title", "Long story here", None)
    assert one.context == {"rating": "3"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_told_from_the_rows(
    tmp_path: Path, pull: Any, delimiter: str
) -> None:
    """Comma, semicolon, tab and bar are all read, quoted line breaks among them."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=delimiter)
    rows.writerows([["id", "text"], ["1", 'a "b", c; d|e\tf\nsecond line'], ["2", "x"]])
    first, second = pull(CsvFile(written(tmp_path, out.getvalue())))
    assert first.body == 'a "b", c; d|e\tf\nsecond line'
    assert second.external_id == "2"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]
)
def test_encodings_are_told_from_the_bytes(
    tmp_path: Path, pull: Any, encoding: str
) -> None:
    """A file is read in the encoding it is in, with a mark or without."""
    text = "id,text\n" + "".join(f"{n},Grüße aus Köln: läuft schön\n" for n in range(9))
    found = pull(CsvFile(written(tmp_path, text.encode(encoding))))
    assert [one.external_id for one in found] == [str(n) for n in range(9)]
    assert {one.body for one in found} == {"Grüße aus Köln: läuft schön"}
    assert b"".join(one.raw for one in found) in text.encode(encoding)


def test_a_broken_letter_spoils_its_own_line_only(tmp_path: Path, pull: Any) -> None:
    """A line that is no UTF-8 is read as Windows-1252; the others stay as they are."""
    good = "1,schöne Grüße und viele Umlaute äöüß\n" * 5
    data = b"id,text\n" + good.encode() + "2,schön\n".encode("cp1252")
    assert pull(CsvFile(written(tmp_path, data)))[-1].body == "schön"
    assert "äöüß" in pull(CsvFile(written(tmp_path, data)))[0].body


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + bytes(200), b"id,text\n" + bytes(range(32)) * 50]
)
def test_a_binary_file_is_refused_in_one_line(
    tmp_path: Path, pull: Any, data: bytes
) -> None:
    """What is no text says so instead of yielding nonsense."""
    with pytest.raises(ConfigError, match="looks binary, not CSV") as caught:
        pull(CsvFile(written(tmp_path, data)))
    assert "\n" not in str(caught.value)


def test_a_guard_of_our_own_export_is_taken_off(tmp_path: Path, pull: Any) -> None:
    """One apostrophe before a formula's first letter goes; any other stays."""
    path = written(tmp_path, "id,text\n1,'=1+1 is what I see\n2,'tis broken again\n")
    assert [one.body for one in pull(CsvFile(path))] == [
        "=1+1 is what I see",
        "'tis broken again",
    ]


def test_day_and_month_are_told_by_the_column(tmp_path: Path, pull: Any) -> None:
    """One 25 in the column settles which number is the day; none means day first."""
    table = "id,date,text\n1,03/04/2026,a b c\n2,{},d e f\n"
    month = pull(CsvFile(written(tmp_path, table.format("12/25/2025"))))[0]
    assert month.received_at == datetime(2026, 3, 4, tzinfo=UTC)
    day = pull(CsvFile(written(tmp_path, table.format("25/12/2025"))))[0]
    assert day.received_at == datetime(2026, 4, 3, tzinfo=UTC)
    neither = pull(CsvFile(written(tmp_path, table.format("01/02/2025"))))[0]
    assert neither.received_at == datetime(2026, 4, 3, tzinfo=UTC)


def test_a_bad_date_spoils_its_own_row_only(tmp_path: Path, pull: Any) -> None:
    """A date nobody can read makes its row unreadable and says why; the next is fine."""
    path = written(tmp_path, "id,date,text\n1,sometime,a b\n2,2026-01-01,c d\n3,,e f\n")
    bad, good, dateless = pull(CsvFile(path))
    assert isinstance(bad, Unreadable)
    assert (bad.external_id, bad.why) == ("1", "“sometime” is not a date")
    assert bad.raw == b"1,sometime,a b\n"
    assert good.received_at is not None
    assert dateless.received_at is None


def test_a_date_format_that_fits_nothing_is_refused(tmp_path: Path, pull: Any) -> None:
    """A format no row follows is a mistake in the settings, not in every row."""
    path = written(tmp_path, "id,date,text\n1,2026-01-05,a b c\n")
    with pytest.raises(ConfigError, match="written as %d"):
        pull(CsvFile(path, date_format="%d.%m.%y"))
    [one] = pull(CsvFile(path, date_format="%Y-%d-%m"))
    assert one.received_at == datetime(2026, 5, 1, tzinfo=UTC)


def test_rows_without_an_id_are_named_by_content(tmp_path: Path, pull: Any) -> None:
    """Equal rows get numbers; a second import and a longer file name them alike."""
    text = "text,date\nslow,2026-01-01\nslow,2026-01-01\nfast,2026-01-01\n"
    first = [one.external_id for one in pull(CsvFile(written(tmp_path, text)))]
    assert len(set(first)) == 3
    assert first[1] == f"{first[0]}:2"
    more = pull(CsvFile(written(tmp_path, text + "slow,2026-01-01\n")))
    assert [one.external_id for one in more][:3] == first
    assert more[3].external_id == f"{first[0]}:3"


def test_an_empty_id_falls_back_to_the_content(tmp_path: Path, pull: Any) -> None:
    """A row whose id is missing is named like rows in tables without ids."""
    one, two = pull(CsvFile(written(tmp_path, "id,text\n,no id here\n7,an id\n")))
    assert one.external_id.startswith("sha256:")
    assert two.external_id == "7"


def test_the_same_id_twice_is_told_twice(tmp_path: Path, pull: Any) -> None:
    """An id that comes again with other words is yielded again: the later wins."""
    found = pull(CsvFile(written(tmp_path, "id,text\n1,before it\n1,after it\n")))
    assert [one.body for one in found] == ["before it", "after it"]


def test_ragged_rows_lose_nothing(tmp_path: Path, pull: Any) -> None:
    """A short row has less, a long one keeps its surplus, an empty one is none."""
    text = "id,text,plan\n1,short row\n\n,,\n2,long row,pro,left,over\n"
    short, long = pull(CsvFile(written(tmp_path, text)))
    assert short.context == {}
    assert long.context == {"plan": "pro", "column 4": "left", "column 5": "over"}


def test_an_unclosed_quote_costs_one_row(tmp_path: Path, pull: Any) -> None:
    """A quote nobody closes makes its line unreadable; the rows after it are read."""
    rows = "".join(f"{n},row {n} is fine\n" for n in range(2, 30))
    found = pull(CsvFile(written(tmp_path, f'id,text\n1,"never closed\n{rows}')))
    assert isinstance(found[0], Unreadable)
    assert "never closed" in found[0].why
    assert [one.external_id for one in found[1:]] == [str(n) for n in range(2, 30)]


def test_a_megabyte_in_a_cell_is_read(tmp_path: Path, pull: Any) -> None:
    """A very long text is feedback like any other."""
    words = "word " * 300_000
    [one] = pull(CsvFile(written(tmp_path, f'id,text\n1,"{words}"\n')))
    assert one.body == words.strip()


def test_nul_is_made_visible_and_raw_is_kept(tmp_path: Path, pull: Any) -> None:
    """A stray NUL becomes a picture in the text and stays as it was in the raw."""
    path = written(tmp_path, b"id,text\n1,zero\x00here and " + b"more " * 50 + b"\n")
    [one] = pull(CsvFile(path))
    assert one.body.startswith("zero\u2400here")
    assert one.raw.startswith(b"1,zero\x00here")


def test_a_row_may_tell_its_channel(tmp_path: Path, pull: Any) -> None:
    """Our channels and their aliases are understood; others are kept as context."""
    text = "id,channel,kind,text\n1,tweet,,a b\n2,support,agent,c d\n3,fax,bug,e f\n"
    tweet, ticket, fax = pull(CsvFile(written(tmp_path, text), channel="survey"))
    assert tweet.channel is Channel.SOCIAL
    assert (ticket.channel, ticket.kind) == (Channel.TICKET, Kind.AGENT)
    assert fax.channel is Channel.SURVEY
    assert fax.context == {"channel": "fax", "kind": "bug"}


def test_a_rating_off_its_scale_is_kept_but_not_counted(
    tmp_path: Path, pull: Any
) -> None:
    """Zero stars of one to five, or a word, is no rating; it stays in the context."""
    text = "id,stars,text\n1,5,a b\n2,0,c d\n3,n/a,e f\n4,4,g h\n"
    found = pull(CsvFile(written(tmp_path, text)))
    assert [one.rating for one in found] == [5.0, None, None, 4.0]
    assert [one.context.get("stars") for one in found] == [None, "0", "n/a", None]
    assert found[1].scale == ""


def test_a_preview_shows_what_was_understood(tmp_path: Path) -> None:
    """Before an import a person sees which column is what, and the first rows."""
    path = written(tmp_path, HEADER + "r1,2026-03-04,4,Too slow,pro\n" * 9)
    preview = CsvFile(path).preview(2)
    assert preview.columns["body"] == "text"
    assert preview.unmapped == ("plan",)
    assert len(preview.rows) == 2


def test_growing_files_yield_what_is_new(
    tmp_path: Path, pull: Any, pull_pages: Any
) -> None:
    """Appended rows come alone; a changed beginning is read again from the start."""
    path = written(tmp_path, HEADER + "a,,1,one is here,x\nb,,2,two is here,x\n")
    last = pull_pages(CsvFile(path))[-1].cursor
    assert pull(CsvFile(path), last) == []
    with path.open("a") as file:
        file.write("c,,3,three is here,x\n")
    assert [one.external_id for one in pull(CsvFile(path), last)] == ["c"]
    path.write_text("id,text\nz,all is new\n")
    assert [one.external_id for one in pull(CsvFile(path), last)] == ["z"]


def test_a_last_row_without_its_end_is_read_again_when_it_grew(
    tmp_path: Path, pull: Any, pull_pages: Any
) -> None:
    """A row that was half written is corrected, not doubled, by the next pull."""
    path = written(tmp_path, "id,text\n1,first row\n2,half a ro")
    pages = pull_pages(CsvFile(path))
    assert [one.body for one in pages[-1].items] == ["first row", "half a ro"]
    with path.open("a") as file:
        file.write("w\n3,third row\n")
    again = pull(CsvFile(path), pages[-1].cursor)
    assert [(one.external_id, one.body) for one in again] == [
        ("2", "half a row"),
        ("3", "third row"),
    ]


def test_it_recognises_tables(tmp_path: Path) -> None:
    """Tables are told by name and content, and other files are not taken for one."""
    table = b"id,text\n1,a b c\n2,d e f\n"
    assert CsvFile.recognises(Path("x.csv"), table) > 80
    assert CsvFile.recognises(Path("x.txt"), table) > 30
    assert CsvFile.recognises(Path("x.jsonl"), b'{"a": 1}\n') == 0
    assert CsvFile.recognises(Path("x.txt"), b"just prose, no table") == 0
    assert CsvFile.recognises(tmp_path, b"") == 0


cells = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=8))
def test_what_is_written_is_read(
    tmp_path: Path, pull: Any, rows: list[tuple[str, str]]
) -> None:
    """Any text a spreadsheet can write comes back, but for white space around it."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "text", "other"])
    for number, (text, other) in enumerate(rows):
        writer.writerow([f"r{number}", f"x{text}", f"x{other}"])
    found = pull(CsvFile(written(tmp_path, out.getvalue())))
    read = [(one.body, one.context["other"]) for one in found]
    assert read == [(f"x{text}".strip(), f"x{other}") for text, other in rows]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_no_bytes_crash_it(tmp_path: Path, pull: Any, data: bytes) -> None:
    """Whatever stands in a file is read or refused with an error of ours."""
    path = written(tmp_path, b"id,text\n1,fine so far\n" + data)
    try:
        found = pull(CsvFile(path))
    except ConfigError:
        return
    for one in found:
        json.dumps(dict(getattr(one, "context", {})))


fragments = st.sampled_from(
    ["1,a b\n", '2,"x\ny"\n', ",no id\n", ",no id\n", '3,"open\n', "\n", "4,a,b,c\n",
     '5,"say ""hi"""\r\n', "6,a\rb\n", ",,\n", "7", '"', "8,'=1\n"]
)  # fmt: skip


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(fragments, max_size=14))
@example(pieces=['"', "1,a b\n", ",no id\n", "4,a,b,c\n", "4,a,b,c\n", ",no id\n"])
def test_resuming_at_any_page_equals_pulling_whole(
    tmp_path: Path, pull_pages: Any, pieces: list[str]
) -> None:
    """Pulled to page k and resumed, the rows and their names are those of one pull."""
    connector = CsvFile(written(tmp_path, "id,text\n" + "".join(pieces)), delimiter=",")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "ROWS", 2)
        pages = pull_pages(connector)
        whole = [one for page in pages for one in page.items]
        for count, page in enumerate(pages[:-1], start=1):
            begun = [one for before in pages[:count] for one in before.items]
            rest = [one for p in pull_pages(connector, page.cursor) for one in p.items]
            assert begun + rest == whole
    assert pull_pages(connector, pages[-1].cursor) == []
