"""Google's service accounts: whose key it is, and what they sign in with (RFC 7523)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from triage.connector import ConfigError, Secret, SignInFailed, SourceUnavailable
from triage.text.display import one_line
from triage_connectors.signing import signed

if TYPE_CHECKING:
    from triage.transport import Http
    from triage.transport.response import Response

_HOSTS: Final = frozenset(
    {"oauth2.googleapis.com", "accounts.google.com", "www.googleapis.com"}
)
_HERE: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_HOUR: Final = 3600
_MARGIN: Final = timedelta(minutes=2)
_CLOCK: Final = timedelta(minutes=3)
_WORD: Final = re.compile(r"[\w.@:/-]{1,200}")
_TOKEN: Final = re.compile(r"[\x21-\x7e]{1,20000}")
_KEYS: Final = "Google Cloud → IAM & Admin → Service accounts → Keys"


@dataclass(frozen=True, slots=True)
class Account:
    """
    A service account, as its key file tells.

    Attributes:
        email: What it is called; no secret.
        key_id: Which of its keys it is.
        token_url: Where it signs in; Google's, whatever the file says.
    """

    email: str
    project: str
    key_id: str
    token_url: str
    key: Secret

    @property
    def name(self) -> str:
        """Whose it is, in a few words."""
        return f"{self.email} (project {self.project})" if self.project else self.email


def account(key: Secret, setting: str = "key") -> Account:
    """
    The account of a key file's content.

    What is signed is a password for an hour, so the file may name no address but
    Google's, or one of this machine.

    Raises:
        ConfigError: It is no such file, or not one from Google.
    """
    text = key.reveal().strip()
    cure = f"give the JSON file of a service account's key, {setting}=file:PATH"
    if not text.startswith("{"):
        what = "a bare private key" if text.startswith("-----BEGIN") else "no JSON"
        raise ConfigError(f"the setting {setting} is {what}; {cure}")
    told: Any = None
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        # Raised out here: the parser's own error holds the whole text.
        raise ConfigError(f"the setting {setting} is no JSON that can be read; {cure}")
    if "installed" in told or "web" in told:
        raise ConfigError(
            f"the setting {setting} is the file of an OAuth client, which a person"
            f" signs in with; {cure}"
        )
    if told.get("type") != "service_account":
        raise ConfigError(f"the setting {setting} is no service account's file; {cure}")
    for name in ("client_email", "private_key", "token_uri"):
        if not isinstance(told.get(name), str) or not told[name]:
            raise ConfigError(
                f"the setting {setting} is cut: it has no {name!r}; {cure}"
            )
    return Account(
        email=_word(told["client_email"]),
        project=_word(told.get("project_id")),
        key_id=_word(told.get("private_key_id")),
        token_url=_signing_in_at(told["token_uri"], setting),
        key=Secret(told["private_key"]),
    )


@dataclass(slots=True)
class Access:
    """The access tokens of one account, each asked for once while it lasts."""

    _kept: dict[tuple[str, str, str], tuple[Secret, datetime]] = field(
        default_factory=dict
    )

    async def token(self, http: Http, account: Account, scope: str) -> Secret:
        """
        A token for one scope.

        Raises:
            SignInFailed: The account or its key is not accepted; says why.
        """
        name = (account.email, account.key_id, scope)
        kept = self._kept.get(name)
        now = http.now()
        if kept and now < kept[1]:
            return kept[0]
        answer = await http.at(account.token_url).post(
            account.token_url,
            form={"grant_type": _GRANT, "assertion": _assertion(account, scope, now)},
            allow={400, 401, 403},
            idempotent=True,
        )
        told = values(answer) if answer.status >= 400 else answer.json()
        token = told.get("access_token") if isinstance(told, dict) else None
        if answer.status < 300 and isinstance(token, str) and _TOKEN.fullmatch(token):
            lasts = _seconds(told.get("expires_in"))
            self._kept[name] = (Secret(token), now + lasts - min(_MARGIN, lasts / 2))
            return Secret(token)
        raise _refused(account, answer, told if isinstance(told, dict) else {}, now)

    def forget(self) -> None:
        """Ask anew for every token: one was refused before its end."""
        self._kept.clear()


def clock_off(answer: Response, now: datetime) -> str:
    """How far this machine's clock is from the server's; "" where it is near it."""
    if answer.date is None or abs(now - answer.date) < _CLOCK:
        return ""
    minutes = (now - answer.date).total_seconds() / 60
    return f"{abs(minutes):,.0f} minutes {'ahead of' if minutes > 0 else 'behind'}"


def values(answer: Response) -> Mapping[str, Any]:
    """What a refusal holds; nothing where it is no JSON object."""
    try:
        told = json.loads(answer.content[:65_536])
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _assertion(account: Account, scope: str, now: datetime) -> Secret:
    at = int(now.timestamp())
    claims = {
        "iss": account.email,
        "scope": scope,
        "aud": account.token_url,
        "iat": at,
        "exp": at + _HOUR,
    }
    return signed(
        claims,
        account.key,
        "RS256",
        setting="key",
        headers={"kid": account.key_id} if account.key_id else {},
    )


def _refused(
    account: Account, answer: Response, told: Mapping[str, Any], now: datetime
) -> SignInFailed | SourceUnavailable:
    code, said = _word(told.get("error")), told.get("error_description")
    words = one_line(said, 160) if isinstance(said, str) else ""
    low = words.casefold()
    who = f"Google does not sign in {account.email}"
    quoted = f"({code}: “{words}”)" if words else f"({code or answer.status})"
    if off := clock_off(answer, now):
        return SignInFailed(
            f"{who}: this machine's clock is {off} Google's; set the clock right and"
            f" try again {quoted}"
        )
    if any(word in low for word in ("timeframe", "short-lived", "iat and exp")):
        return SignInFailed(
            f"{who}: what was signed has a wrong time; set this machine's clock"
            f" right and try again {quoted}"
        )
    if "signature" in low:
        return SignInFailed(
            f"{who}: the key is revoked, or another account's; make a new one under"
            f" {_KEYS} and give its file as key {quoted}"
        )
    if "disabled" in low or "disabled" in code:
        return SignInFailed(
            f"{who}: the account is disabled; enable it under Google Cloud → IAM &"
            f" Admin → Service accounts {quoted}"
        )
    if code == "invalid_client" or "not found" in low or "invalid email" in low:
        return SignInFailed(
            f"{who}: there is no such account any more; make one, and give its key's"
            f" file as key {quoted}"
        )
    known = {"invalid_grant", "unauthorized_client", "access_denied"}
    if code in known or answer.status in {401, 403}:
        return SignInFailed(
            f"{who}: the key is not accepted; look at it under {_KEYS} {quoted}"
        )
    return SourceUnavailable(
        f"{answer.where} gave no token and no reason Triage knows {quoted}; try again"
        " later"
    )


def _signing_in_at(url: str, setting: str) -> str:
    trouble = ""
    try:
        parts = urlsplit(url)
        host, scheme, port = parts.hostname or "", parts.scheme, parts.port
        alone = not (parts.username or parts.password or parts.query or parts.fragment)
    except ValueError:
        host, scheme, port, alone = "", "", None, False
    if not alone or not host:
        trouble = "an address that cannot be one"
    elif host in _HERE:
        trouble = "" if scheme in {"http", "https"} else scheme
    elif scheme != "https" or host not in _HOSTS or port not in {None, 443}:
        trouble = one_line(host, 80)
    if trouble:
        raise ConfigError(
            f"the file of the setting {setting} says to sign in at {trouble}, which is"
            " not Google; nothing was sent. Take the file as Google Cloud gave it"
        )
    return url


def _word(value: object) -> str:
    """A name as Google writes them; anything else is shown to nobody."""
    return value if isinstance(value, str) and _WORD.fullmatch(value) else ""


def _seconds(value: object) -> timedelta:
    try:
        seconds = float(value) if isinstance(value, (int, float, str)) else 0.0
    except (ValueError, OverflowError):
        seconds = 0.0
    fits = math.isfinite(seconds) and seconds > 0
    return timedelta(seconds=min(seconds, _HOUR) if fits else 300.0)
