"""Whose voices are missing follows from who spoke and who was heard, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from triage.measures import FEW
from triage.measures.listening import OTHERS, Voice, missing, parts

VOICES = st.lists(
    st.builds(
        Voice,
        feedback_id=st.integers(1, 10**6),
        person=st.integers(1, 12),
        company=st.sampled_from(["", "acme", "orbit"]),
        channel=st.sampled_from(["email", "review"]),
        language=st.sampled_from(["", "de", "en"]),
        segments=st.sampled_from([(), ("big",), ("big", "new")]),
    ),
    unique_by=lambda one: one.feedback_id,
    max_size=40,
)


@given(spoke=VOICES, data=st.data())
def test_everybody_is_counted(spoke: list[Voice], data: st.DataObject) -> None:
    """Each part counts its people once; who is missing was heard nowhere, once each."""
    keys = [one.feedback_id for one in spoke]
    heard = set(data.draw(st.lists(st.sampled_from(keys))) if keys else [])
    found = parts(spoke, heard, ["big", "new"])
    person = {one.feedback_id: one.person for one in spoke}
    was_heard = {person[key] for key in heard}
    for one in found:
        assert 0 <= one.heard <= one.spoke
        assert (one.interval is None) == (one.spoke < FEW)
        if one.interval:
            assert one.interval[0] <= one.share <= one.interval[1]
        assert not {each.person for each in one.unheard} & was_heard
    channels = [one for one in found if one.kind == "channel"]
    assert sum(one.spoke for one in channels) >= len(set(person.values()))
    left = missing(found)
    assert len({person[key] for key in left}) == len(left)
    assert not {person[key] for key in left} & was_heard
    order = [(not one.is_missing, one.share, -one.spoke) for one in found]
    assert order == sorted(order)


@given(spoke=VOICES)
def test_heard_out_nobody_is_missing(spoke: list[Voice]) -> None:
    """Once everybody missing was listened to, nobody is; without segments none show."""
    keys = {one.feedback_id for one in spoke}
    assert missing(parts(spoke, keys, ["big"])) == ()
    first = parts(spoke, set(), [])
    assert all(one.is_missing for one in first)
    assert {one.kind for one in first} <= {"channel", "language", "company"}
    again = parts(spoke, set(missing(first)), [])
    assert missing(again) == ()


def test_who_is_in_no_segment_is_somebody_too() -> None:
    """Those in no segment are a part of their own, where there are segments at all."""
    one = Voice(1, 1, "", "email", "en")
    names = [(part.kind, part.name) for part in parts([one], set(), ["big"])]
    assert ("segment", OTHERS) in names
    assert ("company", "no company known") in names
