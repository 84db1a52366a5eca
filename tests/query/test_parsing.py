"""What a person types is a query, or a sentence that says how to go on."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from triage.errors import UsageError
from triage.model import State
from triage.query import FIELDS, Query, Term, Word, parsed, place
from triage.query.fields import ALIASES, NOT_NARROWING

PIECES = st.sampled_from(
    ["rating:<=2", "-source:mail,desk", 'company:"Orbit Ltd"', "-linked", "is:rated",
     "since:30d", "version:5.2..6.1", "sort:people", "show:each", "state:all", "crash",
     '"export crash"', "-dark", '-"dark mode"', "id:f1,2", "from:*@orbit.io", "検索",
     '"', ":", "-", "a:b", "rating:", "https://x.y", "12:30", "*", '""', "x*"]
)  # fmt: skip


def test_everything_a_query_can_say() -> None:
    """Fields, comparisons, opposites, words, phrases, order and place are understood."""
    query = parsed(
        'source:zendesk,mail rating:<=2 -linked since:30d "export crash" slow -dark'
        " rating:2..3 state:all sort:people show:each"
    )
    assert query == Query(
        terms=(
            Term(field="source", values=("zendesk", "mail")),
            Term(field="rating", values=("2",), compare="<="),
            Term(field="is", values=("linked",), negated=True),
            Term(field="since", values=("30d",)),
            Term(field="rating", values=("2", "3"), compare=".."),
        ),
        words=(
            Word(text="export crash", is_exact=True),
            Word(text="slow"),
            Word(text="dark", negated=True),
        ),
        state="all",
        sort="people",
        each=True,
    )
    assert place(query, State.INBOX) is None
    assert place(Query(state="spam"), None) is State.SPAM
    assert place(Query(), State.INBOX) is State.INBOX


@given(st.lists(PIECES | st.text(max_size=6), max_size=6).map(" ".join))
@example('company:"a,b" -is:linked "x')
def test_what_is_written_means_the_same(text: str) -> None:
    """A query written out and read again is the same query; nothing else is raised."""
    try:
        query = parsed(text)
    except UsageError:
        return
    assert parsed(str(query)) == query


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sorce:mail", "did you mean source:?"),
        ("xyzzy:1", "`triage fields`"),
        ("rating:", "for example rating:<=2"),
        ("rating:bad", "bad is no number"),
        ("rating:<1,2", "rating wants a value"),
        ("since:never", "is no moment that has been"),
        ("since:2999-01-01", "is no moment that has been"),
        ("sentiment:angry", "is none of negative, neutral, positive"),
        ("id:g3", "is no id like f12"),
        ("pain:f3", "is no id like p12"),
        ("-sort:people", "sort takes one value"),
        ("state:inbox,spam", "state takes one value"),
        ("version:>", "version wants a value"),
        ("x" * 2001, "at most 2,000"),
    ],
)
def test_what_is_off_is_said(text: str, told: str) -> None:
    """Whatever is no query is refused with what would do."""
    with pytest.raises(UsageError, match=None) as refused:
        parsed(text)
    assert told in str(refused.value)


def test_short_forms() -> None:
    """Other names of fields and beginnings of choices mean the same."""
    assert parsed("lang:de stars:1 in:arch") == parsed(
        "language:de rating:1 state:archived"
    )
    assert set(ALIASES.values()) <= set(FIELDS)


@pytest.mark.parametrize("name", [n for n in FIELDS if n not in NOT_NARROWING])
def test_examples_are_queries(name: str) -> None:
    """Every field's example is read as a term of that field."""
    (term,) = parsed(FIELDS[name].example).terms
    assert term.field == name


def test_parts_come_and_go() -> None:
    """A part of a query is added once, and taken away."""
    query = parsed("rating:<=2 crash")
    assert query.with_term(query.terms[0]) == query
    assert str(query.without(query.terms[0])) == "crash"
    assert str(query.without(query.words[0])) == "rating:<=2"
    assert query.said == ("crash",)
