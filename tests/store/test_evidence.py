"""What sources said is kept: once, whole, in order of time, and never half."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import (
    NOON,
    Telling,
    a_pull,
    a_workspace,
    an_incoming,
    derived,
    imported,
    numbered,
    paged,
    pulled,
    regroup,
    said,
    table,
    told_as,
    unreadable,
    unsound,
)
from triage.connector import Channel, Cursor, Incoming, Kind, Page, Unreadable
from triage.errors import Conflict, NotFound
from triage.model import State
from triage.store import codec, evidence, queries
from triage.store.counts import Counts
from triage.workspace import Workspace

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2200, 1, 1, tzinfo=UTC)


def saved(workspace: Workspace, page: Page) -> Counts:
    with workspace.db.write() as write:
        source = evidence.ensure_source(write, "mail", "test")
        batch = evidence.begin_batch(write, source, "test", NOON)
        return evidence.save_page(write, source, batch, page, NOON)


def cursor(workspace: Workspace) -> str | None:
    rows = table(workspace.db, "source")
    return rows[0][3] if rows else None


# Pages


def test_a_page_and_its_cursor_are_one(workspace: Workspace) -> None:
    """A page that cannot be stored moves no cursor; one that is moves it along."""
    saved(workspace, Page([an_incoming("1")], Cursor("one")))
    broken = an_incoming("2", context={"when": NOON})
    with pytest.raises(TypeError):
        saved(workspace, Page([an_incoming("3"), broken], Cursor("two")))
    assert cursor(workspace) == "one"
    assert workspace.counts()["feedback"] == 1
    saved(workspace, Page([an_incoming("3")], Cursor("two")))
    assert cursor(workspace) == "two"


def test_a_page_without_a_cursor_keeps_the_last_one(workspace: Workspace) -> None:
    """Where a page cannot be resumed from, an earlier cursor stands."""
    saved(workspace, Page([an_incoming("1")], Cursor("one")))
    saved(workspace, Page([an_incoming("2")], None))
    assert cursor(workspace) == "one"


def test_a_repeated_page_changes_nothing(workspace: Workspace) -> None:
    """Pulled twice, a page is counted as the same, and not a row is written."""
    page = Page([*numbered(["one", "two", "three"]), unreadable("9")], Cursor("1"))
    first = saved(workspace, page)
    before = said(workspace.db), derived(workspace.db), table(workspace.db, "pending")
    again = saved(workspace, page)
    after = said(workspace.db), derived(workspace.db), table(workspace.db, "pending")
    assert before == after
    assert (first.new, first.quarantined) == (3, 1)
    assert (again.new, again.changed, again.same, again.quarantined) == (0, 0, 3, 1)
    assert first.total == again.total == 4


def test_every_input_is_counted_once(workspace: Workspace) -> None:
    """New, changed, same and quarantined add up to what was read."""
    saved(workspace, Page([*numbered(["one", "two"]), unreadable("3")], None))
    counts = saved(
        workspace,
        Page(
            [an_incoming("1", "one"), an_incoming("2", "else"), unreadable("3"),
             unreadable("4"), an_incoming("5"), an_incoming("5")],
            None,
        ),
    )  # fmt: skip
    assert counts.as_dict() == {"new": 1, "changed": 1, "same": 2, "quarantined": 2}


# Changes at the source


def test_an_edit_replaces_and_is_kept(workspace: Workspace) -> None:
    """What a source changes is changed here; what it said before stays as a revision."""
    saved(workspace, Page([an_incoming("1", "before", raw=b"RAW BEFORE" * 99)], None))
    counts = saved(workspace, Page([an_incoming("1", "after", raw=b"RAW AFTER")], None))
    one = workspace.feedback("f1")
    assert (counts.changed, one.body) == (1, "after")
    assert workspace.raw(one) == b"RAW AFTER"
    (row,) = workspace.db.read().execute("SELECT * FROM revision").fetchall()
    assert '"body":"before"' in row["before"]
    assert codec.unpack(row["encoding"], row["bytes"]) == b"RAW BEFORE" * 99


def test_an_edit_keeps_number_key_and_decision(workspace: Workspace) -> None:
    """After an edit it is still the same feedback, where a person put it."""
    imported(workspace, numbered(["before", "other"]))
    one = workspace.feedback("f1")
    workspace.decline([one], "not planned")
    imported(workspace, [an_incoming("1", "after", received_at=NOON)])
    again = workspace.feedback("f1")
    assert (again.id, again.number, again.body) == (one.id, 1, "after")
    assert workspace.dispositions([one.id])[one.id].state is State.DECLINED
    assert unsound(workspace) == {}


def test_an_older_telling_never_overwrites(workspace: Workspace) -> None:
    """A telling edited earlier than the one stored is read and left aside."""
    newer = an_incoming("1", "newer", edited_at=NOON + timedelta(hours=2))
    older = an_incoming("1", "older", edited_at=NOON + timedelta(hours=1))
    saved(workspace, Page([newer], None))
    assert saved(workspace, Page([older], None)).same == 1
    assert workspace.feedback("f1").body == "newer"
    assert table(workspace.db, "revision") == []


@given(st.permutations([1, 2, 3]), st.integers(1, 3))
@settings(max_examples=18)
def test_the_latest_edit_stands(order: Sequence[int], size: int) -> None:
    """However tellings are ordered and paged, the one edited last stands."""
    told = [
        an_incoming("1", f"edit {hour}", edited_at=NOON + timedelta(hours=hour))
        for hour in order
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        a_workspace(Path(folder)) as workspace,
    ):
        for page in paged(told, size):
            saved(workspace, page)
        assert workspace.feedback("f1").body == "edit 3"


# What cannot be read


def test_the_unreadable_is_kept_byte_for_byte(workspace: Workspace) -> None:
    """An input nobody can read has a row, its reason and its bytes; nobody triages it."""
    raw = bytes(range(256)) * 5000
    imported(workspace, [unreadable("1", raw), an_incoming("2")])
    (found,) = workspace.quarantined()
    assert (found.external_id, found.why) == ("1", "it is no text")
    assert queries.raw(workspace.db.read(), found.feedback_id) == raw
    assert workspace.counts()["feedback"] == 1
    assert len(workspace.ids()) == 1
    assert len(workspace.ids(None, "text")) == 0


def test_what_becomes_readable_is_feedback(workspace: Workspace) -> None:
    """Understood at last, it changes, comes to the inbox and is found; nothing is lost."""
    imported(workspace, [unreadable("1", b"\xff")])
    ended = imported(workspace, [an_incoming("1", "readable now", raw=b"\xff")])
    assert ended.counts.changed == 1
    one = workspace.feedback("f1")
    assert list(workspace.ids()) == list(workspace.ids(None, "readable")) == [one.id]
    assert workspace.quarantined() == []
    assert workspace.raw(one) == b"\xff"
    assert unsound(workspace) == {}


@given(st.binary(max_size=3000))
@settings(max_examples=30)
def test_raw_bytes_come_back(raw: bytes) -> None:
    """Whatever bytes a source sent, packed and unpacked they are the same."""
    assert codec.unpack(*codec.pack(raw)) == raw
    assert codec.unpack(*codec.pack(raw * 40)) == raw * 40


HOSTILE = st.text(
    st.characters() | st.sampled_from("\x00\x1b\ud800\udfff\u202e\uffff'\"*;"),
    max_size=40,
)


@given(HOSTILE, HOSTILE, HOSTILE.filter(bool))
@settings(max_examples=40)
def test_no_text_breaks_the_store(title: str, body: str, name: str) -> None:
    """Control characters, NUL and lone surrogates are stored; nothing else is altered."""
    with (
        tempfile.TemporaryDirectory() as folder,
        a_workspace(Path(folder)) as workspace,
    ):
        told: list[Incoming | Unreadable] = [
            an_incoming(name, body, title=title, author=name, received_at=NOON),
            Unreadable(external_id=name + "!", raw=b"", why=title + "?"),
        ]
        imported(workspace, told)
        one = workspace.feedback("f1")
        assert [one.title, one.body] == [_storable(title), _storable(body)]
        assert imported(workspace, told).counts.as_dict() == {
            "new": 0, "changed": 0, "same": 1, "quarantined": 1,
        }  # fmt: skip
        assert unsound(workspace) == {}


def _storable(text: str) -> str:
    return "".join(
        "\u2400" if one == "\x00" else "\ufffd" if "\ud800" <= one < "\ue000" else one
        for one in text
    )


# Order


def keyed(moments: Sequence[datetime], size: int) -> list[tuple[int, int, datetime]]:
    """(key, number, received_at) by key, of feedback that came at these moments."""
    told = [
        an_incoming(str(index), "x", received_at=at) for index, at in enumerate(moments)
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        a_workspace(Path(folder)) as workspace,
    ):
        for page in paged(told, size):
            saved(workspace, page)
        rows = workspace.db.read().execute(
            "SELECT id, number, received_at FROM feedback ORDER BY id"
        )
        return [(row[0], row[1], codec.must_be_time(row[2])) for row in rows]


SECONDS = st.integers(0, 7_000_000_000).map(lambda s: LONG_AGO + timedelta(seconds=s))
FEW = st.integers(0, 4).map(lambda s: NOON + timedelta(seconds=s))


@given(st.lists(FEW | FEW | SECONDS, min_size=1, max_size=60), st.integers(1, 60))
@settings(max_examples=40)
def test_keys_follow_time(moments: Sequence[datetime], size: int) -> None:
    """Told to the second, keys are unique and in order of time, then of arrival."""
    found = keyed(moments, size)
    assert [at for _, _, at in found] == sorted(moments)
    assert found == sorted(found, key=lambda one: (one[2], one[1]))
    assert sorted(number for _, number, _ in found) == list(range(1, len(moments) + 1))
    for key, number, at in found:
        assert moments[number - 1] == at
        assert 0 <= key - codec.to_key(at) < 1_000_000
        assert key < 2**53


@given(
    st.lists(st.integers(0, 6), min_size=1, max_size=30), st.integers(1, 30),
    st.sampled_from([1, 7, 1000]),
)  # fmt: skip
@settings(max_examples=40)
def test_crowded_keys_are_unique_and_near(
    ticks: Sequence[int], size: int, width: int
) -> None:
    """Microseconds apart, keys are still unique, and a key is near its moment."""
    moments = [NOON + timedelta(microseconds=tick * width) for tick in ticks]
    found = keyed(moments, size)
    assert len({key for key, _, _ in found}) == len(moments)
    for key, _, at in found:
        assert 0 <= key - codec.to_key(at) <= 2 * len(moments) + 7
    if width == 1000:
        assert [at for _, _, at in found] == sorted(moments)


def test_a_burst_keeps_its_order(workspace: Workspace) -> None:
    """Thousands at one moment, over many pages, stay in order of arrival, quickly."""
    told = [
        an_incoming(
            str(n), "x", received_at=NOON + timedelta(milliseconds=700 * (n % 2))
        )
        for n in range(6000)
    ]
    imported(workspace, told, page=500, group=False)
    rows = workspace.db.read().execute("SELECT number FROM feedback ORDER BY id")
    even, odd = range(1, 6000, 2), range(2, 6001, 2)
    assert [row[0] for row in rows] == [*even, *odd]


@pytest.mark.parametrize(
    "at", [datetime(33, 1, 1, tzinfo=UTC), LONG_AGO, FAR_AHEAD, datetime(9999, 12, 31, tzinfo=UTC)]
)  # fmt: skip
def test_any_year_is_kept(workspace: Workspace, at: datetime) -> None:
    """A moment of any year is read as it was told, and its text sorts as time."""
    imported(workspace, [an_incoming("1", received_at=at, edited_at=at)])
    one = workspace.feedback("f1")
    assert (one.received_at, one.edited_at) == (at, at)
    texts = [codec.to_text(moment) for moment in (at, NOON)]
    assert (at < NOON) == ((texts[0] or "") < (texts[1] or ""))


def test_without_a_moment_it_is_the_import(workspace: Workspace) -> None:
    """Where a source cannot tell when, the moment of import stands, and stays."""
    told = Incoming(external_id="1", channel=Channel.NOTE, body="said some time")
    saved(workspace, Page([told], None))
    assert workspace.feedback("f1").received_at == NOON
    assert saved(workspace, Page([told], None)).same == 1


# Who said it


def test_one_address_is_one_customer(workspace: Workspace) -> None:
    """The same address is the same customer everywhere; a bare name only at a source."""
    for source in ("mail", "desk"):
        told = [
            an_incoming("1", author="Ann", email="Ann@Example.org"),
            an_incoming("2", author="", email="ann@example.ORG", company="Acme"),
            an_incoming("3", author="Bo"),
            an_incoming("4"),
        ]
        imported(workspace, told, source=source)
    found = {
        source: [one.customer_id for one in told_as(workspace, *"1234", source=source)]
        for source in ("mail", "desk")
    }
    assert found["mail"][:2] == found["desk"][:2] == [found["mail"][0]] * 2
    assert found["mail"][2] != found["desk"][2]
    assert found["mail"][3] is None
    ((_, _, name, _, company, _),) = [
        row for row in table(workspace.db, "customer") if row[1].startswith("mailto:")
    ]
    assert (name, company) == ("Ann", "Acme")


# Taken back


TEXTS = st.sampled_from(
    [
        "great app",
        "the export loses every tag i gave",
        "please add a dark mode soon",
        "meh",
    ]
)
PEOPLE = st.sampled_from(["", "Ann", "Bo"])


@st.composite
def batches(draw: st.DrawFn) -> list[Incoming | Unreadable]:
    """A batch: some new, some told before, some unreadable."""
    told: list[Incoming | Unreadable] = []
    for name in draw(st.lists(st.integers(1, 8), min_size=1, max_size=8)):
        if draw(st.integers(0, 5)) == 0:
            told.append(unreadable(str(name)))
        else:
            author = draw(PEOPLE)
            told.append(
                an_incoming(
                    str(name), draw(TEXTS), author=author,
                    email=f"{author}@example.org" if author and draw(st.booleans()) else "",
                    kind=draw(st.sampled_from([Kind.FEEDBACK, Kind.FEEDBACK, Kind.AUTO])),
                )
            )  # fmt: skip
    return told


@given(batches(), batches(), st.integers(1, 8), st.booleans())
@settings(max_examples=60)
def test_taking_back_restores_what_was(
    first: list[Incoming | Unreadable], second: list[Incoming | Unreadable],
    size: int, group: bool,
) -> None:  # fmt: skip
    """After a batch is taken back, evidence, queue and groups are as before it came."""
    with (
        tempfile.TemporaryDirectory() as folder,
        a_workspace(Path(folder)) as workspace,
    ):
        imported(workspace, first)
        before = _without_names(said(workspace.db)), derived(workspace.db)
        ended = imported(workspace, second, page=size, group=group)
        workspace.take_back(ended.batch_id)
        regroup(workspace)
        after = _without_names(said(workspace.db)), derived(workspace.db)
        assert before[0] == after[0]
        assert before[1]["queue"] == after[1]["queue"]
        assert _groups(before[1]) == _groups(after[1])
        assert unsound(workspace) == {}
        assert not workspace.counts()["pending"]


def _without_names(tables: dict[str, list[tuple[Any, ...]]]) -> Any:
    """Customers by key and address: the last one heard gives the name."""
    return tables | {
        "customer": [(row[0], row[1], row[3]) for row in tables["customer"]]
    }


def _groups(tables: dict[str, list[tuple[Any, ...]]]) -> set[tuple[int, int]]:
    """Who is in which group; by which of them the machine calls it is its own affair."""
    return {
        (feedback_id, group_id) for feedback_id, _, group_id in tables["membership"]
    }


def test_nobody_is_remembered_for_what_was_taken_back(workspace: Workspace) -> None:
    """Customers heard in one batch only go with it, and their names with them."""
    imported(workspace, [an_incoming("1", author="Ann", email="ann@example.org")])
    told = [
        an_incoming("2", author="Secret Name", email="ann@example.org", company="Hush"),
        an_incoming("3", author="Gone", email="gone@example.org"),
    ]
    workspace.take_back(imported(workspace, told).batch_id)
    assert [row[1:] for row in table(workspace.db, "customer")] == [
        ("mailto:ann@example.org", "Ann", "ann@example.org", "", "example.org")
    ]


def test_what_decisions_rest_on_stays(workspace: Workspace) -> None:
    """Refused, with their number, while decisions rest on it; done once they are undone."""
    kept = imported(workspace, [an_incoming("1")])
    ended = imported(workspace, numbered(["one text here", "another text", "third"], 5))
    one, other, third = told_as(workspace, "5", "6", "7")
    workspace.accept([one], "It hurts")
    workspace.merge([other], [third])
    before = said(workspace.db)
    with pytest.raises(
        Conflict, match=r"1 disposition, 1 evidence, 2 ruling.*undo them"
    ):
        workspace.take_back(ended.batch_id)
    assert before == said(workspace.db)
    workspace.undo()
    workspace.undo()
    assert workspace.take_back(ended.batch_id) == 3
    assert workspace.counts()["feedback"] == 1
    assert workspace.take_back(kept.batch_id) == 1


def test_taken_back_in_order(workspace: Workspace) -> None:
    """A batch that a later one changed waits for that one; twice is refused."""
    first = imported(workspace, [an_incoming("1", "one")])
    second = imported(workspace, [an_incoming("1", "two")])
    with pytest.raises(Conflict, match="take that one back first"):
        workspace.take_back(first.batch_id)
    workspace.take_back(second.batch_id)
    assert workspace.feedback("f1").body == "one"
    workspace.take_back(first.batch_id)
    with pytest.raises(Conflict, match="already"):
        workspace.take_back(first.batch_id)
    with pytest.raises(NotFound, match="no import b99"):
        workspace.take_back(99)


def test_after_taking_back_the_next_sync_reads_everything(workspace: Workspace) -> None:
    """The cursor goes too, so that what was taken back can come again."""
    connector = Telling(paged(numbered(["one", "two", "three"]), 1))
    ended = pulled(workspace.db, a_pull(connector))[-1]
    workspace.take_back(getattr(ended, "batch_id", 0))
    pulled(workspace.db, a_pull(connector))
    assert connector.asked == [None, None]
    assert workspace.counts()["feedback"] == 3


def test_large_batches_go_whole(workspace: Workspace) -> None:
    """A thousand copies taken back leave what came before and after, still findable."""
    text = "the export to pdf loses all my tags when the notebook is large"
    ended = imported(workspace, numbered([text] * 1200, 10))
    imported(workspace, numbered([text, text], 5000))
    workspace.take_back(ended.batch_id)
    regroup(workspace)
    assert workspace.counts()["feedback"] == 2
    like = "the export to pdf loses all of my tags when the notebook is large"
    imported(workspace, [replace(an_incoming("9000", like), received_at=NOON)])
    assert len(workspace.group("f1203").members) == 3
    assert unsound(workspace) == {}
