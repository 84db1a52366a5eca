"""``--to html``: one page with charts that opens anywhere, and prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, TextIO

from triage.export.backlog import WEEKS, Backlog, BacklogRow
from triage.export.drawing import Dot, plot, sparkline
from triage.export.page import FOOT, blockquote, head, lines, plain
from triage.export.stories import criteria_of
from triage.export.wording import day, priority, progress, span, value
from triage.model import Extent, PainStatus
from triage.operations.story_text import whole
from triage.store.views import Plan, Quote
from triage.text.counting import counted


@dataclass(frozen=True, slots=True)
class Html:
    """
    A ranking, value over effort, and each pain point with its quotes.

    Nothing a customer wrote is markup or a link; the page asks for nothing outside it.

    Attributes:
        quotes: How many quotes each pain point shows; the rest are counted.
    """

    name: ClassVar[str] = "html"
    suffix: ClassVar[str] = ".html"

    quotes: int = 3

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write the page."""
        out.write(head("Backlog"))
        out.writelines(f"{part}\n" for part in _overview(backlog))
        if backlog.rows:
            out.write("<h2>What hurts, in the customers' words</h2>\n")
        for row in backlog.rows:
            out.writelines(f"{part}\n" for part in self._article(row))
        made = backlog.formula
        out.write(
            f"<footer>Scores by {plain(made.title)} ({made.hash}, weights"
            f" {backlog.weights.hash}): {plain(made.says)}.</footer>\n"
        )
        out.write(FOOT)

    def _article(self, row: BacklogRow) -> Iterator[str]:
        point = row.view.pain_point
        yield f'<article id="{point.short}">'
        yield f"<h3>{row.rank}. {plain(point.title)}</h3>"
        yield f'<p class="soft">{_standing(row)}</p>'
        if point.statement.strip():
            yield f'<p class="lines">{lines(point.statement)}</p>'
        yield from _stories(row)
        for plan in sorted(row.view.plans, key=lambda plan: plan.item.id):
            yield f"<p>Roadmap: {_planned(plan)}</p>"
        for quote in row.top_quotes(self.quotes):
            yield _quoted(quote)
        left = len(row.view.quotes) - self.quotes
        if left > 0:
            yield f'<p class="soft">… and {counted(left, "more quote")}.</p>'
        yield "</article>"


def _overview(backlog: Backlog) -> Iterator[str]:
    yield "<h1>Backlog</h1>"
    yield f'<p class="soft">As of {backlog.as_of:%Y-%m-%d %H:%M} UTC</p>'
    if not backlog.rows:
        yield "<p>No pain point yet.</p>"
        return
    heard = [one for row in backlog.rows for one in row.case.heard]
    figures = (
        (len(backlog.open_rows), "open pain points"),
        (len({one.person for one in heard}), "people heard"),
        (len({one.company for one in heard} - {""}), "companies"),
        (len(heard), "quotes"),
    )
    yield '<div class="figures">'
    for count, name in figures:
        yield f'<p class="soft"><b>{count:,}</b> {name}</p>'
    yield "</div>"
    yield from _ranking(backlog)
    yield from _value_over_effort(backlog)


def _ranking(backlog: Backlog) -> Iterator[str]:
    yield "<h2>Ranking</h2>"
    yield '<div class="wide"><table><thead><tr>'
    yield (
        '<th class="n">#</th><th>Pain point</th><th>Priority</th>'
        '<th class="n">Score</th><th class="n">People</th>'
        '<th class="n less">Companies</th>'
        f'<th class="less">{WEEKS} weeks</th><th class="less">Roadmap</th>'
    )
    yield "</tr></thead><tbody>"
    for row in backlog.rows:
        point, score = row.view.pain_point, row.score
        keys = ", ".join(plan.item.key or plan.item.short for plan in row.view.plans)
        yield (
            f'<tr><td class="n">{row.rank}</td><td class="what">'
            f'<a href="#{point.short}">{plain(point.title)}</a>{_done(row)}</td>'
            f'<td class="{point.priority.name.lower()}">{_priority(row)}</td>'
            f'<td class="n">{value(row.scored)}</td>'
            f'<td class="n">{score.people:,}</td>'
            f'<td class="n less">{score.companies:,}</td>'
            f'<td class="less">{sparkline(row.trend)}</td>'
            f'<td class="less">{plain(keys, 80) or "–"}</td></tr>'
        )
    yield "</tbody></table></div>"


