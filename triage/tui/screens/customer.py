"""A customer: all they ever said, the newest first, and what became of it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from triage.errors import TriageError
from triage.measures import revenue_of
from triage.model import Feedback
from triage.text.display import one_line
from triage.tui import clipboard, people_words, words
from triage.tui.around import became
from triage.tui.bindings import bindings
from triage.tui.following import Following
from triage.tui.reading import passages
from triage.tui.replying import Replying
from triage.tui.table import Field, cells
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import CustomerView, Outcome

MOST = 1000
"""Messages listed of one customer, the latest."""

_FACES = 5
"""Customers that one person is, told over the list."""


class CustomerScreen(Following, Replying):
    """
    Who somebody is, over what they said.

    Args:
        customer: Their id.
    """

    PART = "customer"
    PARTS = ("list",)
    BINDINGS = bindings("customer")
    CSS_PATH = ["inbox.tcss", "customer.tcss"]  # noqa: RUF012

    def __init__(self, customer: int) -> None:
        super().__init__()
        self._customer = customer
        self._fields: tuple[Field[Outcome], ...] = (
            Field(name="★", width=5, right=True, say=_rating),
            Field(name="age", width=4, right=True, say=self._age),
            Field(name="source", width=12, from_width=60,
                  say=lambda one: words.row_text(one.feedback.source, 30)),
            Field(name="became", width=18, say=self._became),
            Field(name="what", style="row", say=_opening),
        )  # fmt: skip

    def compose_body(self) -> ComposeResult:
        """Who, what they said, and the text under the cursor."""
        self.rows: Rows[Outcome] = Rows(self._draw, id="rows")
        self.reader = Reader(id="reader")
        yield OneLine(id="title")
        yield Static("", id="faces", markup=False)
        yield Headings(self._fields)
        with Horizontal(id="panes"):
            yield self.rows
            yield self.reader

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    # What it shows

    def look_up(self) -> CustomerView:
        """Everything they said, up to a great deal."""
        return self.workspace.customer(self._customer, MOST)

    def gone(self, error: TriageError) -> None:
        """All they said went with an import that was taken back."""
        self.app.pop_screen()
        self.triage.say(one_line(str(error)))

    def show_found(self, found: object) -> None:
        """The cursor stays on what it was on."""
        assert isinstance(found, CustomerView)
        here = self.reading
        ids = [one.feedback.id for one in found.outcomes]
        at = ids.index(here.id) if here and here.id in ids else self.rows.cursor
        self.rows.show(found.outcomes, at=at)
        right = f"{words.count(found.count, 'message')} · {found.short}"
        who, *facts = _facts(found)
        self.query_one("#title", OneLine).say(
            [(who, "bold"), ("".join(f" · {fact}" for fact in facts), "$muted")],
            [(right, "$muted")],
        )
        faces = _faces(found)
        self.query_one("#faces", Static).update(Content("\n".join(faces)))
        self.set_class(bool(faces), "-faces")

    @property
    def reading(self) -> Feedback | None:
        """What is under the cursor."""
        return self.rows.row.feedback if self.rows.row else None

    def to_answer(self) -> Feedback | None:
        """The same."""
        return self.reading

    @on(Rows.Moved)
    def _show_text(self) -> None:
        said = self.reading
        self.reader.show(passages(said, None, self.workspace.clock()) if said else ())

    # Looking

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """The feedback, with all that say the same."""
        if self.reading is not None:
            self.triage.open("group", self.reading.id)

    def action_back(self) -> None:
        """Where one came from."""
        self.app.pop_screen()

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    def action_copy_id(self) -> None:
        """f12, for a command or a colleague."""
        if self.reading is not None:
            clipboard.copy(self, self.reading.short, self.reading.short)

    def action_copy_text(self) -> None:
        """What it says, for a colleague."""
        if self.reading is not None:
            said = self.reading
            clipboard.copy_words(self, f"the words of {said.short}", said)

    # Drawing

    def _age(self, one: Outcome) -> str:
        return words.age(one.feedback.received_at, self.workspace.clock())

    def _became(self, one: Outcome) -> str:
        return words.row_text(became(one, self.workspace.clock()), 60)

    def _draw(self, row: Outcome, room: int) -> Cells:
        return cells(self._fields, row, room)


def _facts(found: CustomerView) -> list[str]:
    """Name, address, company; what is known of it, or was last told with feedback."""
    company = found.whose.called if found.whose else ""
    named = (found.name or found.email or "somebody", found.email, company)
    facts = list(dict.fromkeys(one_line(one, 60) for one in named if one))
    if found.whose and found.whose.attributes:
        return [*facts, *people_words.attributes(found.whose.attributes)]
    said = [one.feedback for one in found.outcomes]
    for name in ("segment", "plan"):
        told = [one.context[name] for one in said if one.context.get(name)]
        facts += [one_line(str(told[0]), 30)] if told else []
    paid = [revenue_of(one) for one in said if revenue_of(one)]
    return [*facts, f"{words.money(paid[0])}/month"] if paid else facts


def _faces(found: CustomerView) -> list[str]:
    """The customers they are, or where one of several sources knows them."""
    if len(found.faces) > 1:
        shown = [people_words.known_as(face) for face in found.faces[:_FACES]]
        more = len(found.faces) - _FACES
        return [*shown, f"and {more} more"] if more > 0 else shown
    (face,) = found.faces
    return [people_words.places(face.sources)] if len(face.sources) > 1 else []


def _rating(one: Outcome) -> str:
    said = one.feedback
    return words.rating(said.rating, said.scale, said.metric)


def _opening(one: Outcome) -> str:
    return words.opening(one.feedback.title, one.feedback.body)
