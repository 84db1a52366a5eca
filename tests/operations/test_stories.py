"""Stories: what one may say, what it rests on, and its text read back exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.errors import UsageError
from triage.model import PainPoint
from triage.operations import stories
from triage.operations.story_text import (
    StoryText,
    criteria_parsed,
    criteria_written,
    criterion,
    parsed,
    sentence,
    written,
)
from triage.planning import Criterion, Story

POINT = PainPoint(id=7, title="Exports lose tags", story="As a lead", acceptance="x")


def crit(given: str, when: str, then: str) -> Criterion:
    """A criterion in order of its words."""
    return Criterion(given=given, when=when, then=then)


STORY = Story(
    id=3, pain_point_id=7, role="project lead", want="the export to keep my tags",
    benefit="finance can book by them", context="every month, on the train",
    criteria=(
        crit("a project with tags", "I export it", "each tag has a column"),
        crit("", "I export nothing", "I am told so"),
    ),
    evidence=(4, 9),
)  # fmt: skip


def text_of(story: Story) -> StoryText:
    """What a story's text would say."""
    return StoryText(
        role=story.role, want=story.want, benefit=story.benefit,
        context=story.context, criteria=story.criteria, evidence=story.evidence,
        assumption=story.assumption,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("story", "quotes", "lacks"),
    [
        (STORY, {4}, ""),
        (STORY, {5}, "s3 cites only quotes that p7 has no more"),
        (replace(STORY, evidence=()), {4},
         "s3 cites no quote of p7 and is not marked as an assumption"),
        (replace(STORY, evidence=(), assumption=True), set(), ""),
        (replace(STORY, assumption=True), {5}, ""),
    ],
)  # fmt: skip
def test_what_a_story_lacks(story: Story, quotes: set[int], lacks: str) -> None:
    """A story cites a quote its pain point has, or says that it is an assumption."""
    assert stories.lacks(story, quotes) == lacks


@given(st.sets(st.integers(1, 4)), st.sets(st.integers(1, 4)), st.booleans())
def test_one_quote_that_stands_is_enough(
    cited: set[int], quotes: set[int], assumed: bool
) -> None:
    """It lacks nothing if it is an assumption or cites a quote of now, and only then."""
    told = replace(STORY, evidence=tuple(sorted(cited)), assumption=assumed)
    assert (stories.lacks(told, quotes) == "") == (assumed or bool(cited & quotes))


def test_a_story_is_told_changed_and_removed_in_one_row() -> None:
    """Each is one step over one row of the table, named after what is wanted."""
    told = stories.tell(STORY, POINT, {4, 9})
    assert told.verb == "story"
    assert told.label == (
        "Told s3 “the export to keep my tags” of p7 “Exports lose tags”"
    )
    (row,) = told.changes
    assert (row.table, row.row, row.before) == ("story", 3, None)
    after = stories.citing(STORY, [5], [4])
    changed = stories.change(STORY, after, {5, 9})
    assert changed.changes[0].after == {"evidence": "[5,9]"}
    assert not stories.change(STORY, STORY, {4, 9}).changes
    assert stories.remove(STORY, POINT).changes[0].after is None


def test_taking_a_story_empties_the_free_text() -> None:
    """The pain point's own text goes in the step that makes a story of it."""
    step = stories.take(STORY, POINT, {4, 9})
    assert [change.table for change in step.changes] == ["story", "pain_point"]
    assert step.changes[1].after == {"story": "", "acceptance": ""}


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (replace(STORY, role=" "), "needs a role"),
        (replace(STORY, want=""), "needs what they want"),
        (replace(STORY, evidence=(8,)), "e8 is no quote of p7"),
        (replace(STORY, context="x" * 2001), "context of 2,001 characters"),
        (replace(STORY, criteria=(crit("a", "", "b"),)), "needs a When"),
        (replace(STORY, criteria=STORY.criteria * 26), "52 criteria are too many"),
    ],
)
def test_what_a_story_may_not_be(story: Story, why: str) -> None:
    """What is missing, too long or another's quote is refused in a sentence."""
    with pytest.raises(UsageError, match=why):
        stories.tell(story, POINT, {4, 9})


