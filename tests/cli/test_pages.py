"""What the pages on stories, briefs and personas show can be done, line by line."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cli.running import Run
from triage.operations.story_text import parsed

DOCS = Path(__file__).parents[2] / "docs"


def shown(page: str, language: str = "sh") -> list[str]:
    """The lines of a page's blocks in a language."""
    text = (DOCS / page).read_text(encoding="utf-8")
    blocks = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("page", ["STORIES.md", "BRIEF.md", "EMPATHY.md"])
def test_every_line_is_performed(
    filled: Run, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command, one after the other, over a pain point with two quotes."""
    monkeypatch.chdir(tmp_path)
    filled("accept", "g1", "--into", "Export is slow")
    lines = shown(page)
    assert len(lines) > 5
    for line in lines:
        words = shlex.split(line, comments=True)
        assert words[0] == "triage"
        told = filled(*words[1:])
        assert told.code == 0, f"{line}: {told.err}"


def test_the_text_of_a_story_is_one() -> None:
    """The example is read as the page says."""
    told = parsed("\n".join(shown("STORIES.md", "text")))
    assert told.criteria[0].then == "each tag has a column of its own and none is lost"
    assert told.evidence == (1, 2)
