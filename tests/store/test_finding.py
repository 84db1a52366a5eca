"""What a query finds is what going through all feedback one by one would find."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import NOON, a_workspace, an_incoming, imported
from triage.errors import Cancelled
from triage.measures import revenue_of
from triage.model import Feedback, State
from triage.query import Query, Term, Word, parsed
from triage.query.fields import FIELDS
from triage.store import narrowing
from triage.store.versions import version_order
from triage.tui.targets import standing
from triage.workspace import Workspace

BODIES = (
    "the export crashes on large projects and I lose an hour of work every time",
    "the export crashes on large projects and I lose an hour of work every time!",
    "dark mode please, my eyes hurt at night",
    "the invoice lacks our tax number, accounting sends it back",
    "検索が遅い、とても困っています",
    "the export crashes on large projects and I lose an hour of work each time",
    "crashing again while exporting; love the rest",
    "sync overwrites the newer chapter with the older one",
)

COMPARED = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Feedback from three sources, some of it decided, some of it grouped."""
    with a_workspace(Path(tmp_path_factory.mktemp("finding"))) as workspace:
        for source in ("mail", "desk", "app-store"):
            imported(
                workspace,
                [
                    an_incoming(
                        f"{source}{n}", body, author=f"{source} {n}",
                        email=f"p{n}@{'orbit' if n % 2 else 'ink'}.example",
                        company=("Orbit Ltd", "ORBIT ltd", "")[n % 3],
                        rating=float(n % 5 + 1) if n % 2 else None,
                        scale="1-5" if n % 2 else "", metric="stars" if n % 2 else "",
                        app_version=("5.2", "5.10.1", "4.9", "")[n % 4],
                        received_at=NOON + timedelta(hours=n * 7 + len(source)),
                        edited_at=NOON + timedelta(hours=n * 8 + len(source))
                        if n % 3 else None,
                        context={"segment": "enterprise", "mrr": n * 100} if n > 3 else {},
                    )
                    for n, body in enumerate(BODIES)
                ],
                source=source,
            )  # fmt: skip
        workspace.archive([workspace.feedback(f"f{n}") for n in (2, 9)])
        workspace.decline([workspace.feedback("f4")], "out of scope")
        workspace.accept([workspace.feedback("f1")], "Exports crash")
        workspace.snooze(
            [workspace.feedback("f6")], datetime.now(UTC) + timedelta(days=400)
        )
        yield workspace


def test_every_field_has_sql() -> None:
    """A field a person can type is a field that is looked for."""
    assert set(FIELDS) == narrowing.KNOWN


def test_edited_is_edited_since_it_came(workspace: Workspace) -> None:
    """Sources that always tell a time of change tell of no edit by it."""
    told = [
        an_incoming(str(hour), edited_at=NOON + timedelta(hours=hour), received_at=NOON)
        for hour in (0, 1)
    ]
    imported(workspace, [*told, an_incoming("never")])
    found = workspace.feedback_many(workspace.ids(None, "is:edited"))
    assert [one.external_id for one in found] == ["1"]
    assert len(workspace.ids(None, "-is:edited")) == 2


def holds(workspace: Workspace, said: Feedback, term: Term, now: datetime) -> bool:
    """Whether a term is true of one feedback, told without SQL."""
    group = workspace.group_of(said)
    texts = {
        "source": said.source, "channel": said.channel.value, "metric": said.metric,
        "company": said.company, "segment": str(said.context.get("segment", "")),
        "version": said.app_version,
    }  # fmt: skip
    numbers = {
        "rating": said.rating,
        "revenue": revenue_of(said) if "mrr" in said.context else None,
        "size": len(group.members),
    }
    if term.field == "version" and term.compare:
        found = _compares(version_order(said.app_version), term, version_order)
    elif term.field in texts:
        found = any(_like(texts[term.field], one) for one in term.values)
    elif term.field in numbers:
        found = _compares(numbers[term.field], term, float)
    elif term.field == "from":
        found = any(
            _like(one, f"*{wanted}*")
            for wanted in term.values
            for one in (said.author, said.email)
        )
    elif term.field == "id":
        found = said.short in term.values
    else:
        truths = {
            "linked": bool(workspace.evidence_of(said)),
            "grouped": len(group.members) > 1,
            "rated": said.rating is not None,
            "edited": said.is_edited,
            "known": said.customer_id is not None,
        }
        found = any(truths[one] for one in term.values)
    return found is not term.negated


