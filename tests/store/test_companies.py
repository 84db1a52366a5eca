"""Whose customers are, what is known of a company, and what feedback keeps of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factories import a_workspace, an_incoming, decisions, imported, told_as, unreadable
from triage.errors import Conflict, NotFound, UsageError
from triage.measures import company_of, revenue_of
from triage.workspace import Workspace

JANE = "jane@mail.acme.example"


def context(workspace: Workspace, name: str, source: str = "mail") -> dict[str, Any]:
    return dict(told_as(workspace, name, source=source)[0].context)


def listed(workspace: Workspace) -> list[tuple[str, str, int, int]]:
    return [
        (one.company.domain, one.company.name, one.people, one.feedback)
        for one in workspace.companies()
    ]


def test_attributes_are_kept_as_they_were(workspace: Workspace) -> None:
    """What a company was when feedback came stays with it, whatever it becomes."""
    imported(workspace, [an_incoming("1", email=JANE)])
    workspace.set_company("acme.example", {"plan": "free", "revenue": "$1,200"})
    imported(workspace, [an_incoming("2", email=JANE)])
    workspace.set_company("acme.example", {"plan": "enterprise", "segment": "big"})
    imported(workspace, [an_incoming("3", email=JANE)])
    assert context(workspace, "1") == {}
    assert context(workspace, "2") == {
        "company": "acme.example", "plan": "free", "revenue": 1200,
        "from_company": ["company", "plan", "revenue"],
    }  # fmt: skip
    last = told_as(workspace, "3")[0]
    assert (last.context["plan"], last.context["segment"]) == ("enterprise", "big")
    assert revenue_of(last) == 1200
    assert company_of(last) == "acme.example"


def test_queries_find_what_was_kept(workspace: Workspace) -> None:
    """company:, plan:, segment: and revenue: find by what it was when it came."""
    workspace.set_company(
        "acme.example", {"name": "Acme Inc", "plan": "pro", "revenue": "900"}
    )
    imported(workspace, [an_incoming("1", email=JANE)])
    workspace.set_company("acme.example", {"plan": "free", "segment": "small"})
    imported(
        workspace,
        [
            an_incoming("2", email=JANE),
            an_incoming("3", email="bo@globex.example", company="Globex"),
        ],
    )
    first, second, third = (one.id for one in told_as(workspace, "1", "2", "3"))
    for query, found in (
        ("plan:pro", {first}), ("plan:free", {second}), ("segment:small", {second}),
        ("revenue:>=900", {first, second}), ("revenue:>900", set()),
        ("revenue:<1000", {first, second}), ("company:globex", {third}),
        ('company:"acme inc"', {first, second}), ("company:acme*", {first, second}),
        ("company:acme.example", {first, second}), ("company:cme.example", set()),
        ("-company:acme.example", {third}),
    ):  # fmt: skip
        assert set(workspace.ids(None, query)) == found, query


def test_the_source_knows_best(workspace: Workspace) -> None:
    """What a source tells of a customer is not overwritten, and revenue is one thing."""
    workspace.set_company(
        "acme.example", {"name": "Acme", "plan": "pro", "mrr": "10", "region": "EU"}
    )
    told = an_incoming(
        "1", email=JANE, context={"revenue": 99.0, "region": ""},
        attributes={"plan": "free"},
    )  # fmt: skip
    imported(workspace, [told])
    assert context(workspace, "1") == {
        "revenue": 99.0, "region": "", "plan": "free", "company": "Acme",
        "from_company": ["company"],
    }  # fmt: skip


def test_told_anew_it_stays_as_it_was(workspace: Workspace) -> None:
    """An edit changes the words, not what the company was when they came."""
    workspace.set_company("acme.example", {"plan": "free"})
    imported(workspace, [an_incoming("1", "It is slow", email=JANE)])
    workspace.set_company("acme.example", {"plan": "pro", "segment": "big"})
    batch = imported(
        workspace, [an_incoming("1", "Very slow", email=JANE, context={"os": "x"})]
    )
    kept = {
        "company": "acme.example",
        "plan": "free",
        "from_company": ["company", "plan"],
    }
    assert context(workspace, "1") == {"os": "x", **kept}
    workspace.take_back(batch.batch_id)
    assert context(workspace, "1") == kept
    # A source that says so itself is believed.
    imported(
        workspace, [an_incoming("1", "So slow", email=JANE, context={"plan": "team"})]
    )
    assert context(workspace, "1")["plan"] == "team"


def test_what_could_not_be_read_arrives_when_it_can(workspace: Workspace) -> None:
    """Only then is it known whose it is."""
    workspace.set_company("acme.example", {"plan": "free"})
    imported(workspace, [unreadable("1")])
    imported(workspace, [an_incoming("1", email=JANE)])
    assert context(workspace, "1")["plan"] == "free"


def test_a_joined_customer_has_the_company_of_both(workspace: Workspace) -> None:
    """What they say from a private address is their company's from then on."""
    workspace.set_company("acme.example", {"plan": "pro"})
    imported(
        workspace,
        [an_incoming("1", email=JANE), an_incoming("2", email="jane@gmail.com")],
    )
    assert listed(workspace) == [("acme.example", "", 1, 1)]
    one, other = (said.customer_id for said in told_as(workspace, "1", "2"))
    assert one
    assert other
    workspace.join(one, other)
    imported(workspace, [an_incoming("3", email="jane@gmail.com")])
    assert (context(workspace, "2"), context(workspace, "3")["plan"]) == ({}, "pro")
    assert listed(workspace) == [("acme.example", "", 1, 3)]
    view, people = workspace.company("acme.example")
    assert (view.people, view.feedback, [len(one.faces) for one in people]) == (
        1,
        3,
        [2],
    )


