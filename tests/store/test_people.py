"""Customers whom people ruled to be one person count once, everywhere and at once."""

from __future__ import annotations

import pytest

from factories import an_incoming, derived, imported, told_as
from triage.errors import NotFound, UsageError
from triage.measures import person_of
from triage.workspace import Workspace

EXPORT = "the export to a file loses all tags of a large notebook"


@pytest.fixture
def three(workspace: Workspace) -> Workspace:
    """Jane by mail, by an address with a tag, and by name at a store; and Bo."""
    told = [
        an_incoming("1", EXPORT, author="Jane Doe", email="jane.doe@acme.example"),
        an_incoming("2", EXPORT, author="Jane Doe", email="jane.doe+x@acme.example"),
        an_incoming("3", EXPORT, author="Bo", email="bo@gmail.com"),
    ]
    imported(workspace, told)
    imported(workspace, [an_incoming("4", EXPORT, author="Jane Doe")], source="store")
    return workspace


def who(workspace: Workspace, name: str) -> int:
    return workspace.customer_id(name)


def ids(workspace: Workspace) -> tuple[int, int, int]:
    store = told_as(workspace, "4", source="store")[0].customer_id
    mail, tagged = (one.customer_id for one in told_as(workspace, "1", "2"))
    assert mail
    assert tagged
    assert store
    return mail, tagged, store


def people(workspace: Workspace) -> tuple[int, int]:
    """How many people a group has, in the queue and in the group itself."""
    (row,) = workspace.rows(workspace.ids(None), None)[:1]
    group = workspace.group_of(told_as(workspace, "1")[0])
    return row.people, group.people


def test_joined_they_count_once(three: Workspace) -> None:
    """In the queue, in the group, in scores and numbers, and again after undo."""
    mail, tagged, store = ids(three)
    assert people(three) == (4, 4)
    before = derived(three.db)
    three.join(mail, tagged)
    assert people(three) == (3, 3)
    three.join(store, tagged)
    assert people(three) == (2, 2)
    said = three.feedback_many(sorted(three.ids(None)))
    assert len({person_of(one) for one in said}) == 2
    assert {three.customer(one).count for one in (mail, tagged, store)} == {3}
    assert [one.short for one in three.customer(store).faces] == [
        f"c{one}" for one in (mail, tagged, store)
    ]
    assert three.times_heard(told_as(three, "4", source="store")[0]) == (3, 3)
    assert three.doctor()["queue"] == "ok"
    three.undo()
    assert people(three) == (3, 3)
    three.undo()
    assert people(three) == (4, 4)
    assert derived(three.db) == before


def test_roadmap_and_pain_points_follow(three: Workspace) -> None:
    """Demand is people: joining two lowers it, on the roadmap and in the score."""
    mail, tagged, _ = ids(three)
    said = three.feedback_many(sorted(three.ids(None)))
    three.accept(said, "Export loses tags")
    ((pain, score),) = three.pain_points()
    three.link(pain.pain_point, three.plan("Mend export"))
    assert (score.people, three.roadmap()[0].people) == (4, 4)
    three.join(mail, tagged)
    ((_, score),) = three.pain_points()
    assert (score.people, three.roadmap()[0].people) == (3, 3)


def test_who_comes_later_is_who_they_were_joined_with(three: Workspace) -> None:
    """What a joined customer says next is the person's, in the queue too."""
    mail, _, store = ids(three)
    three.join(mail, store)
    imported(three, [an_incoming("9", EXPORT, author="Jane Doe")], source="store")
    assert people(three) == (3, 3)
    assert told_as(three, "9", source="store")[0].customer_id == mail
    assert three.customer(mail).count == 3


def test_suggestions_are_ruled_on_once(three: Workspace) -> None:
    """A pair is suggested with its reason, until somebody rules; undone, it is again."""
    mail, tagged, store = ids(three)
    found = three.likenesses()
    pairs = [(one.left.id, one.right.id) for one in found]
    assert pairs == [(mail, tagged), (mail, store), (tagged, store)]
    assert "what follows the +" in found[0].reasons[0]
    assert three.likenesses(1) == found[:1]
    three.part(mail, store)
    assert [(one.left.id, one.right.id) for one in three.likenesses()] == [
        (mail, tagged), (tagged, store),
    ]  # fmt: skip
    # Whoever is one with somebody is not suggested as whom that one is not.
    three.join(mail, tagged)
    assert three.likenesses() == []
    three.undo()
    three.undo()
    assert three.likenesses() == found


