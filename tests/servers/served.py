"""A fake service behind a socket of this machine, for clients of other processes."""

from triage.testing.serving import served

__all__ = ["served"]
