"""The one door: what front ends ask, and what a person's acts come to."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from factories import (
    NOON,
    a_workspace,
    an_incoming,
    derived,
    imported,
    numbered,
    said,
    told_as,
    unsound,
)
from triage.connector import Kind
from triage.errors import ConfigError, NotFound, UsageError
from triage.model import Extent, Horizon, Importance, State
from triage.operations.pain_points import Span
from triage.sync import Ended, SyncEvent
from triage.workspace import Workspace

TAGS = "the export to a file loses all tags of a large notebook"
SLOW = "sync between phone and laptop takes an hour every morning"
LATER = timedelta(days=3)


def soon() -> datetime:
    return datetime.now(UTC) + LATER


# Lists


def test_the_inbox_is_groups_newest_first(workspace: Workspace) -> None:
    """One line a group, standing at its newest member, with how many speak in it."""
    told = [
        an_incoming("1", TAGS, author="Ann"),
        an_incoming("2", SLOW, author="Bo"),
        an_incoming("3", TAGS, author="Cy"),
        an_incoming("4", TAGS, author="Ann"),
    ]
    imported(workspace, told)
    imported(workspace, [an_incoming("5", TAGS, author="Ann")], source="desk")
    rows = workspace.rows(workspace.ids())
    assert [(row.number, row.items, row.total, row.people, row.sources) for row in rows] == [
        (5, 4, 4, 3, 2), (2, 1, 1, 1, 1),
    ]  # fmt: skip
    assert workspace.tally()["inbox"] == 2
    assert rows[0].opening == TAGS
    assert rows[0].received_at == NOON + timedelta(minutes=5)


def test_a_group_stands_in_every_queue_it_has_members_in(workspace: Workspace) -> None:
    """Decided in part, a group is one line in each queue, counting what is there."""
    imported(workspace, numbered([TAGS] * 3))
    first, second, third = told_as(workspace, "1", "2", "3")
    workspace.archive([third])
    (row,) = workspace.rows(workspace.ids(State.INBOX))
    assert (row.id, row.items, row.total) == (second.id, 2, 3)
    (row,) = workspace.rows(workspace.ids(State.ARCHIVED), State.ARCHIVED)
    assert (row.id, row.items, row.total) == (third.id, 1, 3)
    workspace.archive([first, second])
    assert list(workspace.ids(State.INBOX)) == []
    assert list(workspace.ids(State.ARCHIVED)) == [third.id]


def test_only_customers_words_are_triaged(workspace: Workspace) -> None:
    """Automatic mail and our own answers are kept and counted, never listed."""
    imported(
        workspace,
        [an_incoming("1"), an_incoming("2", kind=Kind.AUTO), an_incoming("3", kind=Kind.AGENT)],
    )  # fmt: skip
    assert len(workspace.ids()) == len(workspace.ids(None, "export")) == 1
    counts = workspace.counts()
    assert (counts["feedback"], counts["automatic"], counts["agent"]) == (1, 1, 1)


def test_what_is_snoozed_comes_back(workspace: Workspace) -> None:
    """Snoozed, it is out of sight; when its time has come, it is in the inbox again."""
    imported(workspace, numbered([TAGS, SLOW]))
    (one,) = told_as(workspace, "1")
    workspace.snooze([one], datetime.now(UTC) + timedelta(milliseconds=40))
    assert workspace.tally() == {"inbox": 1, "snoozed": 1}
    threading.Event().wait(0.06)
    assert unsound(workspace) == {}
    workspace.wake()
    assert len(workspace.ids()) == 2
    with pytest.raises(UsageError, match="is not in the future"):
        workspace.snooze([one], NOON)


def test_arrivals_are_counted(workspace: Workspace) -> None:
    """A frozen list knows how many came since it was opened."""
    imported(workspace, numbered([TAGS, SLOW]))
    seen = workspace.last_number()
    imported(workspace, [an_incoming("5"), an_incoming("6", kind=Kind.AUTO)])
    assert (seen, workspace.arrivals(seen)) == (2, 1)


def test_what_one_customer_said(workspace: Workspace) -> None:
    """Everything the same person said, newest first; a stranger is alone."""
    told = [
        an_incoming(str(n), f"text {n}", email="ann@example.org") for n in (1, 2, 3)
    ]
    imported(workspace, [*told, an_incoming("4", "text 4")])
    one, *_ = told_as(workspace, "1")
    stranger = workspace.feedback("f4")
    assert [found.number for found in workspace.of_customer(one)] == [3, 2, 1]
    assert workspace.of_customer(stranger) == [stranger]


def test_a_customers_turn(workspace: Workspace) -> None:
    """However much one person said, each message has its place among all of them."""
    told = [
        an_incoming(str(n), f"text {n}", email="ann@example.org") for n in range(1, 31)
    ]
    imported(workspace, [*told, an_incoming("40", "text 40")])
    assert [workspace.times_heard(one) for one in told_as(workspace, "1", "30", "40")] == [
        (1, 30), (30, 30), (1, 1),
    ]  # fmt: skip


# Ids


@pytest.mark.parametrize("name", ["f2", "2", "F2", " f2 "])
def test_ids_as_people_type_them(workspace: Workspace, name: str) -> None:
    """With or without its letter, in capitals, with spaces around."""
    imported(workspace, numbered([TAGS, SLOW]))
    assert workspace.feedback(name).body == SLOW


@pytest.mark.parametrize(
    ("name", "error"),
    [("f99", NotFound), ("p1", NotFound), ("x", UsageError), ("", UsageError),
     ("f-1", UsageError), ("f1; DROP", UsageError), ("f" + "9" * 30, UsageError)],
)  # fmt: skip
def test_ids_that_are_none(
    workspace: Workspace, name: str, error: type[Exception]
) -> None:
    """What is no id, or nobody's, is said in a sentence."""
    imported(workspace, numbered([TAGS]))
    with pytest.raises(error, match=r"no feedback|no id|is no"):
        workspace.feedback(name)


