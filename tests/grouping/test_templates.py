"""What a form says is nobody's own: answers are compared without the questions."""

from __future__ import annotations

from factories import groups, imported, numbered, unsound
from triage.grouping.normalize import taken_apart
from triage.grouping.templates import fingerprints, is_template, own_words
from triage.grouping.together import together
from triage.workspace import Workspace

FORM = (
    "Thank you for taking our yearly survey. What is the one thing that we should"
    " improve for you next year? {} How likely are you to recommend us to a friend?"
)
ANSWERS = [
    f"{what} {where} {when}"
    for what in ("search misses words", "margins are cut off", "tags get lost",
                 "invoices arrive twice", "photos turn upside down")
    for where in ("in the berlin office", "on my tablet", "under linux", "at school")
    for when in ("on mondays", "since march")
]  # fmt: skip


def test_answers_are_not_put_together_by_their_questions() -> None:
    """Forty answers to one survey are forty things said; two equal ones are one."""
    answers = [*ANSWERS, ANSWERS[3].upper()]
    told = together([FORM.format(answer + ".") for answer in answers])
    bare = together(answers)
    assert told == bare
    assert told[-1] == 3


def test_a_store_learns_its_forms(workspace: Workspace) -> None:
    """The same in a workspace, and what many say and nothing else stays together."""
    told = numbered([FORM.format(answer + ".") for answer in ANSWERS])
    imported(workspace, told, source="survey")
    shouted = "The app is broken again. Please fix it as soon as you can."
    imported(workspace, numbered([shouted] * 25), source="shouts")
    assert unsound(workspace) == {}
    assert groups(workspace, "shouts") == {frozenset(map(str, range(1, 26)))}
    bare = together(ANSWERS)
    alike = [
        frozenset(str(at) for at, group in enumerate(bare, 1) if group == first)
        for first in set(bare)
    ]
    assert groups(workspace, "survey") == {one for one in alike if len(one) > 1}


def test_too_little_left_is_left_whole() -> None:
    """A text made of nothing but templates is compared as it is."""
    normal, sentences = taken_apart(
        "The app is broken again. Please fix it for us all."
    )
    said = fingerprints(sentences)
    assert len(said) == 2
    assert own_words(normal, said, lambda _: True) == normal
    assert own_words(normal, said, lambda _: False) == normal
    one = next(iter(said))
    assert own_words(normal, said, one.__eq__) == "please fix it for us all"


def test_a_few_copies_are_no_form() -> None:
    """Twenty texts, and one in fifty, must have a sentence before it is a form's."""
    assert not is_template(19, 100)
    assert is_template(20, 1000)
    assert not is_template(20, 1051)
    assert is_template(2000, 100_000)
