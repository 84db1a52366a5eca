"""
The contract every connector keeps, as one call for anybody's tests.

::

    def test_contract() -> None:
        check(lambda: Acme(token=Secret("canary-5f3a91")), http=fake)

Give it recorded or invented answers that never change: a few pages of a few feedbacks
are enough, and each further page costs one more pull. What asks a service has more to
keep, and ``check_service`` asks for it: of a made-up ``Service`` that pages, edits,
deletes, limits, fails and lies. Every ``Secret`` is a canary of
eight characters or more, and is looked for wherever text could leave the machine.

What reads and files plans at a tracker is held to ``check_tracker``, before a made-up
``Tracking``.
"""

from triage.testing.contract import check, check_connector
from triage.testing.service import Service
from triage.testing.services import check_service
from triage.testing.serving import answer_of, serve
from triage.testing.tracking import Tracking, check_tracker, rendered
from triage.transport.answered import Answer, Request

__all__ = [
    "Answer",
    "Request",
    "Service",
    "Tracking",
    "answer_of",
    "check",
    "check_connector",
    "check_service",
    "check_tracker",
    "rendered",
    "serve",
]
