"""Claims are signed with the key that is given, and a bad key is told without itself."""

from __future__ import annotations

import jwt
import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from triage.connector import ConfigError, Secret
from triage_connectors.signing import signed


def pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    ).decode()


def test_what_is_signed_can_be_checked() -> None:
    """The other side reads claims and headers with the public key."""
    curve = ec.generate_private_key(ec.SECP256R1())
    token = signed(
        {"iss": "me"}, Secret(pem(curve)), "ES256", setting="key", headers={"kid": "K1"}
    )
    assert jwt.decode(token.reveal(), curve.public_key(), ["ES256"]) == {"iss": "me"}
    assert jwt.get_unverified_header(token.reveal())["kid"] == "K1"
    big = rsa.generate_private_key(65537, 2048)
    token = signed({"iss": "me"}, Secret(f"\n{pem(big)}\n"), "RS256", setting="key")
    assert jwt.decode(token.reveal(), big.public_key(), ["RS256"]) == {"iss": "me"}


@pytest.mark.parametrize("damage", ["words", "cut", "kind"])
def test_a_bad_key_says_what_to_do(damage: str) -> None:
    """The message names the setting and the file, and shows nothing of the key."""
    key = pem(ec.generate_private_key(ec.SECP256R1()))
    given = {
        "words": "canary-not-a-key",
        "cut": key[: len(key) // 2],
        "kind": pem(rsa.generate_private_key(65537, 2048)),
    }[damage]
    with pytest.raises(
        ConfigError, match=r"setting key is not .* key=file:PATH"
    ) as bad:
        signed({}, Secret(given), "ES256", setting="key")
    told = f"{bad.value!r} {bad.value.__cause__!r}"
    assert "canary" not in told
    assert not any(line in told for line in given.splitlines()[1:-1] if line)