def test_the_desk_names_the_company(workspace: Workspace) -> None:
    """A name told wins over the domain, unless the domain's company has no name yet."""
    told = [
        an_incoming("1", email=JANE, company="Acme  Inc"),
        an_incoming("2", email="bo@acme.example", company="Globex"),
        an_incoming("3", email="di@acme.example"),
        an_incoming("4", author="Ed", company="globex"),
    ]
    imported(workspace, told)
    assert listed(workspace) == [
        ("", "Globex", 2, 2), ("", "Acme Inc", 1, 1), ("acme.example", "", 1, 1),
    ]  # fmt: skip
    workspace.set_company("acme.example", {"name": "acme inc"})
    assert listed(workspace) == [
        ("acme.example", "acme inc", 2, 2), ("", "Globex", 2, 2),
    ]  # fmt: skip
    view, people = workspace.company("ACME INC")
    assert (view.people, {one.email for one in people}) == (
        2,
        {JANE, "di@acme.example"},
    )
    workspace.set_company("globex", {"plan": "pro"})
    imported(workspace, [an_incoming("5", author="Ed", company="GLOBEX")])
    assert context(workspace, "5")["plan"] == "pro"
    workspace.undo()
    workspace.undo()
    workspace.set_company("acme.example", {"plan": "free"})
    assert listed(workspace) == [("acme.example", "", 3, 3), ("", "GLOBEX", 1, 2)]


def test_setting_is_undone(workspace: Workspace) -> None:
    """One step each; an empty value takes an attribute away; nothing new is no step."""
    before = decisions(workspace.db)
    workspace.set_company("acme.example", {"plan": "free", "Region": " EU  west "})
    assert workspace.set_company("acme.example", {"plan": "free"}) is None
    workspace.set_company("www.acme.example", {"plan": "", "name": "Acme"})
    (one,) = workspace.companies()
    assert (one.company.name, one.company.attributes) == ("Acme", {"region": "EU west"})
    workspace.undo()
    workspace.undo()
    assert decisions(workspace.db) == before
    workspace.redo()
    workspace.redo()
    assert workspace.companies() == [one]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gmail.com", {"plan": "pro"}), ("", {"plan": "pro"}),
        ("acme.example", {"revenue": "much"}), ("acme.example", {"revenue": "-1"}),
        ("acme.example", {"from_company": "x"}), ("acme.example", {"a b!": "x"}),
        ("acme.example", {"domain": "no domain"}), ("acme.example", {"plan": "x" * 300}),
        ("other.example", {"name": "Acme"}), ("other.example", {"domain": "acme.example"}),
    ],
)  # fmt: skip
def test_what_is_refused(workspace: Workspace, name: str, told: dict[str, str]) -> None:
    """What cannot be is said so, and nothing is changed."""
    workspace.set_company("acme.example", {"name": "Acme"})
    before = decisions(workspace.db)
    with pytest.raises(UsageError):
        workspace.set_company(name, told)
    assert decisions(workspace.db) == before


def test_nobodys_company(workspace: Workspace) -> None:
    """A company nobody knows is not there; one nobody spoke for is."""
    with pytest.raises(NotFound):
        workspace.company("acme.example")
    workspace.set_company("Acme", {"plan": "pro"})
    view, people = workspace.company("acme")
    assert (view.people, people, listed(workspace)) == (0, [], [("", "Acme", 0, 0)])