def _like(text: str, wanted: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in wanted.split("*"))
    return bool(re.fullmatch(pattern, text, re.IGNORECASE))


def _compares(value: Any, term: Term, read: Callable[[str], Any]) -> bool:
    if value is None:
        return False
    wanted = [read(one) for one in term.values]
    if term.compare == "..":
        return bool(wanted[0] <= value <= wanted[1])
    if not term.compare:
        return value in wanted
    return bool(COMPARED[term.compare](value, wanted[0]))


def says(said: Feedback, word: Word) -> bool:
    """Whether words are said, told without an index."""
    text = f"{said.title} {said.body}".casefold()
    wanted = word.text.casefold()
    end = r"\b" if word.is_exact else r"\w*"
    return bool(re.search(rf"\b{re.escape(wanted)}{end}", text)) is not word.negated


TERMS = st.sampled_from(
    ["source:mail", "source:MAIL,desk", "source:app*", "channel:email", "rating:<=2",
     "rating:2..4", "rating:2,4", "metric:stars", 'company:"orbit ltd"', "from:@orbit",
     "from:mail", "segment:enterprise", "revenue:>400", "version:5.2", "version:>=5.2",
     "version:<5", "version:5*", "size:>1", "is:linked", "is:grouped", "is:rated,linked",
     "is:known", "is:edited", "id:f1,f2,f9"]
).map(lambda text: parsed(text).terms[0])  # fmt: skip
NEGATED = st.tuples(TERMS, st.booleans()).map(
    lambda both: replace(both[0], negated=both[1])
)
WORDS = st.builds(
    Word,
    text=st.sampled_from(["export", "crash", "dark mode", "hour", "zebra", "on large"]),
    negated=st.booleans(),
).map(lambda word: replace(word, is_exact=" " in word.text))
QUERIES = st.builds(
    Query,
    terms=st.lists(NEGATED, max_size=3).map(tuple),
    words=st.lists(WORDS, max_size=2).map(tuple),
    state=st.sampled_from(["inbox", "archived", "accepted", "snoozed", "all"]),
    each=st.booleans(),
)


@pytest.mark.parametrize("small", [0, 5000])
@given(query=QUERIES)
@settings(max_examples=150)
def test_sql_finds_what_a_person_would(
    library: Workspace, small: int, query: Query
) -> None:
    """Every combination finds those, and only those, of which all of it is true."""
    now = library.clock()
    where = None if query.state == "all" else State(query.state)
    expected: set[int] = set()
    everyone = library.feedback_many(library.ids(None))
    moved = library.dispositions([one.id for one in everyone])
    for said in everyone:
        stands = standing(moved.get(said.id), now)
        if where not in {None, stands}:
            continue
        if not all(holds(library, said, term, now) for term in query.terms):
            continue
        if not all(says(said, word) for word in query.words):
            continue
        if where is None or query.each:
            expected.add(said.id)
        else:
            expected.add(
                max(
                    one.feedback.id
                    for one in library.group_of(said).members
                    if standing(one.disposition, now) is where
                )
            )
    with pytest.MonkeyPatch.context() as patch:
        # Both ways of going through a queue.
        patch.setattr("triage.store.finding.SMALL", small)
        found = list(library.ids(State.INBOX, query))
    assert found == sorted(expected, reverse=True)