def test_reasons_of_both_are_told(three: Workspace) -> None:
    """Where two people are several customers, all that speaks for it is told once."""
    mail, tagged, store = ids(three)
    three.join(mail, tagged)
    (one,) = three.likenesses()
    assert (one.left.id, one.right.id) == (mail, store)
    assert len(one.reasons) == 2


def test_parting_undoes_the_last_join_between_them(three: Workspace) -> None:
    """Who was brought in last leaves; who came with them stays with them."""
    mail, tagged, store = ids(three)
    bo = who(three, "bo@gmail.com")
    three.join(mail, tagged)
    three.join(store, bo)
    three.join(mail, store)
    assert len(three.person(bo).faces) == 4
    three.part(tagged, bo)
    assert [face.id for face in three.person(mail).faces] == [mail, tagged]
    assert {face.id for face in three.person(bo).faces} == {bo, store}
    three.undo()
    assert len(three.person(bo).faces) == 4


def test_a_later_word_stands(three: Workspace) -> None:
    """Joining those that were ruled two takes that ruling away, whatever leads there."""
    mail, tagged, store = ids(three)
    three.part(mail, store)
    three.join(mail, tagged)
    three.join(tagged, store)
    assert len(three.person(mail).faces) == 3
    assert three.join(store, mail) is None
    three.part(mail, store)
    assert three.part(mail, store) is None
    assert three.person(mail).id != three.person(store).id


def test_nobody_is_two_of_themselves(three: Workspace) -> None:
    """One customer cannot be parted from itself, and who is not there not joined."""
    mail, *_ = ids(three)
    with pytest.raises(UsageError):
        three.part(mail, mail)
    with pytest.raises(NotFound):
        three.join(mail, 99)
    assert three.join(mail, mail) is None


def test_whom_people_ruled_on_outlives_their_words(three: Workspace) -> None:
    """Taken back and brought again, a joined customer is who they were."""
    mail, tagged, _ = ids(three)
    told = [an_incoming("1", EXPORT, author="Jane Doe")]
    desk = imported(three, told, source="desk")
    key = told_as(three, "1", source="desk")[0].customer_id
    assert key
    three.join(mail, key)
    three.undo()
    three.take_back(desk.batch_id)
    three.redo()
    assert [face.id for face in three.person(mail).faces] == [mail, key]
    imported(three, [an_incoming("7", EXPORT, author="Zoe")], source="new")
    imported(three, told, source="desk")
    assert told_as(three, "1", source="desk")[0].customer_id == mail
    assert three.doctor()["references"] == "ok"
    assert tagged not in {face.id for face in three.person(mail).faces}


def test_lists_of_people(three: Workspace) -> None:
    """Each person is a line, found by any of their names; the latest to come first."""
    mail, tagged, store = ids(three)
    three.join(mail, tagged)
    assert [one.id for one in three.people()] == [
        store,
        who(three, "bo@gmail.com"),
        mail,
    ]
    assert [one.id for one in three.people("DOE+X")] == [mail]
    (jane,) = three.people("jane.doe@acme")
    assert (jane.count, jane.sources) == (2, (("mail", 2),))
    assert len(three.people(limit=1)) == 1
    assert three.customer_id("jane.doe+x@acme.example") == tagged


def test_nobody_who_only_was_quarantined_is_suggested(workspace: Workspace) -> None:
    """A name none of whose words are there is no likeness."""
    told = [
        an_incoming("1", author="Jane Doe", email="jane.doe@acme.example"),
        an_incoming("2", author="Jane Doe", email="jane.doe+x@acme.example"),
    ]
    imported(workspace, told[:1])
    imported(workspace, told[1:], source="desk")
    assert len(workspace.likenesses()) == 1
    batch = workspace.imports(5)[0].id
    workspace.take_back(batch)
    assert workspace.likenesses() == []


def test_what_many_share_says_nothing(workspace: Workspace) -> None:
    """A name that more have than can be one person suggests nobody."""
    imported(
        workspace,
        [
            an_incoming(str(one), author="Jane Doe", email=f"jane.doe@x{one}.example")
            for one in range(1, 9)
        ],
    )
    imported(workspace, [an_incoming("1", author="Jane Doe")], source="store")
    assert workspace.likenesses() == []
