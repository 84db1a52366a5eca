"""What is heard in a passage: feeling, how much, meaning, tags; a key for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from triage.operations.highlights import INTENSITIES
from triage.research import Comparison, Feeling, Highlight, Meaning, Stance
from triage.text.display import one_line
from triage.tui.dialogs.dialog import Dialog
from triage.tui.dialogs.one_of import Option
from triage.tui.heard_words import COLOURS, role, sign

Told = dict[str, Any]
"""What was answered, as ``Workspace.highlight`` takes it; without what was skipped."""

_FEELINGS = (
    ("a", Feeling.ANGRY), ("f", Feeling.FRUSTRATED), ("d", Feeling.DISAPPOINTED),
    ("w", Feeling.WORRIED), ("c", Feeling.CONFUSED), ("s", Feeling.SAD),
    ("u", Feeling.SURPRISED), ("h", Feeling.HOPEFUL), ("r", Feeling.RELIEVED),
    ("p", Feeling.PLEASED), ("l", Feeling.DELIGHTED),
)  # fmt: skip

_MEANINGS = (
    ("n", Meaning.NEED, "something they lack"),
    ("w", Meaning.WORRY, "something they fear"),
    ("m", Meaning.MOTIVATION, "why they do it at all"),
    ("j", Meaning.JOB, "what they are trying to get done"),
    ("g", Meaning.GOAL, "where they want to be"),
    ("c", Meaning.CONTEXT, "where and how it happens"),
    ("p", Meaning.PREFERENCE, "how they would rather have it"),
    ("b", Meaning.BEHAVIOUR, "what they do"),
)

_STANCES = (
    ("b", Stance.BETTER, "they do it better"),
    ("w", Stance.WORSE, "they do it worse"),
    ("s", Stance.SAME, "there is no difference"),
)

_NOTHING = "-"
"""The key that takes away what was set before."""


@dataclass(frozen=True, slots=True)
class _Question:
    """
    One question; without options it is answered in words.

    Attributes:
        name: What it is about: feeling, intensity, meaning, stance, aspect, tags.
    """

    name: str
    asks: str
    options: Sequence[Option] = ()


class Hearing(Dialog[Told]):
    """
    One question after the other; each is answered by a key or skipped by enter.

    ``-`` takes away what was set before. Nothing is set until the last is answered.
    """

    # Its field is for words alone; letters are answers before that.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,tab", "skip", show=False),
        Binding("backspace", "go_back", show=False),
    ]

    def __init__(
        self, quote: str, before: Highlight | None = None, beside: str = ""
    ) -> None:
        super().__init__(
            f"“{one_line(quote, 140)}”",
            "a key answers   enter goes on   ⌫ the question before   esc never mind",
        )
        self._before = before
        self._beside = beside
        self._told: Told = {}
        self._at = 0
        self._suggested = ""
        self._asked = Static("", id="asked", markup=False)
        self._field = Input(id="words", select_on_focus=False)

    def compose_question(self) -> ComposeResult:
        """What was answered so far, the question, and a field for words."""
        yield self._asked
        yield self._field

    def on_mount(self) -> None:
        """The first question."""
        self._ask()

    def suggest(self, words: str) -> None:
        """Say what the words sound like; nothing is set by it."""
        self._suggested = words
        self._draw()

    @property
    def _questions(self) -> list[_Question]:
        """Those there are, as far as answers tell."""
        felt = self._told.get("feeling", self._had("feeling"))
        found = [_Question("feeling", "What did they feel?", _feelings())]
        if felt is not None:
            found.append(_Question("intensity", f"How {felt}?", _intensities(felt)))
        found.append(_Question("meaning", "What does it tell of them?", _meanings()))
        if self._beside:
            asks = f"Beside us, {one_line(self._beside, 40)} is"
            found.append(_Question("stance", asks, _stances()))
            if "stance" in self._told and self._told["stance"] is not None:
                found.append(_Question("aspect", "In what? price, speed …"))
        found.append(_Question("tags", "Tags, with commas between"))
        return found

    def on_key(self, event: events.Key) -> None:
        """The key of an answer."""
        question = self._questions[self._at]
        if not question.options:
            if event.key == "backspace" and not self._field.value:
                event.stop()
                event.prevent_default()
                self.action_go_back()
            return
        for option in question.options:
            if event.character == option.key:
                event.stop()
                event.prevent_default()
                self._answer(option.value)
                return
        if event.character == _NOTHING and question.name != "intensity":
            event.stop()
            self._answer(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Words answer; none skip."""
        event.stop()
        said = event.value.strip()
        question = self._questions[self._at]
        if question.name == "tags" and said:
            named = [one.strip() for one in said.split(",")]
            self._answer([one for one in named if one and one != _NOTHING])
        elif said:
            self._answer(said)
        else:
            self.action_skip()

    def action_skip(self) -> None:
        """Leave it as it is."""
        self._told.pop(self._questions[self._at].name, None)
        self._go_on()

    def action_go_back(self) -> None:
        """The question before once more."""
        if self._at:
            self._at -= 1
            self._ask()

    def _answer(self, value: Any) -> None:
        self._told[self._questions[self._at].name] = value
        if value is None and "intensity" in self._told:
            self._told.pop("intensity")
        self._go_on()

    def _go_on(self) -> None:
        self._at += 1
        if self._at < len(self._questions):
            self._ask()
        else:
            self.dismiss(self._answers())

    def _answers(self) -> Told:
        """As they are set: stance and aspect are one comparison."""
        told = dict(self._told)
        stance, aspect = told.pop("stance", None), told.pop("aspect", "")
        if stance is not None:
            told["comparison"] = Comparison(
                competitor=self._beside, aspect=aspect, stance=stance
            )
        elif "stance" in self._told:
            told["comparison"] = None
        return told

    def _ask(self) -> None:
        question = self._questions[self._at]
        self._field.display = not question.options
        self._field.value = ""
        if question.options:
            self.set_focus(None)
        else:
            if question.name == "tags" and self._before is not None:
                self._field.value = ", ".join(self._before.tags)
            self._field.focus()
        self._draw()

    def _draw(self) -> None:
        question = self._questions[self._at]
        now = self._told.get(question.name, self._had(question.name))
        lines = [Content.assemble((question.asks, "bold"))]
        if question.name == "feeling":
            # It has its line before it is there: nothing moves under whoever reads.
            lines.append(Content.styled(self._suggested, "$muted"))
            lines += _in_columns(question.options, now)
        else:
            lines += [_in_a_line(option, now) for option in question.options]
        self._asked.update(Content("\n").join(lines))

    def _had(self, name: str) -> Any:
        before = self._before
        if before is None:
            return None
        if name in {"stance", "aspect"}:
            beside = before.comparison
            return getattr(beside, name) if beside else None
        return getattr(before, name) or None


