"""customers and companies: listed, suggested, joined, written down, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Run

SAID = """\
{"id": "1", "author": "Jane Doe", "email": "jane.doe@acme.example", "text": "it fails", "created_at": "2026-06-01T08:00:00Z"}
{"id": "2", "author": "Jane Doe", "email": "jane.doe+x@acme.example", "text": "at page 600", "created_at": "2026-06-02T08:00:00Z"}
{"id": "3", "author": "Bo\\u001b[31m", "email": "bo@globex.example", "text": "thank you", "created_at": "2026-06-03T08:00:00Z"}
"""


@pytest.fixture
def three(run: Run, tmp_path: Path) -> Run:
    """Jane with two addresses, and Bo."""
    file = tmp_path / "said.jsonl"
    file.write_text(SAID)
    run("import", file)
    return run


def test_customers(three: Run) -> None:
    """Everybody, or who has these words, or who is of a company; never a control."""
    told = three("customers", "--json").json["customers"]
    assert [one["id"] for one in told] == ["c3", "c2", "c1"]
    assert told[1]["company"] == {
        "domain": "acme.example", "name": "", "attributes": {},
    }  # fmt: skip
    assert told[2]["sources"] == [{"source": "said", "count": 1}]
    shown = three("customers", "--company", "globex.example")
    assert "c3" in shown.out
    assert "\x1b" not in shown.out
    assert "c1" not in shown.out
    assert three("customers", "--search", "+X", "--json").json["customers"] == told[1:2]
    of_acme = ("customers", "--company", "acme.example", "--search", "+x", "--json")
    assert three(*of_acme).json["customers"] == told[1:2]
    assert "1 customer" in three("customers", "--limit", "1").err
    assert three("customers", "--company", "nobody.example").code == 2


def test_joining(three: Run) -> None:
    """Suggested with a reason, joined, told of both, taken back and parted for ever."""
    (pair,) = three("customers", "suggest", "--json").json["suggestions"]
    assert (pair["left"]["id"], pair["right"]["id"]) == ("c1", "c2")
    assert "what follows the +" in pair["reasons"][0]
    assert "customers join c1 c2" in three("customers", "suggest").err
    (step,) = three("customers", "join", "c1", "f2", "--json").json["steps"]
    assert step["verb"] == "join"
    told = three("customer", "c2", "--json").json
    assert (told["id"], told["count"]) == ("c1", 2)
    assert [face["id"] for face in told["faces"]] == ["c1", "c2"]
    assert "Jane Doe is 2 customers" in three("customer", "jane doe").out
    assert three("customers", "suggest", "--json").json["suggestions"] == []
    assert "nothing had to change" in three("customers", "join", "c1", "c2").err
    three("undo")
    assert len(three("customers", "suggest", "--json").json["suggestions"]) == 1
    three("customers", "apart", "jane.doe@acme.example", "c2")
    assert "0 pairs" in three("customers", "suggest").err
    assert three("customers", "join", "c1", "c99").code == 2
    assert three("customers", "apart", "c1", "c1").code == 2
    labels = [step["label"] for step in three("log", "--json").json["steps"]]
    assert labels == [
        "Ruled c2 Jane Doe somebody else than c1 Jane Doe",
        "Joined c2 Jane Doe with c1 Jane Doe",
    ]


def test_companies(three: Run, tmp_path: Path) -> None:
    """Listed with people and feedback, set, imported, shown, and taken back."""
    told = three("companies", "--json").json["companies"]
    assert [(one["domain"], one["people"]) for one in told] == [
        ("acme.example", 2), ("globex.example", 1),
    ]  # fmt: skip
    assert "1 of 2" in three("companies", "--limit", "1").err
    three("companies", "set", "acme.example", "plan=enterprise", "revenue=120000")
    accounts = tmp_path / "accounts.csv"
    accounts.write_text("domain,name,segment\nacme.example,Acme Inc,large\n")
    (step,) = three("companies", "import", accounts, "--json").json["steps"]
    assert step["label"] == "Imported 1 company from accounts.csv"
    shown = three("companies", "show", "acme inc", "--json").json
    assert shown["attributes"] == {
        "plan": "enterprise", "revenue": 120000, "segment": "large",
    }  # fmt: skip
    assert [one["id"] for one in shown["customers"]] == ["c1", "c2"]
    assert "1 of 2" in three("companies", "show", "acme.example", "--limit", "1").err
    assert "plan enterprise, revenue 120000" in three("companies").out
    assert "enterprise" in three("customer", "c1").out
    three("undo")
    three("undo")
    assert three("companies", "--json").json["companies"] == told
    assert three("companies", "set", "acme.example").code == 2
    assert three("companies", "set", "acme.example", "plan").code == 2
    assert three("companies", "show", "nobody.example").code == 2
    assert three("companies", "import", tmp_path / "none.csv").code == 2
