"""story: who wants what and what for, told from the quotes of a pain point."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import clock, count, emit, emit_json, facts, note, table
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.story_shapes import of_story
from triage.cli.verbs import nouns, verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.operations.story_text import StoryText
    from triage.planning import Criterion, Story
    from triage.workspace import Workspace

story = nouns("story", "Stories: who wants what and what for, told from quotes.")

_TEMPLATE = """\
As a
I want
so that
Context:
Given
When
Then
Quotes: {quotes}
"""


def parts(function: Callable[..., None]) -> Callable[..., None]:
    """The options that say the parts of a story; one not given changes nothing."""
    for option in reversed(
        (
            click.option("--as", "role", metavar="ROLE", help="Who wants it."),
            click.option("--want", metavar="TEXT", help="What they want."),
            click.option("--so-that", "benefit", metavar="TEXT", help="What for."),
            click.option("--context", metavar="TEXT", help="Where and how it holds."),
            click.option(
                "--given", multiple=True, metavar="TEXT",
                help="What an acceptance criterion begins with; again for several.",
            ),
            click.option("--when", multiple=True, metavar="TEXT", help="What happens."),
            click.option("--then", multiple=True, metavar="TEXT", help="What holds."),
            click.option(
                "--from", "cited", multiple=True, metavar="E",
                help="A quote it is told from, e3; again for several.",
            ),
            click.option(
                "--file", "file", type=click.File("r", encoding="utf-8"),
                help="Read it as one text; - for standard input.",
            ),
            click.option("--edit", is_flag=True, help="Write it in your editor."),
        )
    ):  # fmt: skip
        function = option(function)
    return function


@verb(
    "add", within=story, schemas=("story",),
    example='triage story add p3 --as "lead" --want "tags in exports" --from e3',
)  # fmt: skip
@click.argument("name", metavar="P")
@parts
@click.option("--assumption", is_flag=True, help="It is told without any quote.")
def add(session: Session, name: str, as_json: bool, **given: Any) -> None:
    """
    Tell a story of a pain point.

    As one text, from a file or your editor, it has a line for each part: As a …, I
    want …, so that …, Context: …, Given …, When …, Then …, Quotes: e3 e7.
    """
    workspace = session.open()
    view = workspace.pain_point(name)
    text = None
    if given["edit"]:
        quotes = " ".join(f"e{quote.evidence.id}" for quote in view.quotes)
        text = _edited(_TEMPLATE.format(quotes=quotes))
        if text is None:
            note("nothing was written")
            return
    told = _told(given, text, None)
    show_story(workspace, workspace.tell_story(view.pain_point, told), as_json=as_json)


@verb("list", within=story, schemas=("stories",), example="triage story list p3")
@click.argument("name", metavar="[P]", required=False)
def list_stories(session: Session, name: str | None, as_json: bool) -> None:
    """List stories, of one pain point or of all."""
    workspace = session.open()
    point = workspace.pain_point(name).pain_point if name else None
    _tell_stories(workspace.stories(point), as_json=as_json)


@verb("check", within=story, schemas=("stories",), example="triage story check")
def check(session: Session, as_json: bool) -> None:
    """
    List stories that may not be exported; exit code 1 if any.

    A story cites a quote of its pain point, or is marked as an assumption.
    """
    found = [one for one in session.open().stories() if one[1]]
    if as_json:
        _tell_stories(found, as_json=True)
    else:
        for told, lacks in found:
            emit(one_line(f"{lacks}: “{told.want}”", 400))
        lacking = f"{count(len(found), 'story', 'stories')} without a quote"
        fine = "every story cites a quote or is marked as an assumption"
        note(lacking if found else fine)
    if found:
        sys.exit(1)


@verb("show", within=story, schemas=("story",), example="triage story show s3")
@click.argument("name", metavar="S")
def show(session: Session, name: str, as_json: bool) -> None:
    """Show a story with the quotes it is told from."""
    workspace = session.open()
    show_story(workspace, workspace.story(name), as_json=as_json)


@verb(
    "edit", within=story, schemas=("steps",),
    example="triage story edit s3 --from e7 --not-from e3",
)  # fmt: skip
@click.argument("name", metavar="S")
@parts
@click.option("--not-from", "uncited", multiple=True, metavar="E",
              help="A quote it is not told from, after all.")  # fmt: skip
@click.option(
    "--assumption/--no-assumption", default=None, help="Is it told without any quote?"
)
def edit(session: Session, name: str, as_json: bool, **given: Any) -> None:
    """
    Change what a story says or which quotes it cites; the rest stays.

    Criteria given here replace those there were. Without options your editor opens.
    """
    from triage.operations.story_text import written

    workspace = session.open()
    before = workspace.story(name)
    text = None
    if given["edit"] or not any(one not in (None, (), False) for one in given.values()):
        if given["assumption"] is None and not given["edit"] and not sys.stdin.isatty():
            raise UsageError("say what changes, for example --want; or --edit")
        if given["assumption"] is None or given["edit"]:
            text = _edited(written(before))
            if text is None:
                note("nothing was changed")
                return
    told = _told(given, text, before)
    tell(workspace.change_story(before, told), as_json=as_json)


@verb("remove", within=story, schemas=("steps",), example="triage story remove s3")
@click.argument("name", metavar="S")
def remove(session: Session, name: str, as_json: bool) -> None:
    """Remove a story; `triage undo` brings it back."""
    workspace = session.open()
    tell(workspace.remove_story(workspace.story(name)), as_json=as_json)


@verb("take", within=story, schemas=("story",), example="triage story take p3")
@click.argument("name", metavar="P")
@click.option("--from", "cited", multiple=True, metavar="E",
              help="A quote it is told from, e3; again for several.")  # fmt: skip
@click.option("--assumption", is_flag=True, help="It is told without any quote.")
def take(
    session: Session, name: str, cited: tuple[str, ...], assumption: bool, as_json: bool
) -> None:
    """
    Make a story of the text a pain point has of its own.

    That text goes in the same step; a line that is no part of a story is named.
    """
    workspace = session.open()
    point = workspace.pain_point(name).pain_point
    made = workspace.take_story(point, evidence=_ids(cited), assumption=assumption)
    show_story(workspace, made, as_json=as_json)


def show_stories(stories: Sequence[Story], evidence_ids: set[int]) -> None:
    """Stories of a pain point, a paragraph each."""
    from triage.operations.stories import lacks
    from triage.operations.story_text import criterion, sentence

    for told in stories:
        emit()
        emit(f"{told.short}  {one_line(sentence(told), 6000)}")
        if told.context:
            emit(f"    Context: {one_line(told.context, 2000)}")
        for one in told.criteria:
            emit(f"    {one_line(criterion(one), 6000)}")
        cited = " ".join(f"e{key}" for key in told.evidence)
        mark = "assumption" if told.assumption else lacks(told, evidence_ids)
        emit("    " + "; ".join(part for part in (cited, mark) if part))


def _tell_stories(stories: Sequence[tuple[Story, str]], *, as_json: bool) -> None:
    if as_json:
        emit_json("stories", {"stories": [of_story(*one) for one in stories]})
        return
    from triage.operations.story_text import sentence

    table(
        ("id", "of", ">criteria", "told from", "story"),
        [
            (
                told.short,
                f"p{told.pain_point_id}",
                len(told.criteria),
                _rests_on(told, lacks),
                sentence(told),
            )
            for told, lacks in stories
        ],
    )
    note(count(len(stories), "story", "stories"))


def _rests_on(told: Story, lacks: str) -> str:
    if told.assumption:
        return "assumption"
    return "no quote" if lacks else " ".join(f"e{key}" for key in told.evidence)


def show_story(workspace: Workspace, told: Story, *, as_json: bool) -> None:
    """A story whole, with the quotes it cites."""
    from triage.operations.stories import lacks
    from triage.operations.story_text import criterion, sentence

    view = workspace.pain_point(told.pain_point_id)
    quotes = {quote.evidence.id: quote for quote in view.quotes}
    missing = lacks(told, quotes)
    if as_json:
        emit_json("story", of_story(told, missing))
        return
    emit(f"{told.short}  {one_line(sentence(told), 6000)}")
    emit()
    facts(
        [
            ("of", f"{view.pain_point.short} {view.pain_point.title}"),
            ("context", told.context),
            *(("accepted if", criterion(one)) for one in told.criteria),
            ("assumption", "yes" if told.assumption else ""),
            ("lacks", missing),
            ("told", f"{clock(told.at)} by {told.by or 'somebody'}"),
        ]
    )
    cited = [quotes[key] for key in told.evidence if key in quotes]
    if cited:
        emit()
    table(
        ("id", "from", "quote"),
        [
            (
                f"e{quote.evidence.id}",
                quote.feedback.author or quote.feedback.email,
                f"“{quote.evidence.quote}”",
            )
            for quote in cited
        ],
    )


def _told(given: dict[str, Any], text: str | None, before: Story | None) -> StoryText:
    """What the options say, upon a text or what the story said before."""
    from dataclasses import replace

    from triage.operations.story_text import StoryText, parsed

    if given["file"] is not None:
        if text is not None:
            raise UsageError("give --file or --edit, not both")
        text = given["file"].read()
    if text is not None:
        told = parsed(text)
    elif before is not None:
        told = StoryText(
            role=before.role, want=before.want, benefit=before.benefit,
            context=before.context, criteria=before.criteria,
            evidence=before.evidence, assumption=before.assumption,
        )  # fmt: skip
    else:
        told = StoryText(role="", want="")
    criteria = _criteria(given)
    named = {
        name: given[name]
        for name in ("role", "want", "benefit", "context", "assumption")
        if given[name] not in (None, False) or (before and given[name] is False)
    }
    cited = set(told.evidence or (before.evidence if before else ()))
    cited = (cited | set(_ids(given["cited"]))) - set(_ids(given.get("uncited", ())))
    return replace(
        told, criteria=criteria or told.criteria, evidence=tuple(sorted(cited)), **named
    )


def _criteria(given: dict[str, Any]) -> tuple[Criterion, ...]:
    from triage.planning import Criterion

    begun, happens, holds = given["given"], given["when"], given["then"]
    if len(happens) != len(holds) or len(begun) not in {0, len(happens)}:
        raise UsageError(
            "each criterion has a --when and a --then, and all or none a --given"
        )
    return tuple(
        Criterion(given=before, when=event, then=after)
        for before, event, after in zip(
            begun or [""] * len(happens), happens, holds, strict=True
        )
    )


def _ids(names: Sequence[str]) -> list[int]:
    found = []
    for name in names:
        digits = name.strip().lstrip("eE")
        if not digits.isdecimal() or len(digits) > 18:
            raise UsageError(f"{name!r} is no quote; a quote looks like e7")
        found.append(int(digits))
    return found


def _edited(text: str) -> str | None:
    """The text as a person left it; None where they changed nothing."""
    kept = click.edit(text, require_save=False)
    return None if kept is None or kept.strip() == text.strip() else kept
