"""What a tracker is told of a pain point, in its own markup: never who said it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from triage.export import neutral, wiki
from triage.export.backlog import BacklogRow
from triage.export.stories import criteria_of
from triage.export.wording import number
from triage.operations.story_text import whole
from triage.store.views import Quote
from triage.text.counting import counted
from triage.text.display import safe


@dataclass(frozen=True, slots=True)
class Markup:
    """
    How one kind of text is written.

    Attributes:
        line: Any text, on one line.
        block: Any text, as lines of paragraphs.
        heading: A heading of ours.
        point: One point of a list, already written.
        quote: Lines of a quotation, already written.
    """

    line: Callable[[str], str]
    block: Callable[[str], list[str]]
    heading: Callable[[str], str]
    point: Callable[[str], str]
    quote: Callable[[list[str]], list[str]]


_LONGEST = 1_500
"""Characters of one text: what a tracker takes of a description is 32,767."""


def body(row: BacklogRow, markup: Markup, quotes: int = 5) -> str:
    """
    What hurts, how much, the stories, and so many quotes of the customers.

    Names and addresses stay here: a quote is signed by its channel, its day and its
    short id, which leads whoever has the workspace to the rest.
    """
    return "\n\n".join("\n".join(lines) for lines in _parts(row, markup, quotes))


def _parts(row: BacklogRow, markup: Markup, quotes: int) -> Iterator[list[str]]:
    # The first words are ours, so that no cell begins with a customer's.
    yield [markup.line(_heard(row))]
    if row.view.pain_point.statement.strip():
        yield markup.block(_clipped(row.view.pain_point.statement))
    yield from _stories(row, markup)
    cited = row.top_quotes(quotes)
    if cited:
        yield [markup.heading("What customers say")]
    for quote in cited:
        words = markup.block(_clipped(quote.evidence.quote))
        yield markup.quote([*words, _signed(quote)])
    left = len(row.view.quotes) - len(cited)
    if left and cited:
        yield [f"… and {left:,} more."]
    yield [f"Triage {row.view.pain_point.short}"]


def _heard(row: BacklogRow) -> str:
    score = row.score
    people = counted(score.people, "person", "people")
    firms = counted(score.companies, "company", "companies")
    said = f"Heard from {people} in {firms}."
    if row.feedback:
        first, last = (row.feedback[end].received_at for end in (0, -1))
        said += f" First on {first:%Y-%m-%d}, last on {last:%Y-%m-%d}."
    if row.scored.value is None:
        return said
    made = f"{row.scored.formula}-{row.scored.version}"
    return f"{said} Score {number(row.scored.value)} by {made}."


def _stories(row: BacklogRow, markup: Markup) -> Iterator[list[str]]:
    view = row.view
    criteria = list(criteria_of(view.stories))
    if view.stories:
        yield [markup.heading("Stories")]
        yield [markup.point(markup.line(whole(story))) for story in view.stories]
    elif view.pain_point.story.strip():
        yield [markup.heading("Story")]
        yield markup.block(_clipped(view.pain_point.story))
    if criteria:
        yield [markup.heading("Settled when")]
        yield [markup.point(markup.line(one)) for one in criteria]
    elif row.acceptance.strip():
        yield [markup.heading("Settled when")]
        yield markup.block(_clipped(row.acceptance))


def _signed(quote: Quote) -> str:
    said = quote.feedback
    inferred = "" if quote.evidence.observed else ", inferred"
    day = f"{said.received_at:%Y-%m-%d}"
    return f"— {said.channel.value}, {day}, {said.short}{inferred}"


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _plain_block(text: str) -> list[str]:
    lines = [line.strip() for line in safe(text, multiline=True).split("\n")]
    return [neutral.neutral(line) for line in lines if line]


def _markdown_quote(lines: list[str]) -> list[str]:
    *said, signed = lines
    return [*(f"> {line}".rstrip() for line in said), ">", f"> {signed}"]


MARKDOWN = Markup(
    line=neutral.markdown_line,
    block=neutral.markdown_block,
    heading=lambda text: f"### {text}",
    point=lambda text: f"- {text}",
    quote=_markdown_quote,
)
WIKI = Markup(
    line=wiki.wiki_line,
    block=wiki.wiki_block,
    heading=lambda text: f"h3. {text}",
    point=lambda text: f"* {text}",
    quote=lambda lines: ["{quote}", *lines, "{quote}"],
)
PLAIN = Markup(
    line=lambda text: neutral.line(text, 2000),
    block=_plain_block,
    heading=lambda text: f"{text}:",
    point=lambda text: f"* {text}",
    quote=lambda lines: [f"  {line}" for line in lines],
)
