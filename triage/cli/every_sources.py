"""sources, and the commands within it, which are files of their own."""

from __future__ import annotations

from triage.cli import (
    accounts,
    checking,
    connectors,
    signing_in,
    source_status,
    sources,
)

__all__ = [
    "accounts",
    "checking",
    "connectors",
    "signing_in",
    "source_status",
    "sources",
]
