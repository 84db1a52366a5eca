"""What providers of mail want of programs, before a sign-in and when it is refused."""

from __future__ import annotations

from typing import Final

HINTS: Final = {
    "gmail": "Gmail takes an app password here, not the account's own: make one at"
    " myaccount.google.com/apppasswords (two-step verification must be on)",
    "outlook": "Outlook takes no passwords from programs: set client_id and sign in"
    " with a browser",
    "yahoo": "Yahoo takes an app password here, not the account's own: make one under"
    " Account security",
    "fastmail": "Fastmail takes an app password here, not the account's own: make one"
    " under Settings, Privacy & Security, with access to mail (IMAP)",
    "icloud": "iCloud takes an app-specific password here, not the account's own: make"
    " one at account.apple.com",
}
