"""list views fields: the query language on the command line."""

from __future__ import annotations

from cli.running import Run


def test_a_query_narrows_a_list(filled: Run) -> None:
    """What the app's search takes, a list takes, dashes and all."""
    assert filled("list", "export", "--json").json["total"] == 1
    assert filled("list", "export", "--each", "--json").json["total"] == 2
    everything = filled("list", "state:all", "-export", "--json").json
    assert (everything["state"], everything["total"]) == ("all", 2)
    filled("archive", "f3")
    assert filled("list", "--state", "archived", "dark", "--json").json["total"] == 1
    assert filled("list", "in:archived", "-dark", "--json").json["total"] == 0


def test_a_query_that_is_off_is_refused(filled: Run) -> None:
    """A misspelt field or option ends in a sentence, and exit code 2."""
    told = filled("list", "sorce:mail")
    assert (told.code, told.out) == (2, "")
    assert "did you mean source:?" in told.err
    assert "no option is called --sorce" in filled("list", "--sorce").err


def test_views_are_kept(filled: Run) -> None:
    """A view is saved, listed with what waits in it, used, replaced and forgotten."""
    assert "no view yet" in filled("views").err
    saved = filled(
        "views", "add", "exports", "export", "--columns", "age,what", "--json"
    )
    assert saved.json["rows"] == 1
    assert saved.json["columns"] == ["age", "what"]
    assert saved.json["oldest_at"].startswith("2026-06")
    assert "exports" in filled("views").out
    assert filled("list", "--view", "EXPORTS", "--json").json["total"] == 1
    assert filled("list", "--view", "exports", "zebra", "--json").json["total"] == 0
    assert filled("views", "add", "exports", "dark").code == 0
    (view,) = filled("views", "--json").json["views"]
    assert view["query"] == "dark"
    assert filled("views", "remove", "exports").code == 0
    assert filled("views", "--json").json["views"] == []
    assert filled("list", "--view", "exports").code == 2


def test_a_view_that_is_off(filled: Run) -> None:
    """A name or query that cannot be is refused; one that went off is told."""
    assert filled("views", "add", "bad", "sorce:x").code == 2
    assert filled("views", "add", "a]b", "dark").code == 2
    assert filled("views", "add", "all", " ").code == 2


def test_fields_are_listed(filled: Run) -> None:
    """Whatever a query may say is listed, for people and programs."""
    told = filled("fields", "--json").json
    assert {"source", "rating", "is"} <= {field["name"] for field in told["fields"]}
    assert "rating:<=2" in filled("fields").out
