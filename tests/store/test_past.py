"""What decision tables held at a moment, and what scores count of it."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from factories import a_workspace, an_incoming, imported, told_as
from triage.connector import Incoming
from triage.measures import company_of, person_of, revenue_of
from triage.scoring import Case
from triage.step import Change, Step
from triage.store import codec, past, weighing
from triage.store.cases import cases
from triage.weights import Segment, Weights
from triage.workspace import Workspace

PLAIN = Weights()


def now() -> datetime:
    """A moment of its own."""
    before = after = datetime.now(UTC)
    while after == before:
        after = datetime.now(UTC)
    return after


def then(workspace: Workspace, at: datetime, weights: Weights = PLAIN) -> list[Case]:
    """Pain points as they were at a moment."""
    return cases(workspace.db.read(), weights, now(), at)


def present(workspace: Workspace, weights: Weights = PLAIN) -> list[Case]:
    """Pain points as they are."""
    return cases(workspace.db.read(), weights, now())


WORD = st.text(st.characters(codec="utf-8"), max_size=8)
NUMBER = st.integers(-5, 9000) | st.floats(allow_nan=False, allow_infinity=False)
VALUE = st.none() | st.booleans() | NUMBER | WORD | st.lists(WORD, max_size=2)
CONTEXT = st.dictionaries(
    st.sampled_from(["company", "mrr", "revenue", "monthly_revenue", "plan"]), VALUE
)


@settings(max_examples=25, deadline=None)
@given(told=st.lists(st.tuples(WORD, WORD, CONTEXT), min_size=1, max_size=6))
def test_hostile_tellings_count_alike(
    told: list[tuple[str, str, dict[str, object]]], tmp_path_factory: object
) -> None:
    """Person, company and revenue are those of ``measures``, whatever was told."""
    folder: Path = tmp_path_factory.mktemp("told")  # type: ignore[attr-defined]
    with a_workspace(folder) as workspace:
        incoming = [
            an_incoming(
                str(n), author=author, company=company, context=context,
                email="" if n % 2 else f"{n % 3}@x.example",
            )
            for n, (author, company, context) in enumerate(told, 1)
        ]  # fmt: skip
        imported(workspace, incoming, group=False)
        workspace.accept(
            told_as(workspace, *(one.external_id for one in incoming)), "Slow"
        )
        (case,) = present(workspace)
        said = {
            quote.evidence.id: quote.feedback
            for quote in workspace.pain_point("p1").quotes
        }
        assert [
            (one.person, one.company, one.revenue, one.feedback_id)
            for one in case.heard
        ] == [
            (person_of(one), company_of(one), revenue_of(one), one.id)
            for one in (said[heard.evidence_id] for heard in case.heard)
        ]
        only = cases(workspace.db.read(), PLAIN, now(), only=1)
        assert only == [case]
        assert cases(workspace.db.read(), PLAIN, now(), only=2) == []


def speak(workspace: Workspace, *told: Incoming) -> int:
    """Bring these in; the batch."""
    return imported(workspace, told, group=False).batch_id


def test_what_its_source_tells_anew(workspace: Workspace) -> None:
    """A plan, a company or an author told otherwise later is as it was, then."""
    weights = Weights(segments=(Segment("big", "plan:enterprise company:acme"),))
    first = an_incoming(
        "1", email="a@x.example", company="Acme", context={"plan": "enterprise"}
    )
    speak(workspace, first)
    workspace.accept(told_as(workspace, "1"), "Slow")
    was, at = present(workspace, weights), now()
    speak(
        workspace,
        dataclasses.replace(first, email="b@x.example", context={"plan": "free"}),
    )
    between, middle = present(workspace, weights), now()
    batch = speak(workspace, dataclasses.replace(first, company="Zeta"))
    assert was[0].heard[0].segments == ("big",)
    assert between[0].heard[0].segments == ()
    assert between[0].heard[0].person != was[0].heard[0].person
    assert then(workspace, at, weights) == was
    assert then(workspace, middle, weights) == between
    workspace.take_back(batch)
    assert then(workspace, at, weights) == was
    assert then(workspace, middle, weights) == between == present(workspace, weights)


def test_what_was_taken_back(workspace: Workspace) -> None:
    """A feedback that is gone counts where it was evidence, and is kept for no other."""
    weights = Weights(
        segments=(Segment("big", "plan:pro"), Segment("any", "is:linked"))
    )
    speak(workspace, an_incoming("1"))
    told = [
        an_incoming("2", email="b@x.example", context={"plan": "pro"}),
        an_incoming("3"),
    ]
    batch = speak(workspace, *told)
    workspace.accept(told_as(workspace, "2"), "Slow")
    was, at = present(workspace, weights), now()
    workspace.undo()
    workspace.take_back(batch)
    assert was[0].heard[0].segments == ("big", "any")
    assert then(workspace, at, weights) == was
    assert present(workspace) == []
    kept = workspace.db.read().execute("SELECT at, context FROM retold").fetchall()
    assert [(row["at"] is not None, json.loads(row["context"])) for row in kept] == [
        (True, {"plan": "pro"})
    ]


def test_who_set_what(workspace: Workspace) -> None:
    """Each column that is set says who set it last, making it included; then as now."""
    point = workspace.capture("Slow", severity=2)
    at = now()
    workspace.config = dataclasses.replace(workspace.config, by="ben")
    workspace.edit(point, effort=3.0, severity=4)
    (case,) = present(workspace)
    assert {name: one.by for name, one in case.settings.items()} == {
        "effort": "ben", "severity": "ben",
    }  # fmt: skip
    workspace.undo()
    assert present(workspace)[0].settings.keys() == {"severity"}
    assert present(workspace)[0].settings["severity"].by != "ben"
    assert then(workspace, at) == present(workspace)
    workspace.redo()
    assert present(workspace) == [case]


def test_a_clock_put_back(workspace: Workspace) -> None:
    """What was dated before what it followed is walked back after it all the same."""
    point = workspace.capture("Slow")
    first = workspace.history()[0].id
    at = now()
    workspace.edit(point, effort=1.0)
    workspace.edit(dataclasses.replace(point, effort=1.0), effort=2.0)
    workspace.undo()
    with workspace.db.write() as write:
        early = codec.to_text(at - timedelta(hours=1))
        late = codec.to_text(at + timedelta(hours=1))
        write.execute("UPDATE step SET at = ? WHERE id = ?", (late, first + 1))
        write.execute("UPDATE step SET at = ? WHERE id = ?", (early, first + 2))
        write.execute("UPDATE turn SET at = ?", (early,))
    assert then(workspace, at)[0].pain_point.effort is None
    assert present(workspace)[0].pain_point.effort == 1.0


def test_columns_that_came_later(workspace: Workspace) -> None:
    """A row that is gone has what nobody said as the table has it."""
    point = workspace.capture("Slow")
    item = workspace.plan("Faster")
    workspace.link(point, item)
    at = now()
    workspace.unlink(point, item)
    with workspace.db.write() as write:
        write.execute(
            "UPDATE change SET before = json_remove(before, '$.extent')"
            " WHERE table_name = 'roadmap_link' AND before IS NOT NULL"
        )
    was = past.then(workspace.db.read(), at)
    (link,) = was.table(workspace.db.read(), "roadmap_link")
    assert codec.roadmap_link(link).extent == "full"
    assert was.table(workspace.db.read(), "roadmap_item") == (
        workspace.db.read().execute("SELECT * FROM roadmap_item").fetchall()
    )


def test_weights_of_then(tmp_path: Path) -> None:
    """A past ranking is by the weights of then: the first before any, else present."""
    own = tmp_path / "work.toml"
    own.write_text("[score]\ncompany_cap = 4\n")
    with a_workspace(tmp_path) as workspace:
        read = workspace.db.read()
        before = now()
        assert weighing.in_force(read, before) is None
        assert (
            workspace.rank(as_of=before).weights_hash == workspace.config.weights.hash
        )
        workspace.capture("Slow")
        first, at = workspace.config.weights, now()
        assert weighing.in_force(read, before) == weighing.in_force(read, at) == first
    own.write_text("[score]\ncompany_cap = 5\n[segments]\nbig = 'plan:pro'\n")
    with a_workspace(tmp_path) as workspace:
        read = workspace.db.read()
        assert not weighing.is_kept(read, workspace.config.weights)
        now_ranked = workspace.rank()
        assert weighing.in_force(read, now()) == workspace.config.weights != first
        assert (
            now_ranked.weights_hash
            != workspace.rank(as_of=at).weights_hash
            == first.hash
        )
        workspace.rank()
        assert read.execute("SELECT count(*) FROM weighing").fetchone()[0] == 2
    own.write_text("[score]\ncompany_cap = 6\n")
    with Workspace(tmp_path / "work.db", read_only=True) as workspace:
        assert workspace.rank().weights_hash == workspace.config.weights.hash
        assert not weighing.is_kept(workspace.db.read(), workspace.config.weights)


def test_who_was_one_person(workspace: Workspace) -> None:
    """Who was joined since were two then, and who was parted since were one."""
    speak(workspace, *(an_incoming(n, email=f"{n}@x.example") for n in ("1", "2")))
    workspace.accept(told_as(workspace, "1", "2"), "Slow")
    two, at = present(workspace), now()
    first, second = (int(one.person[1:]) for one in two[0].heard)
    workspace.join(first, second)
    one, later = present(workspace), now()
    workspace.part(first, second)
    assert len({voice.person for voice in one[0].heard}) == 1
    assert then(workspace, later) == one
    assert then(workspace, at) == two == present(workspace)


def test_tags_of_then(workspace: Workspace) -> None:
    """A segment that asks what people decided is answered as of then."""
    weights = Weights(
        segments=(Segment("beta", "tag:beta"), Segment("waiting", "in:inbox"))
    )
    speak(workspace, an_incoming("1"))
    said = told_as(workspace, "1")
    workspace.attach(said[0], workspace.capture("Slow"))
    workspace.tag(said, add=["beta"])
    was, at = present(workspace, weights), now()
    workspace.tag(said, remove=["beta"])
    workspace.archive(said)
    assert was[0].heard[0].segments == ("beta", "waiting")
    assert present(workspace, weights)[0].heard[0].segments == ()
    assert then(workspace, at, weights) == was


def test_one_row_changed_twice_in_a_step(workspace: Workspace) -> None:
    """A step that sets a column twice is walked back, and on again, in its order."""
    point = workspace.capture("Slow")
    before = now()
    workspace.do(
        Step(
            "edit", "Thought twice",
            tuple(
                Change("pain_point", point.id, {"severity": was}, {"severity": is_now})
                for was, is_now in ((None, 2), (2, 3), (3, 5))
            ),
        )
    )  # fmt: skip
    between = now()
    workspace.undo()

    def severity(at: datetime) -> int | None:
        (case,) = then(workspace, at)
        return case.pain_point.severity

    assert [severity(at) for at in (before, between, now())] == [None, 5, None]
    workspace.redo()
    assert [severity(at) for at in (before, between, now())] == [None, 5, 5]


def test_who_set_nothing_at_all(workspace: Workspace) -> None:
    """A confidence of 0 was set by somebody; a priority of none was not."""
    workspace.edit(workspace.capture("Slow"), confidence=0.0, reach=0.0)
    (case,) = present(workspace)
    assert set(case.settings) == {"confidence", "reach"}
    assert case.settings["confidence"].by == workspace.config.by