def test_every_noun_has_its_letter(workspace: Workspace) -> None:
    """g, p, e and r name groups, pain points, evidence and plans; others are refused."""
    imported(workspace, numbered([TAGS, TAGS]))
    workspace.accept(told_as(workspace, "1", "2"), "It hurts")
    workspace.plan("Repair it")
    assert workspace.group("g1") == workspace.group("f2") == workspace.group("2")
    assert workspace.pain_point("p1").pain_point.title == "It hurts"
    assert workspace.evidence("e2").quote == TAGS
    assert workspace.roadmap_item("r1").title == "Repair it"
    for ask, name in (
        (workspace.group, "p1"), (workspace.pain_point, "r1"), (workspace.evidence, "e9"),
        (workspace.roadmap_item, "r9"), (workspace.group, 12345),
    ):  # fmt: skip
        with pytest.raises(UsageError):
            ask(name)


# Deciding


def test_accepting_quotes(workspace: Workspace) -> None:
    """The chosen words of the first, the others whole, all evidence of one pain point."""
    imported(workspace, numbered([TAGS, TAGS, SLOW]))
    first, second, other = told_as(workspace, "1", "2", "3")
    workspace.accept(
        [first, second], " Exports lose tags ", span=Span(4, 10),
        importance=Importance.CRITICAL, statement="Tags matter",
    )  # fmt: skip
    workspace.accept([other], 1, observed=False)
    view = workspace.pain_point(1)
    assert view.pain_point.title == "Exports lose tags"
    assert view.pain_point.statement == "Tags matter"
    assert [quote.evidence.quote for quote in view.quotes] == ["export", TAGS, SLOW]
    assert [quote.evidence.observed for quote in view.quotes] == [True, True, False]
    assert workspace.evidence_of(first)[0].importance is Importance.CRITICAL


def test_accepting_again_adds_no_evidence(workspace: Workspace) -> None:
    """The same quote for the same pain point is evidence once."""
    imported(workspace, numbered([TAGS]))
    said = told_as(workspace, "1")
    workspace.accept(said, "It hurts")
    assert workspace.accept(said, 1) is None
    assert workspace.accept(said, 1, span=Span(0, 3))
    assert workspace.counts()["evidence"] == 2


