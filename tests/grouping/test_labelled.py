"""Against labels made by hand: what is grouped silently is right, and it is much."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import groups, imported, numbered, regroup, unsound
from grouping.pairs import Agreement, agreement
from triage.demo.incoming import copies, sources
from triage.model import Kind
from triage.workspace import Workspace

LABELLED = Path(__file__).with_name("labelled.jsonl")
TODAY = datetime(2026, 7, 8, 14, 30, tzinfo=UTC)


def labelled() -> list[tuple[str, str]]:
    """(text, cluster): edited copies share a cluster; their look-alikes do not."""
    lines = LABELLED.read_text(encoding="utf-8").splitlines()
    return [(told["text"], told["cluster"]) for told in map(json.loads, lines)]


def told(found: Agreement) -> str:
    return (
        f"precision {found.precision:.3f}, recall {found.recall:.3f};"
        f" wrong {found.wrong[:5]}, missed {found.missed[:5]}"
    )


def test_the_labels_are_worth_the_name() -> None:
    """Enough texts, in many scripts, half of them with somebody to be confused with."""
    texts = labelled()
    assert len(texts) == len({text for text, _ in texts}) >= 120
    assert sum(not text.isascii() for text, _ in texts) >= 30
    assert len({cluster for _, cluster in texts}) >= 50


def compared(workspace: Workspace, texts: list[tuple[str, str]]) -> Agreement:
    imported(workspace, numbered(text for text, _ in texts), source="labelled")
    labels = {str(n): cluster for n, (_, cluster) in enumerate(texts, 1)}
    return agreement(groups(workspace, "labelled"), labels)


@pytest.mark.parametrize("among", ["nobody", "the demo's customers"])
def test_labelled_copies(workspace: Workspace, among: str) -> None:
    """Edited copies come together; Android and iOS, Okta and Azure do not."""
    if among != "nobody":
        for source, delivered in sources(TODAY).items():
            imported(workspace, delivered, source=source, group=False)
    found = compared(workspace, labelled())
    assert found.precision >= 0.99, told(found)
    assert found.recall >= 0.85, told(found)
    assert unsound(workspace) == {}


def test_the_demos_copies(workspace: Workspace) -> None:
    """What the demo's customers sent twice is together, and nothing else of theirs."""
    same = copies(TODAY)
    labels = {}
    for source, delivered in sources(TODAY).items():
        heard = [one for one in delivered if one.kind is Kind.FEEDBACK]
        imported(workspace, heard, source=source, group=False)
        for one in heard:
            alone = f"alone {source} {one.external_id}"
            labels[one.external_id] = same.get((source, one.external_id), alone)
    regroup(workspace)
    found = agreement(groups(workspace), labels)
    assert found.precision >= 0.99, told(found)
    assert found.recall >= 0.95, told(found)
