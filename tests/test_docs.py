"""The README, and the page on grouping, tell the truth."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from datetime import timedelta
from pathlib import Path

import click
import pytest

from triage.cli.program import program
from triage.grouping.bands import ABOUT, DEFAULT, GROUPED, STRICT, SUGGESTED
from triage.grouping.comparing import FIGURES
from triage.grouping.ruled import ENOUGH

CHECKOUT = Path(__file__).parents[1]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
GROUPING = (CHECKOUT / "docs" / "GROUPING.md").read_text(encoding="utf-8")
CUSTOMERS = (CHECKOUT / "docs" / "CUSTOMERS.md").read_text(encoding="utf-8")
OUTBOX = (CHECKOUT / "docs" / "OUTBOX.md").read_text(encoding="utf-8")
SYNC = (CHECKOUT / "docs" / "SYNC.md").read_text(encoding="utf-8")


def commands(page: str = README) -> list[list[str]]:
    """Every ``triage …`` of a page, as words."""
    blocks = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    lines = [
        line.split("#")[0].strip() for block in blocks for line in block.splitlines()
    ]
    inline = re.findall(r"`(triage [^`]+)`", page)
    return [
        shlex.split(line) for line in (*lines, *inline) if line.startswith("triage")
    ]


def test_every_command_exists() -> None:
    """A command the README shows is one Triage has."""
    context = program.make_context("triage", [], resilient_parsing=True)
    known = set(program.list_commands(context))
    for words in commands():
        verbs = [
            word for word in words[1:] if not word.startswith("-") and word != "FILE"
        ]
        assert not verbs or verbs[0] in known | {"…"}, words


def test_the_page_on_customers() -> None:
    """Its commands are there, and its public providers are none of a company."""
    from triage.text.domains import company_domain

    context = program.make_context("triage", [], resilient_parsing=True)
    shown = [words for words in commands(CUSTOMERS) if len(words) > 2]
    for _, noun, then, *_ in shown:
        group = program.get_command(context, noun)
        if isinstance(group, click.Group):
            assert then in group.commands, then
    assert len(shown) > 6
    found = {
        address: company_domain(address)
        for address in re.findall(r"[\w+.]+@[\w.]+\w", CUSTOMERS)
    }
    assert set(found.values()) == {"", "acme.example"}
    assert [one for one, domain in found.items() if not domain] == [
        "xkrupp99@gmail.com"
    ]


def test_both_lines_call_what_is_there() -> None:
    """The two lines that set everything up name a script that exists."""
    lines = re.findall(r"^python3 (\S+) (demo|test)$", README, re.MULTILINE)
    assert lines == [(".ci/up", "demo"), (".ci/up", "test")]
    assert (CHECKOUT / ".ci" / "up").exists()


def test_all_that_can_be_pulled_is_named() -> None:
    """The README's table names every connector of ours, in the order they stand in."""
    pyproject = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    named = re.findall(r"^\| [\w ]+ \| (`[^|]*) \|$", README, re.MULTILINE)
    names = re.findall(r"`([^`]+)`", "".join(line.split(";")[0] for line in named))
    assert names == list(pyproject["project"]["entry-points"]["triage.connectors"])


def test_every_link_leads_somewhere() -> None:
    """A file the README points to is in the repository."""
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (CHECKOUT / target).exists(), target


@pytest.mark.parametrize(
    "words", commands(GROUPING) + commands(SYNC) + commands(OUTBOX), ids=" ".join
)
def test_every_command_of_a_page_is_understood(words: list[str]) -> None:
    """A line on grouping, syncing or the outbox has only words and options its command takes."""
    command: click.Command = program
    ctx, rest = click.Context(program), words[1:]
    while isinstance(command, click.Group) and rest:
        inner = command.get_command(ctx, rest[0])
        if inner is None:
            break
        command, rest = inner, rest[1:]
    assert command is not program
    # A verb that is only named has no ids.
    if rest or command.name != "apart":
        command.make_context(words[0], list(rest))


def test_figures_on_grouping_are_those_of_the_code() -> None:
    """Figures, levels and bands of the page are what the code has."""
    for name, says in FIGURES.items():
        assert f"| `{name}` | {says} |" in GROUPING
    for name, level in (("default", DEFAULT), ("strict", STRICT)):
        assert f"| `{name}` | {level.link:g} | {level.mean:g} |" in GROUPING
    assert f"sameness from {GROUPED:g} |" in GROUPING
    assert f"sameness from {SUGGESTED:g}, or likeness from {ABOUT:g} |" in GROUPING
    assert f"Fewer than {ENOUGH} rulings" in GROUPING


def test_links_on_grouping_lead_somewhere() -> None:
    """Each module the page names is there."""
    for target in re.findall(r"`((?:triage|tests)/[\w/]+\.\w+)`", GROUPING):
        assert (CHECKOUT / target).exists(), target


def test_the_page_on_syncing_has_the_times_of_the_code() -> None:
    """How long a failing source waits, and how its health is called, is as it is coded."""
    from triage.cli.scheduling import EVERY
    from triage.store.sources import LATE_FROM, LATE_TIMES
    from triage.sync import backoff, lanes, pulling
    from triage.text.pace import spell

    def row(first: timedelta, most: timedelta) -> str:
        told = spell(first.total_seconds())
        return f"| {told}, .*with each.* | {spell(most.total_seconds())} |"

    assert re.search(row(backoff.FIRST, backoff.MOST), SYNC)
    assert re.search(row(backoff.REFUSED_FIRST, backoff.REFUSED_MOST), SYNC)
    assert (lanes.AT_ONCE, pulling.PATIENCE, LATE_TIMES) == (4, 600, 3)
    assert timedelta(hours=1) == LATE_FROM
    assert f"every {EVERY} minutes" in SYNC
    schema = json.loads((CHECKOUT / "docs/schemas/source-1.schema.json").read_text())
    for word in schema["properties"]["health"]["enum"]:
        assert f"| `{word}` |" in SYNC


def test_the_page_on_the_outbox_has_all_there_is() -> None:
    """Every variable of a template and every state of a draft is in the page."""
    from triage.store.leases import LEASE
    from triage.text.filling import OF_FEEDBACK

    assert re.findall(r"\| `\{(\w+)\}` \|", OUTBOX) == list(OF_FEEDBACK)
    schema = json.loads((CHECKOUT / "docs/schemas/draft-1.schema.json").read_text())
    states = re.findall(r"\| `(\w+)` \|", OUTBOX)
    assert sorted(states) == sorted(schema["properties"]["state"]["enum"])
    assert timedelta(minutes=10) == LEASE


def test_links_of_the_page_on_syncing_lead_somewhere() -> None:
    """A file the page points to is there."""
    for target in re.findall(r"\]\(([^)]+)\)", SYNC):
        assert (CHECKOUT / "docs" / target).exists(), target


def test_the_page_on_queries_has_all_a_query_can_say() -> None:
    """Every field, flag, order and other name is in the page, as it is in the code."""
    from triage.query.fields import ALIASES, FIELDS, FLAGS, SORTS

    page = (CHECKOUT / "docs" / "QUERIES.md").read_text(encoding="utf-8")
    for field in FIELDS.values():
        assert f"| `{field.example}` | {field.help} |" in page
    for prefix, table in (("is", FLAGS), ("sort", SORTS)):
        for name, told in table.items():
            assert f"| `{prefix}:{name}` | {told} |" in page
    for other, name in ALIASES.items():
        assert f"`{other}:` for `{name}:`" in page