@pytest.mark.parametrize(
    ("order", "key"),
    [
        ("oldest", lambda row: row.id),
        ("people", lambda row: (-row.people, -row.id)),
        ("rating", lambda row: (row.rating is None, row.rating or 0, -row.id)),
    ],
)
def test_orders(
    library: Workspace, order: str, key: Callable[[object], object]
) -> None:
    """Each order is kept, and what has no value comes last."""
    rows = library.rows(library.ids(State.INBOX, f"sort:{order}"))
    assert rows == sorted(rows, key=key)  # type: ignore[arg-type]
    assert {row.id for row in rows} == set(library.ids())


def test_moments(library: Workspace) -> None:
    """since: and before: cut time in two, whatever the group."""
    cut = (NOON + timedelta(days=1)).date().isoformat()
    since = set(library.ids(None, f"since:{cut}"))
    before = set(library.ids(None, f"before:{cut}"))
    assert since
    assert before
    assert since | before == set(library.ids(None))
    assert not since & before
    assert min(since) > max(before)


def test_pain_points(library: Workspace) -> None:
    """What a pain point quotes is found by it, and by what became of it."""
    linked = list(library.ids(None, "pain:p1"))
    assert linked == list(library.ids(None, "painstatus:open"))
    assert [one.short for one in library.feedback_many(linked)] == ["f1"]
    assert not library.ids(None, "pain:p99")


def test_reasons_and_groups(library: Workspace) -> None:
    """Why something was declined, and who says the same, can be asked for."""
    (found,) = library.feedback_many(library.ids(None, 'reason:"out of scope"'))
    assert found.short == "f4"
    group = library.group("g1")
    asked = library.ids(None, "group:g1")
    assert set(asked) == {member.feedback.id for member in group.members}


def test_values_to_choose_from(library: Workspace) -> None:
    """A field's values are told with how many have them, the commonest first."""
    assert dict(library.values("source")) == {"mail": 8, "desk": 8, "app-store": 8}
    assert library.values("rating")[0][1] >= library.values("rating")[-1][1]
    assert {value for value, _ in library.values("rating")} <= set("12345")
    assert library.values("people") == []
    step = library.tag([library.feedback("f3")], add=["billing"], remove=[])
    library.own([library.feedback("f3")], "dana")
    assert library.values("tag") == [("billing", 1)]
    assert library.values("owner") == [("dana", 1)]
    assert step is not None
    library.undo()
    library.undo()


def test_a_search_is_given_up(library: Workspace) -> None:
    """Once nobody waits for it, a search ends, and the next one is not harmed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("triage.store.finding._STEPS", 10)
        with pytest.raises(Cancelled):
            library.ids(State.INBOX, "rating:<=5", is_stopped=lambda: True)
    assert library.ids(State.INBOX, "rating:<=5", is_stopped=lambda: False)


def test_a_first_page(library: Workspace) -> None:
    """A limit gives so many of what is found."""
    all_of_it = list(library.ids(State.INBOX, "crash"))
    assert set(library.ids(State.INBOX, "crash", limit=2)) <= set(all_of_it)
    assert len(library.ids(State.INBOX, "crash", limit=2)) == min(2, len(all_of_it))


@given(st.lists(st.integers(0, 99), min_size=1, max_size=6), st.data())
def test_versions_are_ordered(numbers: list[int], data: st.DataObject) -> None:
    """Versions sort by their numbers, as if missing ones were nought."""
    other = data.draw(st.lists(st.integers(0, 99), min_size=1, max_size=6))
    mine, theirs = (
        version_order(".".join(map(str, numbers))),
        version_order("v" + ".".join(map(str, other))),
    )
    assert mine is not None
    assert theirs is not None
    padded = ([*numbers, *[0] * 6][:6], [*other, *[0] * 6][:6])
    assert (mine < theirs) is (padded[0] < padded[1])
    assert version_order("beta") is None
    assert version_order("5.2-rc1") == version_order("5.2")