def test_undo_says_what_is_in_its_way(workspace: Workspace) -> None:
    """A name that another company took meanwhile is not taken back from it."""
    workspace.set_company("a.example", {"name": "Acme"})
    workspace.set_company("a.example", {"name": "Beta"})
    step = workspace.history()[0].id
    workspace.set_company("b.example", {"name": "Acme"})
    with pytest.raises(Conflict):
        workspace.undo(step)


# A list of companies


def brought(workspace: Workspace, folder: Path, text: str) -> None:
    file = folder / "accounts.csv"
    file.write_text(text, encoding="utf-8")
    workspace.import_companies(file)


def test_a_list_is_one_step(workspace: Workspace, tmp_path: Path) -> None:
    """New and known companies, found by domain or name; empty cells change nothing."""
    workspace.set_company("Globex", {"plan": "free", "region": "US"})
    workspace.set_company("acme.example", {"plan": "free"})
    before = workspace.companies()
    brought(
        workspace, tmp_path,
        "\ufeffWebsite;Company;Plan;MRR\n"
        "https://www.Acme.example/about;Acme Inc;pro;€ 1,500.50\n"
        ";GLOBEX;;20\n"
        "\n"
        "new.example;New;team;\n"
        "new.example;;trial;5\n",
    )  # fmt: skip
    assert {
        one.company.called: (one.company.domain, dict(one.company.attributes))
        for one in workspace.companies()
    } == {
        "Acme Inc": ("acme.example", {"plan": "pro", "mrr": 1500.5}),
        "GLOBEX": ("", {"plan": "free", "region": "US", "mrr": 20}),
        "New": ("new.example", {"plan": "trial", "mrr": 5}),
    }
    assert workspace.history()[0].label == "Imported 3 companies from accounts.csv"
    workspace.undo()
    assert workspace.companies() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs a column"), ("plan\npro\n", "needs a column"),
        ("domain,website\na,b\n", "each once"), ("domain,plan,Plan\na,b,c\n", "each once"),
        ("domain,plan\nnot a domain,x\n", "line 2"),
        ("domain,mrr\nacme.example,5\nb.example,lots\n", "line 3: mrr"),
        ("domain\ngmail.com\n", "line 2: gmail.com"),
        ("domain,name\na.example,Acme\nb.example,Acme\n", "line 3: Acme"),
        ("name,plan\n,pro\n", "line 2"),
        ('domain,plan\na.example,"x\n', "no CSV"),
    ],
)  # fmt: skip
def test_a_list_that_is_off(
    workspace: Workspace, tmp_path: Path, text: str, said: str
) -> None:
    """The line is named, and nothing of the file is taken."""
    before = decisions(workspace.db)
    with pytest.raises(UsageError, match=said):
        brought(workspace, tmp_path, text)
    assert decisions(workspace.db) == before


def test_a_list_that_is_not_there(workspace: Workspace, tmp_path: Path) -> None:
    """A file that is missing, or is no text, is said so."""
    with pytest.raises(UsageError, match="cannot be read"):
        workspace.import_companies(tmp_path / "none.csv")
    (tmp_path / "odd.csv").write_bytes(b"domain\n\xff\xfe\n")
    with pytest.raises(UsageError, match="UTF-8"):
        workspace.import_companies(tmp_path / "odd.csv")


def test_an_older_workspace(tmp_path: Path) -> None:
    """What was stored before there were companies has the domain of every address."""
    with a_workspace(tmp_path) as workspace:
        imported(
            workspace, [an_incoming("1", email=JANE), an_incoming("2", author="Bo")]
        )
        with workspace.db.write() as write:
            for statement in _AS_IT_WAS:
                write.execute(statement)
            write.execute("PRAGMA user_version = 7")
    with a_workspace(tmp_path) as workspace:
        assert listed(workspace) == [("acme.example", "", 1, 1)]
        assert workspace.doctor()["integrity"] == "ok"


_AS_IT_WAS = (
    "DROP TABLE person_ruling", "DROP TABLE person", "DROP TABLE company",
    "DROP INDEX customer_domain", "DROP INDEX customer_company",
    "ALTER TABLE customer DROP COLUMN domain", "DROP INDEX feedback_customer",
    "CREATE INDEX feedback_customer ON feedback(customer_id)",
    "DELETE FROM _sqlite_migrations WHERE name = 'm010_people'",
)  # fmt: skip
