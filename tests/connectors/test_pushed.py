"""What is pushed is believed once it is signed with our secret, and lately."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from triage.connector import ConfigError, Secret, SignInFailed
from triage_connectors import pushed

SECRET = Secret("Jefe")
# RFC 4231, test case 2.
SIGNED = b"what do ya want for nothing?"
DIGEST = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def test_the_digest_is_that_of_the_standard() -> None:
    """It is the HMAC others compute, also where the secret was pasted with a blank."""
    assert pushed.digest(SECRET, SIGNED).hex() == DIGEST
    assert pushed.digest(Secret(" Jefe\n"), SIGNED).hex() == DIGEST
    assert len(pushed.digest(SECRET, SIGNED, "sha1")) == 20


@pytest.mark.parametrize("secret", [None, Secret(""), Secret("  ")])
def test_without_a_secret_nothing_is_believed(secret: Secret | None) -> None:
    """A secret that is missing or blank is named as the setting to make."""
    with pytest.raises(ConfigError) as failed:
        pushed.digest(secret, SIGNED)
    assert failed.value.missing == "webhook_secret"


@pytest.mark.parametrize("told", ["", DIGEST[:-1], f"{DIGEST} ", DIGEST.upper(), "é"])
def test_another_signature_is_refused(told: str) -> None:
    """Only the very signature is taken, and the right one is not told."""
    pushed.must_match(DIGEST, DIGEST)
    with pytest.raises(SignInFailed, match="webhook_secret") as failed:
        pushed.must_match(told, DIGEST)
    assert DIGEST not in str(failed.value)


def test_what_was_signed_long_ago_is_refused() -> None:
    """Five minutes before or ahead are taken, more are not, and no time is none."""
    now = datetime.now(UTC)
    for minutes in (-4.9, 0, 4.9):
        pushed.must_be_fresh(now + timedelta(minutes=minutes))
    for at in (None, now - timedelta(minutes=5.1), now + timedelta(minutes=5.1)):
        with pytest.raises(SignInFailed, match="five minutes"):
            pushed.must_be_fresh(at)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b"\xff", b"[" * 100_000])
def test_what_is_no_object_tells_nothing(body: bytes) -> None:
    """A signed body that holds no object is about nothing."""
    assert pushed.values(body) == {}