def _done(row: BacklogRow) -> str:
    status = row.view.pain_point.status
    if status is PainStatus.OPEN:
        return ""
    return f' <span class="soft">({status.value})</span>'


def _priority(row: BacklogRow) -> str:
    told = priority(row.view.pain_point)
    return "–" if told == "no priority" else told


def _value_over_effort(backlog: Backlog) -> Iterator[str]:
    dots = [
        Dot(
            effort=row.view.pain_point.effort,
            value=row.score.value * row.view.pain_point.effort,
            name=str(row.rank),
            title=f"{row.rank}. {row.view.pain_point.title}",
        )
        for row in backlog.open_rows
        if row.view.pain_point.effort
    ]
    yield "<h2>Value over effort</h2>"
    if not dots:
        yield '<p class="soft">Nobody has guessed the effort of any of them yet.</p>'
        return
    left = len(backlog.open_rows) - len(dots)
    without = f" {left:,} have no effort yet and are not shown." if left else ""
    yield f'<figure><div class="wide">{plot(dots)}</div>'
    yield (
        "<figcaption>Up: demand × severity × confidence. High and to the left"
        f" is worth more of what it costs.{without}</figcaption></figure>"
    )


def _standing(row: BacklogRow) -> str:
    score, point = row.score, row.view.pain_point
    told = [
        priority(point).capitalize(),
        f"score {plain(span(row.scored))}",
        counted(score.people, "person", "people"),
        counted(score.companies, "company", "companies"),
    ]
    if row.feedback:
        told.append(f"last heard {day(row.feedback[-1].received_at)}")
    told += [plain(point.owner, 80)] if point.owner.strip() else []
    told += [plain(", ".join(point.tags), 200)] if point.tags else []
    return f"{point.short} · " + " · ".join(told) + _done(row)


def _stories(row: BacklogRow) -> Iterator[str]:
    for story in row.view.stories:
        assumed = ' class="assumed"' if story.assumption else ""
        yield f"<p{assumed}>{plain(whole(story), 3000)}</p>"
    if not row.view.stories and row.story.strip():
        yield f'<p class="lines">{lines(row.story)}</p>'
    criteria = list(criteria_of(row.view.stories))
    if criteria:
        told = "".join(f"<li>{plain(one, 3000)}</li>" for one in criteria)
        yield f'<p class="soft">Settled when</p><ul>{told}</ul>'
    elif row.acceptance.strip():
        yield '<p class="soft">Settled when</p>'
        yield f'<p class="lines">{lines(row.acceptance)}</p>'


def _planned(plan: Plan) -> str:
    item = plan.item
    part = "settles it" if plan.link.extent is Extent.FULL else "settles part of it"
    told = f"{plain(item.title)} ({item.horizon.value}, {progress(plan)}; {part})"
    where = " ".join(word for word in (item.tracker, item.key) if word.strip())
    told += f", {plain(where)}" if where else ""
    # Shown, not linked: a person looks at an address before going there.
    return f"{told} <code>{plain(item.url)}</code>" if item.url.strip() else told


def _quoted(quote: Quote) -> str:
    said = quote.feedback
    who = plain(said.author or said.company or "Somebody", 80)
    if said.author and said.company:
        who += f" ({plain(said.company, 80)})"
    inferred = "" if quote.evidence.observed else ", inferred"
    signed = f"{who}, {said.channel.value}, {day(said.received_at)}{inferred}"
    return blockquote(quote.evidence.quote, signed)
