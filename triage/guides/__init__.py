"""Interview guides: what is asked in them, how well, and how it is asked openly."""

from __future__ import annotations