def test_a_refused_accept_changes_nothing(workspace: Workspace) -> None:
    """No feedback, no title, no such pain point: refused, and no trace of an attempt."""
    imported(workspace, numbered([TAGS]))
    one = told_as(workspace, "1")
    for feedback, point in ((one, " "), ([], "It hurts"), (one, 7)):
        with pytest.raises(UsageError):
            workspace.accept(feedback, point)
    with pytest.raises(UsageError, match="are not in f1"):
        workspace.accept(one, "It hurts", span=Span(0, 999))
    assert workspace.history() == []
    assert workspace.pain_points() == []


def test_what_joins_later_gets_the_same(workspace: Workspace) -> None:
    """New members of a decided group come to the inbox; one act gives them the same."""
    imported(workspace, numbered([TAGS, TAGS]))
    workspace.accept(told_as(workspace, "1", "2"), "It hurts")
    imported(workspace, numbered([TAGS, TAGS], 5))
    assert workspace.rows(workspace.ids())[0].items == 2
    group = workspace.group("g1")
    workspace.same_again(group)
    assert list(workspace.ids()) == []
    assert len(workspace.pain_point(1).quotes) == 4
    with pytest.raises(UsageError, match="no earlier decision"):
        workspace.same_again(workspace.group("g1"))
    workspace.undo()
    assert workspace.rows(workspace.ids())[0].items == 2


def test_the_same_decline_keeps_its_reason(workspace: Workspace) -> None:
    """Where the others were declined, so are the newcomers, for the same reason."""
    imported(workspace, numbered([SLOW]))
    workspace.decline(told_as(workspace, "1"), "works as designed")
    imported(workspace, [an_incoming("2", SLOW)])
    workspace.same_again(workspace.group("g1"))
    (two,) = told_as(workspace, "2")
    assert workspace.dispositions([two.id])[two.id].reason == "works as designed"


def test_whoever_slept_enough_waits_too(tmp_path: Path) -> None:
    """A snooze that is over is no decision to repeat; its feedback gets the others'."""
    now = NOON
    with Workspace(tmp_path / "work.db", clock=lambda: now) as workspace:
        imported(workspace, numbered([SLOW, SLOW, SLOW]))
        workspace.snooze(told_as(workspace, "1"), NOON + timedelta(hours=1))
        workspace.archive(told_as(workspace, "2"))
        now = NOON + timedelta(hours=2)
        workspace.same_again(workspace.group("g1"))
        assert list(workspace.ids()) == []
        assert workspace.tally()["archived"] == 1
        assert (
            workspace.rows(workspace.ids(State.ARCHIVED), State.ARCHIVED)[0].items == 3
        )
        assert unsound(workspace) == {}


def test_a_split_and_a_merge_are_seen_at_once(workspace: Workspace) -> None:
    """Groups follow a ruling in the same breath, and its undo too."""
    imported(workspace, numbered([TAGS, TAGS, SLOW]))
    before = derived(workspace.db)
    first, second, other = told_as(workspace, "1", "2", "3")
    workspace.split([second])
    assert len(workspace.ids()) == 3
    workspace.merge([second], [other])
    assert [one.feedback.number for one in workspace.group_of(other).members] == [3, 2]
    assert len(workspace.group_of(first).members) == 1
    with pytest.raises(UsageError, match="nobody else to split from"):
        workspace.split([first])
    workspace.undo()
    workspace.undo()
    assert before == derived(workspace.db)