def _in_a_line(option: Option, now: object) -> Content:
    """An answer, what it means, and whether it is what was said before."""
    is_now = "   as it is" if option.value == now and now is not None else ""
    return Content.assemble(
        ("  ", ""), (option.key, "bold $accent"), (f"  {option.label}", ""),
        (f"  {option.note}{is_now}".rstrip(), "$muted"),
    )  # fmt: skip


def _in_columns(options: Sequence[Option], now: object) -> list[Content]:
    """Feelings in three columns, each in its colour with its sign."""
    rows = -(-len(options) // 3)
    lines = []
    for row in range(rows):
        parts: list[tuple[str, str]] = []
        for option in options[row::rows]:
            mark = "›" if option.value == now else " "
            colour = COLOURS[role(option.value)]
            parts += [
                (f" {mark}", "bold"), (option.key, "bold $accent"),
                (f" {sign(option.value, 1)} ", colour), (f"{option.label:<14}", ""),
            ]  # fmt: skip
        lines.append(Content.assemble(*parts))
    return lines


def _feelings() -> list[Option]:
    return [Option(key, one, one.value) for key, one in _FEELINGS]


def _intensities(feeling: Feeling) -> list[Option]:
    return [
        Option(str(many), many, f"{sign(feeling, many):<3}", words)
        for many, words in INTENSITIES.items()
    ]


def _meanings() -> list[Option]:
    return [Option(key, one, f"{one.value:<10}", note) for key, one, note in _MEANINGS]


def _stances() -> list[Option]:
    return [Option(key, one, f"{one.value:<6}", note) for key, one, note in _STANCES]
