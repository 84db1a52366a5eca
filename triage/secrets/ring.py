"""Secrets in the system's keyring, where it has one; the library is asked for late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from triage.errors import ConfigError

Answer = TypeVar("Answer")

ELSEWHERE = "refer to file: or command: instead"


def parts(place: str) -> tuple[str, str]:
    """Service and user of ``SERVICE/USER``; the user may hold slashes."""
    service, slash, user = place.partition("/")
    if not (slash and service and user):
        raise ConfigError("keyring: needs SERVICE/USER, like keyring:mail/ann@acme.com")
    return service, user


def read(service: str, user: str) -> str:
    """
    What the keyring keeps there.

    Raises:
        ConfigError: There is no keyring, it stays locked, or it keeps nothing there.
    """
    import keyring

    value = _asked(lambda: keyring.get_password(service, user))
    if not value:
        raise ConfigError(
            f"the keyring has nothing under {service}/{user}; put it there with"
            f" `keyring set {service} {user}`, or {ELSEWHERE}"
        )
    return value


def has(service: str, user: str) -> bool:
    """Whether the keyring keeps anything there."""
    import keyring

    return bool(_asked(lambda: keyring.get_password(service, user)))


def write(service: str, user: str, value: str) -> None:
    """
    Keep a value, and see that it is kept: a keyring switched off says it did.

    Raises:
        ConfigError: There is no keyring, or it does not keep it.
    """
    import keyring

    _asked(lambda: keyring.set_password(service, user, value))
    if _asked(lambda: keyring.get_password(service, user)) != value:
        raise ConfigError(f"the keyring keeps nothing; {ELSEWHERE}")


def delete(service: str, user: str) -> None:
    """Keep it no more."""
    import keyring

    _asked(lambda: keyring.delete_password(service, user))


def _asked(question: Callable[[], Answer]) -> Answer:
    import keyring.errors

    try:
        return question()
    except keyring.errors.NoKeyringError:
        trouble = f"this machine has no keyring; {ELSEWHERE}"
    except keyring.errors.KeyringLocked:
        trouble = f"the keyring is locked; unlock it, or {ELSEWHERE}"
    except Exception as error:  # a backend may raise anything, with anything in it
        trouble = f"the keyring does not answer ({type(error).__name__}); {ELSEWHERE}"
    raise ConfigError(trouble)
