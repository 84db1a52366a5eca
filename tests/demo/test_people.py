"""The demo's customers."""

from __future__ import annotations

from triage.demo.people import PERSONAS, outsiders, people, strangers


def test_everybody_is_one_of_a_kind() -> None:
    """No two customers share an address, and no two of anybody share a handle."""
    everybody = (*people(), *strangers())
    assert len({person.email for person in people()}) == len(people())
    assert len({person.handle for person in everybody}) == len(everybody)


def test_companies_and_personas() -> None:
    """About 140 people of 35 companies, on four plans, in three personas."""
    assert 130 <= len(people()) <= 150
    assert len({person.company for person in people() if person.company}) == 35
    assert {p.plan for p in people()} == {"Free", "Pro", "Team", "Enterprise"}
    assert {p.persona for p in people()} == {persona.key for persona in PERSONAS}


def test_a_company_pays_one_price() -> None:
    """Colleagues agree on plan and revenue; who is alone pays little or nothing."""
    paid: dict[str, set[tuple[str, int]]] = {}
    for person in people():
        paid.setdefault(person.company, set()).add((person.plan, person.revenue))
    alone = paid.pop("")
    assert alone == {("Free", 0), ("Pro", 12)}
    assert all(len(prices) == 1 for prices in paid.values())


def test_no_address_can_exist() -> None:
    """Every address lies in the domain reserved for examples."""
    addresses = [p.email for p in (*people(), *outsiders())]
    assert all(address.endswith(".example") for address in addresses)
    assert all(address.isascii() and address.count("@") == 1 for address in addresses)
