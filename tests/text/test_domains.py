"""Which company an address names: the registered part of its domain, if anybody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.text.domains import PUBLIC, company_domain, is_public, registered


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("jane@acme.example", "acme.example"),
        ("Jane@Mail.EU.Acme.COM", "acme.com"),
        ("bo@acme.com.", "acme.com"),
        ("bo@mail.globex.co.uk", "globex.co.uk"),
        ("bo@shop.globex.com.au", "globex.com.au"),
        ("bo@mail.acme.de", "acme.de"),
        # Below this country a name may be registered in ways no rule here tells.
        ("bo@hospital.region.xx", "hospital.region.xx"),
        ("bo@acme.onmicrosoft.com", "acme.onmicrosoft.com"),
        ("jane@gmail.com", ""),
        ("jane@GoogleMail.com", ""),
        ("jane@yahoo.co.uk", ""),
        ("x1@privaterelay.appleid.com", ""),
        ("x1@users.noreply.github.com", ""),
        ("x1@mail.gmx.de", ""),
        ("root@localhost", ""),
        ("bo@[10.0.0.1]", ""),
        ("bo@10.0.0.1", ""),
        ("nobody", ""),
        ("", ""),
        ("a@b@acme.example", "acme.example"),
        ("a@acme..example", ""),
    ],
)  # fmt: skip
def test_the_company_of_an_address(email: str, domain: str) -> None:
    """The registered part where a rule tells it, nothing at a public provider."""
    assert company_domain(email) == domain


def test_providers_are_hosts() -> None:
    """The table holds names of hosts, each found by itself and below itself."""
    for host in PUBLIC:
        assert is_public(host)
        assert company_domain(f"x@{host}") == company_domain(f"x@in.{host}") == ""
    assert not is_public("notgmail.com")


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    """Whatever stands there, it is read, and what is found is its own registered part."""
    found = registered(text)
    assert found == "" or registered(found) == found
    company_domain(text)
