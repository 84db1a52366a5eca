"""Where accounts of mail providers sign in with a browser."""

from __future__ import annotations

from triage.connector import OAuth, Secret


def oauth(
    provider: str,
    client_id: str,
    client_secret: Secret | None,
    *,
    tenant: str,
    microsoft: str,
) -> OAuth | None:
    """
    Return where to sign in at Google or Microsoft; None elsewhere.

    Args:
        microsoft: What may be done there once signed in: one of Outlook's scopes.
    """
    if not client_id:
        return None
    if provider == "gmail":
        # Google gives no codes to type elsewhere for mail.
        return OAuth(
            # Without both Google gives a lasting token the first time only.
            authorize_url="https://accounts.google.com/o/oauth2/v2/auth"
            "?access_type=offline&prompt=consent",
            token_url="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
            scope="https://mail.google.com/",
            client_id=client_id,
            client_secret=client_secret,
        )
    if provider == "outlook":
        there = f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0"
        return OAuth(
            authorize_url=f"{there}/authorize",
            token_url=f"{there}/token",
            device_url=f"{there}/devicecode",
            scope=f"https://outlook.office.com/{microsoft} offline_access",
            client_id=client_id,
            client_secret=client_secret,
        )
    return None
