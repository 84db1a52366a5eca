"""What a token opens is known by a mark of it, which tells nothing of the token."""

from __future__ import annotations

import hashlib

from triage.connector import Secret


def shared_by(token: Secret) -> str:
    """A mark of a token, for budgets: all its sources share what it may ask."""
    return hashlib.sha256(token.reveal().encode()).hexdigest()[:12]
