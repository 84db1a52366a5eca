"""
The one HTTP client: every byte from another machine's web server comes through here.

A connector is given an ``Http``, names its server once with ``at`` and asks. Deadlines,
retries, waiting when told to, size limits and keeping secrets to one origin are
settled here, so no connector decides them. httpx is imported in this package only.
"""

from triage.transport.auth import Auth, basic, bearer
from triage.transport.http import Http
from triage.transport.origin import same_origin
from triage.transport.pages import Pages
from triage.transport.response import Response

__all__ = [
    "Auth",
    "Http",
    "Pages",
    "Response",
    "basic",
    "bearer",
    "same_origin",
]
