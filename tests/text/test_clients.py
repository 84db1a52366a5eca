"""What is kept of a mail, by the program that made it and the language it speaks."""

from __future__ import annotations

import pytest

from text import clients
from text.clients import AT, FORWARDS, FROM, HARD, NAME, REPLIES, Client
from text.tongues import TONGUES, Tongue
from triage.model import Kind
from triage.text.mail import read

OWN = ["shop.example"]

_WHY = {
    "header_on_top": "a block of headers at the very top may be a form the customer filled",
    "nickname": "two words under a message may be its last two words",
    "bare_indent": "an indented paragraph may be the customer's own",
}
KNOWN = {(name, "en"): why for name, why in _WHY.items()}
"""Which program in which language is not read right yet, and why: all keep too much."""


def cases(
    programs: tuple[Client, ...], tongues: tuple[Tongue, ...] = TONGUES
) -> list[object]:
    """Each program in each language; those that fail are named, and must."""
    return [
        pytest.param(
            program,
            tongue,
            id=f"{program.__name__}-{tongue.code}",
            marks=[pytest.mark.xfail(reason=KNOWN[named], strict=True)]
            if (named := (program.__name__, tongue.code)) in KNOWN
            else [],
        )
        for program in programs
        for tongue in tongues
    ]


@pytest.mark.parametrize(
    ("program", "tongue"), cases(REPLIES) + cases(HARD, TONGUES[:1])
)
def test_a_reply_is_what_was_written_now(program: Client, tongue: Tongue) -> None:
    """Quotations, headers, signatures and phones' lines go, each word of theirs stays."""
    found = read(program(tongue), OWN)
    assert found.text.split() == tongue.said.split()
    assert (found.from_name, found.from_email) == (NAME, FROM)
    assert found.kind is Kind.FEEDBACK


@pytest.mark.parametrize(("program", "tongue"), cases(FORWARDS))
def test_a_forwarded_mail_is_its_authors(program: Client, tongue: Tongue) -> None:
    """What our side passes on is what its author wrote, under their name."""
    found = read(program(tongue), OWN)
    assert found.text.split() == tongue.said.split()
    assert (found.from_name, found.from_email) == (NAME, FROM)
    assert (found.kind, found.forwarded_by) == (Kind.FEEDBACK, AT)


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda one: one.code)
def test_an_answer_nobody_wrote_is_told_by_its_subject(tongue: Tongue) -> None:
    """Where no header tells an absence note, its subject does, in each language."""
    assert read(clients.away(tongue), OWN).kind is Kind.AUTO


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda one: one.code)
def test_a_postscript_is_kept(tongue: Tongue) -> None:
    """What stands under the signature after "PS" is the customer's own."""
    second = tongue.said.split("\n\n")[1]
    assert f"PS: {second}" in read(clients.shouted_ps(tongue), OWN).text


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda one: one.code)
def test_the_whole_can_be_had(tongue: Tongue) -> None:
    """Nothing that was cut is lost: the whole has the quotation and the signature."""
    for program in REPLIES[:3]:
        whole = read(program(tongue), OWN).whole
        assert tongue.older in whole
