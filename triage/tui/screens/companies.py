"""Whose customers are: companies, what is known of each, and who of it spoke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from triage.errors import TriageError
from triage.text.display import one_line
from triage.tui import people_words, words
from triage.tui.bindings import bindings
from triage.tui.desk import beside
from triage.tui.following import Following
from triage.tui.passage import Passage
from triage.tui.table import Field, cells
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import CompanyView, Person

PEOPLE = 40
"""People of a company that are told beside it, those who said most."""


class CompaniesScreen(Following):
    """Companies, whoever has most people first, and the one under the cursor."""

    PART = "companies"
    PARTS = ("list",)
    BINDINGS = bindings("companies")
    CSS_PATH = ["inbox.tcss", "companies.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._fields: tuple[Field[CompanyView], ...] = (
            Field(name="people", width=6, right=True,
                  say=lambda one: f"{one.people:,}"),
            Field(name="said", width=6, right=True,
                  say=lambda one: f"{one.feedback:,}"),
            Field(name="company", width=24,
                  say=lambda one: words.row_text(one.company.called, 60)),
            Field(name="known", style="row", say=_known),
        )  # fmt: skip

    def compose_body(self) -> ComposeResult:
        """How many, the list, and one of them."""
        self.rows: Rows[CompanyView] = Rows(self._draw, id="rows")
        self.reader = Reader(id="reader")
        yield OneLine(id="title")
        yield Headings(self._fields)
        with Horizontal(id="panes"):
            yield self.rows
            yield self.reader
        yield Static("", id="empty", markup=False)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    # What it shows

    def look_up(self) -> list[CompanyView]:
        """Every company."""
        return self.workspace.companies()

    def show_found(self, found: object) -> None:
        """The cursor stays on the company it was on."""
        assert isinstance(found, list)
        here = self.rows.row.company.called if self.rows.row else None
        names = [one.company.called for one in found]
        at = names.index(here) if here in names else self.rows.cursor
        self.rows.show(found, at=at)
        self.set_class(not found, "-empty")
        self.show_nothing(
            ["No customer is of a company yet.",
             "A company is what a desk names, or the domain customers write from;",
             "`triage companies set acme.example plan=pro` writes down what is known."],
            ("go-inbox", "the inbox"),
        )  # fmt: skip
        many = words.count(len(found), "company", "companies")
        self.query_one("#title", OneLine).say(
            [("Companies   ", "bold"), (many if found else "", "$muted")],
            self.elsewhere(),
        )

    @on(Rows.Moved)
    def _show_company(self) -> None:
        if self.rows.row is None:
            self.reader.show(())
        else:
            beside(self, self._read, self.rows.row, group="company", exclusive=True)

    async def _read(self, view: CompanyView) -> None:
        try:
            found = await self.triage.desk.look(
                lambda: self.workspace.company(view.company)
            )
        except TriageError as error:
            self.say(one_line(str(error)))
            return
        self.reader.show(list(_passages(*found)))

    # Looking

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    # Drawing

    def _draw(self, row: CompanyView, room: int) -> Cells:
        return cells(self._fields, row, room)


def _known(view: CompanyView) -> str:
    return " · ".join(people_words.attributes(view.company.attributes))


def _passages(view: CompanyView, people: Sequence[Person]) -> Iterator[Passage]:
    """A company: what is known of it, then who of it spoke."""
    company = view.company
    yield Passage(text=one_line(company.called, 80), style="title")
    if company.name and company.domain:
        yield Passage(text=one_line(company.domain, 80), style="dim")
    for told in people_words.attributes(company.attributes):
        yield Passage(text=told, style="text")
    said = words.count(view.feedback, "message")
    yield Passage(text=f"{words.people(view.people)}, {said}", style="head", gap=1)
    for one in people[:PEOPLE]:
        yield Passage(
            text=f"{one.short} {one_line(one.called, 60)}"
            f" · {people_words.places(one.sources)}",
            style="dim", brief=True,
        )  # fmt: skip
    if len(people) > PEOPLE:
        yield Passage(text=f"and {len(people) - PEOPLE:,} more", style="dim")