def test_the_roadmap_counts_people(workspace: Workspace) -> None:
    """A plan knows which pain it settles and how many people feel it, each once."""
    told = [
        an_incoming(str(n), f"{TAGS} {n}", email=f"{n % 2}@example.org")
        for n in range(1, 5)
    ]
    imported(workspace, [*told, an_incoming("9", SLOW)])
    workspace.accept(told_as(workspace, "1", "2", "3"), "One")
    workspace.accept(told_as(workspace, "4", "9"), "Two")
    item = workspace.plan("Repair", Horizon.NOW)
    workspace.plan("Nothing", Horizon.LATER)
    for view, _ in workspace.pain_points():
        workspace.link(view.pain_point, item, Extent.PARTIAL)
        assert workspace.link(view.pain_point, item) is None
    first, second = workspace.roadmap()
    assert (first.item.title, first.people, len(first.pain_points)) == ("Repair", 3, 2)
    assert (second.item.title, second.people, second.pain_points) == ("Nothing", 0, ())
    point = workspace.pain_point(1).pain_point
    workspace.unlink(point, item)
    with pytest.raises(NotFound, match="p1 is not linked to r1"):
        workspace.unlink(point, item)


def test_guesses_know_what_was_accepted(workspace: Workspace) -> None:
    """Feedback like earlier evidence is offered its pain point, with the quote that says so."""
    imported(
        workspace, numbered([TAGS, SLOW, "my tags are gone after an export to a file"])
    )
    workspace.accept(told_as(workspace, "1"), "Exports lose tags")
    workspace.accept(told_as(workspace, "2"), "Sync is slow")
    (third,) = told_as(workspace, "3")
    best, *_ = workspace.guesses(third)
    assert best.pain_point.title == "Exports lose tags"
    assert best.quote in {TAGS, "Exports lose tags"}
    assert {"tags", "export"} <= set(best.words)
    assert best.confidence is None
    assert best.share == best.likeness
    assert [one.title for one in workspace.find_pain_points("sync slow")][:1] == [
        "Sync is slow"
    ]
    assert [one.id for one in workspace.find_pain_points("")] == [2, 1]


def test_explaining_is_the_same_from_either_side(workspace: Workspace) -> None:
    """Why two do or do not say the same, in words, whichever is named first."""
    imported(workspace, numbered([TAGS, f"{TAGS} every time", "", SLOW]))
    one, like, empty, other = told_as(workspace, "1", "2", "3", "4")
    there, back = workspace.explain(one, like), workspace.explain(like, one)
    assert there["score"] == back["score"]
    assert there["left"] == back["right"]
    assert workspace.explain(one, one)["score"] == 100
    for odd in (empty, other):
        assert workspace.explain(one, odd)["band"] == "apart"


# Bringing in


def brought(workspace: Workspace, file: Path, connector: str = "") -> Ended:
    async def all_of_it() -> list[SyncEvent]:
        events = workspace.import_file(file, connector=connector)
        return [event async for event in events]

    (ended,) = [event for event in asyncio.run(all_of_it()) if isinstance(event, Ended)]
    return ended


def test_an_import_is_a_batch(workspace: Workspace, tmp_path: Path) -> None:
    """A file comes in as one batch under its name; again, and nothing changes."""
    file = tmp_path / "reviews.jsonl"
    file.write_text('{"id": 1, "body": "one"}\n{"id": 2, "body": "two"}\nno json\n')
    ended = brought(workspace, file)
    assert ended.counts.as_dict() == {
        "new": 2,
        "changed": 0,
        "same": 0,
        "quarantined": 1,
    }
    before = said(workspace.db), derived(workspace.db)
    again = brought(workspace, file)
    assert again.counts.as_dict() == {
        "new": 0,
        "changed": 0,
        "same": 2,
        "quarantined": 1,
    }
    assert before == (said(workspace.db), derived(workspace.db))
    assert [(batch.label, batch.source) for batch in workspace.imports()] == [
        ("reviews.jsonl", "reviews")
    ] * 2
    workspace.take_back(again.batch_id)
    assert before == (said(workspace.db), derived(workspace.db))
    assert workspace.take_back(ended.batch_id) == 3
    assert said(workspace.db) == {name: [] for name in said(workspace.db)}
    assert list(workspace.ids()) == []


