"""What can be decided about the stories of a pain point."""

from __future__ import annotations

from triage.model import PainPoint
from triage.operations.story_text import StoryText, sentence
from triage.planning import Story
from triage.text.display import one_line
from triage.tui import story_words
from triage.tui.dialogs.picker import Choice, Picker, among
from triage.tui.screen import TriageScreen
from triage.workspace import Entry, PainView


def tell(screen: TriageScreen, view: PainView) -> None:
    """A new story; where there are some, which of them, or another?"""
    if not view.stories:
        _write(screen, view, None)
        return

    def answered(choice: Choice | None) -> None:
        if choice is not None:
            _write(screen, view, choice.value or None)

    point = view.pain_point
    choices = [*_choices(view), Choice("", "tell another story", "new")]
    screen.app.push_screen(
        Picker(f"Which story of {_named(point)}", among(choices)), answered
    )


def remove(screen: TriageScreen, view: PainView) -> None:
    """Which story goes? Asked only where there are several."""
    if not view.stories:
        screen.say("No story is told of it")
        return
    if len(view.stories) == 1:
        _remove(screen, view.stories[0])
        return

    def answered(choice: Choice | None) -> None:
        if choice is not None:
            _remove(screen, choice.value)

    heading = f"Which story of {_named(view.pain_point)} goes"
    screen.app.push_screen(Picker(heading, among(_choices(view))), answered)


def _write(screen: TriageScreen, view: PainView, story: Story | None) -> None:
    from triage.tui.dialogs.story import StoryForm

    workspace, point = screen.workspace, view.pain_point

    def answered(told: StoryText | None) -> None:
        if told is None:
            return

        def work() -> Entry | None:
            if story is None:
                workspace.tell_story(point, told)
                return workspace.history(1)[0]
            return workspace.change_story(workspace.story(story.id), told)

        screen.triage.decide(work)

    screen.app.push_screen(StoryForm(view, story), answered)


def _remove(screen: TriageScreen, story: Story) -> None:
    workspace = screen.workspace
    screen.triage.decide(lambda: workspace.remove_story(workspace.story(story.id)))


def _choices(view: PainView) -> list[Choice]:
    return [
        Choice(
            story, one_line(sentence(story), 200), story.short,
            story_words.rests_on(story, view),
        )
        for story in view.stories
    ]  # fmt: skip


def _named(point: PainPoint) -> str:
    return f"{point.short} “{one_line(point.title, 60)}”"
