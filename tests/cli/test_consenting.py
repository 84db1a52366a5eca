"""research consent: who lets what out, listed and written down."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Run

TALKS = """\
id,body,author,channel,consent
1,"I count to sixty before I close it",Rosalind Pike,interview,anonymous
2,"I am a very expensive keyboard",Nora Beck,usability test,
3,"Thursday is footer day",Tess Holloway,interview,named
4,"Your app is slow",Bo,email,
"""


@pytest.fixture
def talks(run: Run, tmp_path: Path) -> Run:
    """Three conversations and a mail, from a file."""
    file = tmp_path / "talks.csv"
    file.write_text(TALKS, encoding="utf-8")
    assert run("import", file).code == 0
    return run


def test_it_is_listed_and_written(talks: Run) -> None:
    """Who let least out comes first; a word changes it, and is undone."""
    listed = talks("research", "consent", "--json").json["consents"]
    assert [(one["author"], one["consent"]) for one in listed] == [
        ("Nora Beck", "unasked"), ("Rosalind Pike", "anonymous"),
        ("Tess Holloway", "named"),
    ]  # fmt: skip
    shown = talks("research", "consent")
    assert shown.out.splitlines()[1].startswith("unasked    f2")
    assert shown.err == "3 conversations, of which 1 stay in the file\n"
    told = talks("research", "consent", "f2", "f1", "no")
    assert "Consent of f2" in told.out
    both = talks("research", "consent", "f1", "f2", "--json").json["consents"]
    assert {one["consent"] for one in both} == {"no"}
    assert "1 row" not in talks("log").out
    assert "Consent of f2" in talks("undo").out
    again = talks("research", "consent", "f2", "--json").json["consents"]
    assert again[0]["consent"] == "unasked"


def test_what_is_wrong_is_said(talks: Run) -> None:
    """A mail needs none, two words are one too many, and ids come first."""
    assert "sent it to us" in talks("research", "consent", "f4", "no").err
    assert "not heard in person" in talks("research", "consent", "f4").err
    for words in (("f1", "no", "named"), ("no", "f1"), ("no",)):
        assert talks("research", "consent", *words).code == 2
    assert talks("research", "consent", "i1", "no").code == 2


def test_an_export_says_who_was_left_out(talks: Run, tmp_path: Path) -> None:
    """A line on stderr, and in the manifest; the exit code is that of what is whole."""
    for name in ("f1", "f2", "f3", "f4"):
        talks("accept", name, "--into", f"Pain of {name}")
    told = talks("export", "--to", "json")
    assert told.code == 0
    assert told.err == (
        "1 quote from 1 person withheld: no consent (`triage research consent` says"
        " who)\n"
    )
    assert "expensive keyboard" not in told.out
    assert "count to sixty" in told.out
    assert "Rosalind" not in told.out
    seen = talks("export", "--dry-run", "--json").json
    assert seen["withheld"] == {"quotes": 1, "people": 1}
    assert "withheld" in talks("brief").err