def test_a_bad_file_leaves_no_trace(workspace: Workspace, tmp_path: Path) -> None:
    """Not there, or of no known kind, or by no known reader: nothing is written."""
    (tmp_path / "blob.bin").write_bytes(bytes(range(256)) * 9)
    for file, reader in (
        ("none.csv", ""), ("none.csv", "csv"), ("blob.bin", ""), ("blob.bin", "carrier pigeon"),
    ):  # fmt: skip
        with pytest.raises((UsageError, ConfigError)):
            brought(workspace, tmp_path / file, connector=reader)
    assert workspace.imports() == []
    assert workspace.sources() == []


def test_absurd_numbers_are_not_taken_over(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A restored backlog keeps its numbers unless they would leave no room for others."""
    imported(workspace, numbered([TAGS, SLOW]))
    workspace.accept(told_as(workspace, "1"), "It hurts")
    workspace.export("json", tmp_path / "backlog.json")
    file = tmp_path / "odd.json"
    text = (tmp_path / "backlog.json").read_text(encoding="utf-8")
    file.write_text(text.replace('"f1"', '"f999999999999"'), encoding="utf-8")
    with a_workspace(tmp_path, "second.db") as second:
        second.restore(file)
        assert second.feedback("f1").body == TAGS
        imported(second, numbered([TAGS, TAGS]), source="desk")
        assert len(second.group("g1").members) == 3
        assert unsound(second) == {}


def test_several_threads_read_while_one_writes(tmp_path: Path) -> None:
    """A list on the screen and a pull in the background share one workspace."""
    errors: list[BaseException] = []
    with a_workspace(tmp_path) as workspace:
        imported(workspace, numbered([TAGS, SLOW]))
        stop = threading.Event()

        def keep_reading() -> None:
            try:
                while not stop.is_set():
                    for row in workspace.rows(workspace.ids()):
                        workspace.group(row.group_id)
            except BaseException as error:
                errors.append(error)

        readers = [threading.Thread(target=keep_reading) for _ in range(3)]
        for reader in readers:
            reader.start()
        for start in range(10, 100, 10):
            imported(workspace, numbered([f"{TAGS} {n}" for n in range(10)], start))
        stop.set()
        for reader in readers:
            reader.join()
        assert errors == []
        assert unsound(workspace) == {}


def test_a_rating_without_words_is_accepted_with_the_rest(workspace: Workspace) -> None:
    """What has nothing to quote does not keep its neighbours from being evidence."""
    imported(
        workspace, [an_incoming("1", TAGS), an_incoming("2", "", rating=1, scale="1-5")]
    )
    both = told_as(workspace, "1", "2")
    workspace.accept(both, "Tags get lost")
    (quote,) = workspace.pain_point("p1").quotes
    assert quote.evidence.quote == TAGS
    stands = workspace.dispositions([one.id for one in both])
    assert {one.state for one in stands.values()} == {State.ACCEPTED}
    with pytest.raises(UsageError, match="no words"):
        workspace.accept(both[1:], "Nothing said")


def test_several_groups_merge_in_one_step(workspace: Workspace) -> None:
    """However many groups are moved, one step puts them together, and one undo apart."""
    texts = (TAGS, SLOW, "dark mode hurts my eyes at night in the web editor")
    imported(workspace, numbered(texts))
    first, *others = told_as(workspace, "1", "2", "3")
    before = derived(workspace.db)
    workspace.set_apart(others[:1], others[1:])
    apart = derived(workspace.db)
    workspace.merge(others, [first])
    assert len(workspace.group_of(first).members) == 3
    workspace.undo()
    assert derived(workspace.db) == apart
    workspace.undo()
    assert derived(workspace.db) == before


def test_a_source_is_found_from_anywhere(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path given where a person stands still leads there from everywhere else."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "notes.jsonl").write_text('{"id": "1", "text": "the export fails"}\n')
    monkeypatch.chdir(folder)
    kept = workspace.add_source("notes", "jsonl", {"path": "notes.jsonl"})
    assert kept.settings == {"path": str(folder / "notes.jsonl")}
    monkeypatch.chdir("/")
    events = asyncio.run(_events(workspace, "notes"))
    assert [one.counts.new for one in events if isinstance(one, Ended)] == [1]


async def _events(workspace: Workspace, name: str) -> list[SyncEvent]:
    return [event async for event in workspace.sync([name])]
