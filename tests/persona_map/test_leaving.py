"""What leaves of a map: words with consent, names where they may, and a count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from factories import NOON, a_workspace, an_incoming, imported
from triage.connector import Channel
from triage.persona_map import Sheet, Shown, sheet_of, written
from triage.persona_map.sheet_of import HERE
from triage.workspace import Workspace

SAID = {
    "no": "the invoice shames me",
    "anonymous": "I am Petra and I export by hand",
    "named": "I trust nobody with it",
    "": "my boss never reads it",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An interview for each consent, and a mail."""
    with a_workspace(tmp_path) as made:
        made.clock = lambda: NOON + timedelta(days=1)
        imported(
            made,
            [
                *(
                    an_incoming(
                        str(number), words, channel=Channel.INTERVIEW,
                        author=f"Petra Person{number}", company="Acme",
                        context={"consent": consent} if consent else {},
                    )
                    for number, (consent, words) in enumerate(SAID.items(), 1)
                ),
                an_incoming("5", "mail is fine", author="Omar", company="Other"),
            ],
            group=False,
        )  # fmt: skip
        made.accept([made.feedback(f"f{key}") for key in range(1, 6)], "Exports")
        made.add_persona("Petra's kind", "state:all")
        yield made


def sheet(workspace: Workspace, shown: Shown) -> Sheet:
    """The map of the only persona."""
    view = workspace.persona_view(workspace.persona("u1"))
    return sheet_of(
        view, workspace.bias(view), workspace.rests_on(view), shown, workspace.clock()
    )


@pytest.mark.parametrize("names", [False, True])
@pytest.mark.parametrize("ending", [".md", ".html", ".svg"])
def test_words_leave_with_consent(
    workspace: Workspace, ending: str, names: bool
) -> None:
    """Without consent neither words nor what was made of them; anonymous, no name."""
    persona = workspace.persona("u1")
    for number in range(1, 6):
        workspace.write_entry(persona, "says", "", [f"e{number}"])
    workspace.write_entry(persona, "thinks", "ashamed of paperwork", ["e1"])
    workspace.write_entry(persona, "gains", "a quiet Friday")
    told = written(sheet(workspace, Shown(leaves=True, names=names)), ending)
    assert SAID["no"] not in told
    assert SAID[""] not in told
    assert "ashamed of paperwork" not in told
    assert "export by hand" in told
    assert "Petra and" not in told
    assert "Person2" not in told
    assert "2 quotes withheld" in told
    assert "a quiet Friday" in told
    assert ("Person3" in told) == ("Omar" in told) == names
    here = sheet(workspace, HERE)
    assert here.withheld == 0
    assert here.areas[0].entries[0].text == f"“{SAID['no']}”"


def test_an_entry_leaves_where_all_it_cites_may(workspace: Workspace) -> None:
    """One withheld quote withholds what was made of it; the other quotes stay."""
    persona = workspace.persona("u1")
    workspace.write_entry(persona, "feels", "it shames them", ["e1", "e3"])
    (entry,) = sheet(workspace, Shown(leaves=True, names=False)).areas[3].entries
    assert (entry.text, entry.withheld) == ("", 1)
    assert [quote.text for quote in entry.quotes] == [SAID["named"]]
    assert "Acme" not in "".join(quote.who for quote in entry.quotes)
