"""A story of a pain point, written part by part and told from its quotes."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static, TextArea

from triage.errors import TriageError
from triage.operations import stories
from triage.operations.story_text import (
    StoryText,
    criteria_parsed,
    criteria_written,
    parsed,
    written,
)
from triage.planning import Story
from triage.text.display import one_line, safe
from triage.tui import editor, pain_words
from triage.tui.dialogs.form import Form
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.ticks import Tick, Ticks
from triage.workspace import PainView

_ASSUMPTION = 0
"""What stands for “told without a quote” among the ids of quotes."""

_PARTS = (
    ("role", "As a", "project lead"),
    ("want", "I want", "the export to keep my tags"),
    ("benefit", "so that", "finance can book by them"),
    ("context", "context", "where and how it holds: device, place, hurry"),
)
_CRITERIA = "Given a project with tags\nWhen I export it\nThen each tag has a column"


class StoryForm(Form[StoryText]):
    """Answers with what the story says; nothing written is lost without a word."""

    DEFAULT_CSS = """
    StoryForm.-wide > #box { width: 100; }
    StoryForm Horizontal { height: 1; }
    StoryForm .label { width: 10; color: $muted; }
    StoryForm Input { width: 1fr; }
    StoryForm TextArea {
        height: 5; border: none; padding: 0; margin: 0 0 0 10; background: $surface;
    }
    StoryForm TextArea:focus { border: none; background: $panel; }
    StoryForm .over { height: 1; color: $muted; }
    StoryForm #status { padding: 0; }
    StoryForm.-low TextArea { height: 2; }
    StoryForm.-low Ticks { max-height: 2; }
    StoryForm.-low .over { display: none; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]  # noqa: RUF012
    KEYS = ("f2 keep", "tab next", "space tick")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "keep", show=False)]

    def __init__(self, view: PainView, story: Story | None = None) -> None:
        point = view.pain_point
        verb = f"Change {story.short}" if story else "Tell a story"
        super().__init__(f"{verb} of {point.short} “{one_line(point.title, 50)}”")
        self._story = story or Story(
            id=0, pain_point_id=point.id, role="", want="", benefit=""
        )
        self._quotes = {quote.evidence.id for quote in view.quotes}
        # What is shown is what is kept: a control character becomes its picture.
        self._fields = {
            name: Input(
                safe(getattr(self._story, name)), placeholder=hint,
                select_on_focus=False,
            )
            for name, _, hint in _PARTS
        }  # fmt: skip
        self._area = TextArea(
            safe(criteria_written(self._story.criteria), multiline=True),
            soft_wrap=True, tab_behavior="focus", placeholder=_CRITERIA,
        )  # fmt: skip
        ticks = [
            Tick(quote.evidence.id, f"“{quote.evidence.quote}”",
                 pain_words.worth(quote))
            for quote in view.quotes
        ]  # fmt: skip
        ticks.append(Tick(_ASSUMPTION, "told without a quote: an assumption"))
        self._ticks = Ticks(
            ticks, _ticked(self._story.evidence, self._story.assumption)
        )
        self._status = OneLine(id="status")
        self._opened = ""

    def compose_question(self) -> ComposeResult:
        """A line for each part, criteria, the quotes to tick."""
        for name, label, _ in _PARTS:
            with Horizontal():
                yield Static(label, classes="label", markup=False)
                yield self._fields[name]
        yield Static("accepted if  Given … When … Then …", classes="over", markup=False)
        yield self._area
        yield Static("told from", classes="over", markup=False)
        yield self._ticks
        yield self._status

    def key_of(self, word: str) -> str:
        """The keys of a form, and what every dialog names."""
        return word if word in {"f2", "space"} else super().key_of(word)

    def on_mount(self) -> None:
        """Begin with who wants it."""
        self._fields["role"].focus()
        self._opened = self._text
        self._look()

    # While somebody writes

    @on(Input.Submitted)
    def _go_on(self) -> None:
        self.focus_next()

    @on(Ticks.Turned)
    @on(Input.Changed)
    @on(TextArea.Changed)
    def _look(self) -> None:
        story = self._with_evidence()
        lacking = stories.lacks(story, self._quotes)
        told = "no quote yet: tick one, or that it is an assumption" if lacking else ""
        self._say(told)

    def _say(self, told: str) -> None:
        self._status.say([(told, "$warning")])

    def _with_evidence(self) -> Story:
        cited = self._ticks.ticked - {_ASSUMPTION}
        return replace(
            self._story,
            role=self._fields["role"].value,
            want=self._fields["want"].value,
            benefit=self._fields["benefit"].value,
            context=self._fields["context"].value,
            evidence=tuple(sorted(cited)),
            assumption=_ASSUMPTION in self._ticks.ticked,
        )

    def _told(self) -> Story:
        story = replace(
            self._with_evidence(), criteria=criteria_parsed(self._area.text)
        )
        return stories.checked(story, self._quotes)

    @property
    def _text(self) -> str:
        """Everything there is to lose, as one text."""
        fields = [field.value for field in self._fields.values()]
        return "\n".join((*fields, self._area.text, str(sorted(self._ticks.ticked))))

    def action_edit(self) -> None:
        """The whole story as a text in the person's own editor, and back."""
        try:
            criteria = criteria_parsed(self._area.text)
            before = replace(self._with_evidence(), criteria=criteria)
            told = parsed(editor.edited(self.app, written(before)))
        except TriageError as error:
            self._say(one_line(str(error), 300))
            return
        for name, field in self._fields.items():
            field.value = safe(getattr(told, name))
        self._area.text = safe(criteria_written(told.criteria), multiline=True)
        self._ticks.show(_ticked(told.evidence or (), told.assumption))
        self._look()

    # Leaving

    def action_keep(self) -> None:
        """Answer, unless a part is missing or not understood."""
        try:
            told = self._told()
        except TriageError as error:
            self._say(one_line(str(error), 300))
            return
        self.dismiss(
            StoryText(
                role=told.role, want=told.want, benefit=told.benefit,
                context=told.context, criteria=told.criteria,
                evidence=told.evidence, assumption=told.assumption,
            )
        )  # fmt: skip

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to lose."""
        return self._text != self._opened


def _ticked(evidence: tuple[int, ...], assumption: bool) -> set[int]:
    return {*evidence, *({_ASSUMPTION} if assumption else ())}
