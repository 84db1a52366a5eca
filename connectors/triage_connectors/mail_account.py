"""An account of mail: at which provider, and how it signs in there."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Protocol

from triage.connector import ConfigError, OAuth, Secret, SignInFailed

if TYPE_CHECKING:
    from triage.transport import Http


class Account(Protocol):
    """Settings that every account of mail has."""

    presets: ClassVar[Mapping[str, Mapping[str, str]]]

    @property
    def provider(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def auth(self) -> str: ...
    @property
    def password(self) -> Secret | None: ...
    @property
    def token(self) -> Secret | None: ...
    @property
    def client_id(self) -> str: ...
    def oauth(self) -> OAuth | None:
        """Where to sign in with a browser; None where nobody does."""


def host_of(account: Account) -> str:
    """The server: its own name, or the provider's."""
    return account.host or account.presets.get(account.provider, {}).get("host", "")


def provider_of(account: Account) -> str:
    """The provider, also where only its server is named; "" for any other."""
    if account.provider:
        return account.provider
    hosts = {one["host"]: name for name, one in account.presets.items()}
    return hosts.get(account.host.lower(), "")


def is_by_token(account: Account) -> bool:
    """Whether it signs in with what a browser gave."""
    if account.auth:
        return account.auth == "oauth"
    return account.token is not None or provider_of(account) == "outlook"


def check(account: Account) -> None:
    """Raise ``ConfigError`` where no server is named, or no client to sign in with."""
    if account.provider and account.provider not in account.presets:
        near = difflib.get_close_matches(account.provider, account.presets, 1)
        hint = f"did you mean {near[0]}?" if near else "leave it out and set host"
        raise ConfigError(f"no provider is called {account.provider!r}; {hint}")
    if not host_of(account):
        raise ConfigError(
            "the setting 'host' is missing; add host=… or provider=…", missing="host"
        )
    if is_by_token(account) and not account.client_id:
        raise ConfigError(
            "signing in with a browser needs client_id, of your own OAuth client"
            f" at {'Google' if provider_of(account) == 'gmail' else 'Microsoft'}",
            missing="client_id",
        )


def check_word(account: Account, name: str, *words: str) -> None:
    """Raise ``ConfigError`` where a setting is none of these words."""
    if getattr(account, name) not in words:
        told = " or ".join(repr(word) for word in words if word)
        raise ConfigError(
            f"the setting {name} is {told}, not {getattr(account, name)!r}"
        )


async def secret_of(account: Account, user: str, http: Http) -> Secret:
    """The password, or an access token that is good for now."""
    if not is_by_token(account):
        if account.password is None:
            raise SignInFailed(
                f"no password for {user} is set;"
                " `triage sources set NAME password` asks for one"
            )
        return account.password
    oauth = account.oauth()
    if oauth is None:
        raise ConfigError(
            f"Triage knows no sign-in with a browser at {host_of(account)}; give a"
            " password, and auth=password"
        )
    if account.token is None:
        raise SignInFailed(
            f"nobody has signed in as {user} yet; `triage sources sign-in` does"
        )
    access: Secret = await http.access_token(oauth, account.token)
    return access
