"""Which customers are suggested as one person, and which never are."""

from __future__ import annotations

import pytest

from triage.grouping.same_person import (
    Known,
    Rule,
    is_made_of,
    likeness,
    name_key,
    plain,
    signs,
)
from triage.text.domains import company_domain


def known(name: str = "", email: str = "", company: str = "", key: int = 1) -> Known:
    return Known(key, name, email, company, company_domain(email))


JANE = known("Jane Doe", "jane.doe@acme.example")


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        # An address that differs by +tag, dots at Gmail or case.
        (known("J", "Jane.Doe+news@acme.example"), Rule.ADDRESS),
        # The same name and the same company, by domain or by name.
        (known("Doe, Jane", "jd@eu.acme.example"), Rule.NAME_AND_COMPANY),
        (known("jane DOE", "", "acme.example"), Rule.NAME_AND_COMPANY),
        # The same name where nothing but the address tells who it is.
        (known("Jane Doe"), Rule.NAME_AND_ADDRESS),
        (known("Jane Doe", "doe@gmail.com"), Rule.NAME_AND_ADDRESS),
        # Two people of one company, or of two.
        (known("Jane Roe", "jane.roe@acme.example"), None),
        (known("", "jane@acme.example"), None),
        (known("Jane Doe", "jane.doe@globex.example"), None),
        (known("Jane"), None),
        (known("John Doe"), None),
        (known(""), None),
    ],
)  # fmt: skip
def test_what_speaks_for_one_person(other: Known, rule: Rule | None) -> None:
    """Each rule by an example, and what is no reason; either way round, with a sign."""
    found = likeness(JANE, other, apart=True)
    assert (found and found[0]) == rule
    turned = likeness(other, JANE, apart=True)
    assert (turned and turned[0]) == rule
    if rule:
        assert found is not None
        assert found[1]
        assert set(signs(JANE)) & set(signs(other))


def test_one_company_by_its_name() -> None:
    """The desk's word for a company is as good as a domain, and is told."""
    one = known("Jane Doe", "jane@gmail.com", "Acme  Inc")
    other = known("Jane Doe", "", "acme inc")
    assert likeness(one, other, apart=False) == (
        Rule.NAME_AND_COMPANY,
        "both are called Jane Doe and are of Acme  Inc",
    )


def test_a_name_alone_needs_two_sources() -> None:
    """At one source a namesake is somebody else, until an address says more."""
    assert likeness(JANE, known("Jane Doe"), apart=False) is None


def test_offices_are_nobody() -> None:
    """Two mailboxes of one office are not one person for having its name."""
    one = known("Acme Support", "support@acme.example")
    assert (
        likeness(one, known("Acme Support", "hello@acme.example"), apart=True) is None
    )


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (known("xkrupp99"), known("@XKrupp99"), "xkrupp99"),
        (known("xkrupp99"), known("Xavier Krupp", "xkrupp99@gmail.com"), "xkrupp99"),
        (known("ann@social.example"), known("@ann@social.example"), "ann@social.example"),
        (known("Maria"), known("Maria"), ""),
        (known("anonymous"), known("@anonymous"), ""),
        (known("sales1"), known("", "sales1@acme.example"), ""),
    ],
)  # fmt: skip
def test_handles(one: Known, other: Known, shared: str) -> None:
    """A handle is one word few would choose; a first name is none."""
    found = likeness(one, other, apart=True)
    assert found == ((Rule.HANDLE, f"both go by {shared}") if shared else None)
    assert bool(set(signs(one)) & set(signs(other))) >= bool(shared)


@pytest.mark.parametrize(
    ("local", "name", "is_it"),
    [
        ("jane.doe", "Jane Doe", True), ("doe.jane", "Jane Doe", True),
        ("jdoe", "Jane Doe", True), ("janed", "Jane Doe", True),
        ("j.doe84", "Jane Doe", True), ("joergmueller", "Jörg Müller", False),
        ("jorg.muller", "Jörg Müller", True), ("jd", "Jane Doe", False),
        ("jane", "Jane Doe", False), ("doe", "Jane Doe", False),
        ("info", "Jane Doe", False), ("", "Jane Doe", False),
    ],
)  # fmt: skip
def test_addresses_made_of_a_name(local: str, name: str, is_it: bool) -> None:
    """All words of the name, whole or as initials, in any order, one of them whole."""
    from triage.grouping.same_person import _words

    assert is_made_of(f"{local}@x.example", _words(name)) is is_it


def test_reasons_are_told_as_they_are() -> None:
    """Each reason names what both have."""
    dotted = known("A", "ja.ne@gmail.com"), known("B", "jane+x@googlemail.com")
    assert likeness(*dotted, apart=False) == (
        Rule.ADDRESS,
        (
            "ja.ne@gmail.com and jane+x@googlemail.com differ only by what follows"
            " the + and dots, which Gmail ignores"
        ),
    )
    hosts = known("A", "jane@gmail.com"), known("B", "jane@googlemail.com")
    assert likeness(*hosts, apart=False) == (
        Rule.ADDRESS,
        "jane@gmail.com and jane@googlemail.com differ only by the spelling of one host",
    )
    nameless = known("", "jane.doe@acme.example"), known("Jane Doe")
    assert likeness(*nameless, apart=True) == (
        Rule.NAME_AND_ADDRESS, "jane.doe@acme.example is made of the name Jane Doe",
    )  # fmt: skip
    assert plain("+odd@acme.example") == "+odd@acme.example"
    assert name_key(known("jane@acme.example")) == ""