def test_a_quote_that_went_stays_cited_till_somebody_says_otherwise() -> None:
    """A story may be edited though a quote of it was detached meanwhile."""
    changed = stories.change(STORY, replace(STORY, want="tags"), {4})
    assert changed.changes[0].after == {"want": "tags"}


def test_sentences() -> None:
    """A story and a criterion read as sentences, with the article that is spoken."""
    assert sentence(STORY) == (
        "As a project lead, I want the export to keep my tags so that finance can"
        " book by them."
    )
    assert sentence(replace(STORY, role="editor", benefit="")).startswith("As an edi")
    assert sentence(replace(STORY, role="user")).startswith("As a user")
    assert criterion(STORY.criteria[0]) == (
        "Given a project with tags, when I export it, then each tag has a column."
    )
    assert criterion(STORY.criteria[1]).startswith("When I export nothing, then")


def test_a_text_as_people_write_it() -> None:
    """One line or many, bullets, commas, any case; And and a space go on."""
    told = parsed(
        "As an editor, I want dark mode so that my eyes rest\n"
        "- Given a night, when I open it, then it is dark\n"
        "* when it is day\n* Then it is light\n  and stays so\nAND nobody asks\n"
    )
    assert (told.role, told.want, told.benefit) == (
        "editor", "dark mode", "my eyes rest",
    )  # fmt: skip
    assert told.criteria == (
        crit("a night", "I open it", "it is dark"),
        crit("", "it is day", "it is light and stays so and nobody asks"),
    )
    assert told.evidence is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("As a lead\nI want x\nbecause", "line 3: “because” begins with none of"),
        ("As a lead\nso that x", "no line “I want …”"),
        ("I want x", "no line “As a …”"),
        ("As a lead\nAs a boss\nI want x", "line 2: there is a line “as” already"),
        ("As a lead\nI want x\nThen y", "line 3: Then follows no When"),
        ("And x", "line 1: And follows nothing"),
        ("As a lead\nI want x\nWhen y", "criterion 1 has no Then"),
        ("As a lead\nI want x\nQuotes: p3", "'p3' is no quote"),
        ("As a lead\nI want x\nAssumption: maybe", "yes or no, not maybe"),
    ],
)
def test_a_text_that_is_no_story(text: str, why: str) -> None:
    """The line that is not understood is named, or the part that is missing."""
    with pytest.raises(UsageError, match=why):
        parsed(text)


def test_criteria_alone() -> None:
    """A field of criteria takes nothing else."""
    assert criteria_parsed(criteria_written(STORY.criteria)) == STORY.criteria
    with pytest.raises(UsageError, match="line 1: only Given"):
        criteria_parsed("As a lead")


_WORDS = st.text(min_size=1, max_size=60).filter(lambda text: text.strip(", \n"))


@given(
    role=_WORDS, want=_WORDS, benefit=_WORDS, context=st.text(max_size=60),
    criteria=st.lists(st.builds(crit, _WORDS, _WORDS, _WORDS), max_size=3),
    evidence=st.sets(st.integers(1, 99), max_size=4), assumption=st.booleans(),
)  # fmt: skip
def test_what_is_written_is_read_back(
    role: str, want: str, benefit: str, context: str, criteria: list[Criterion],
    evidence: set[int], assumption: bool,
) -> None:  # fmt: skip
    """Any whole story, written as a text, is read back as it was."""
    story = Story(
        id=1, pain_point_id=7, role=role, want=want, benefit=benefit, context=context,
        criteria=tuple(criteria), evidence=tuple(evidence), assumption=assumption,
    )  # fmt: skip
    try:
        kept = stories.checked(story, evidence)
    except UsageError:
        return
    assert parsed(written(kept)) == text_of(kept)
