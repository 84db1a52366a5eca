"""What an account says of itself before anything is pulled; nothing of it is kept."""

from __future__ import annotations

import ssl
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from triage.connector import Report
from triage_connectors import imap_fetching
from triage_connectors.imap_fetching import LISTED, Listed, Rules
from triage_connectors.imap_folders import Folder
from triage_connectors.imap_pulling import criteria
from triage_connectors.imap_session import Session, Standing

_SAMPLE: Final = 40
_STORING: Final = 0.002
"""Seconds to store a mail and compare it, measured on 20,000 of 3 KB."""
_TOLD: Final = ("IDLE", "CONDSTORE", "QRESYNC")
_SHOWN: Final = 12


def report(
    session: Session, names: Sequence[str], known: Sequence[Folder], rules: Rules
) -> Report:
    """Return who it is, what it can and what a first pull would bring."""
    facts = {"encryption": _encryption(session), "server offers": _offers(session)}
    waiting = 0
    seconds = 0.0
    for name in names:
        now = session.status(name)
        facts[f"folder {name}"] = (
            f"{now.count:,} message{'' if now.count == 1 else 's'}"
        )
        if uids := _waiting(session, name, rules):
            waiting += len(uids)
            seconds += len(uids) * (_each(session, name, uids, rules) + _STORING)
    if others := [one.name for one in known if one.name not in names]:
        more = " …" if len(others) > _SHOWN else ""
        facts["other folders"] = ", ".join(others[:_SHOWN]) + more
    return Report(
        account=f"{session.account.user} at {session.account.host}",
        facts=facts,
        waiting=waiting,
        seconds=seconds,
    )


def _encryption(session: Session) -> str:
    tls = session.tls
    if tls is None:
        return "none; the server is on this machine"
    until = (tls.getpeercert() or {}).get("notAfter")
    told = str(tls.version())
    if isinstance(until, str):
        at = datetime.fromtimestamp(ssl.cert_time_to_seconds(until), UTC)
        told += f", certificate good until {at:%Y-%m-%d}"
    return told


def _offers(session: Session) -> str:
    found: list[str] = [name for name in _TOLD if name in session.can]
    if "X-GM-EXT-1" in session.can:
        found.append("Gmail's own names")
    return ", ".join(found) or "nothing beyond IMAP itself"


def _waiting(session: Session, name: str, rules: Rules) -> list[int]:
    """Return the uids a first pull would read, exact to the second."""
    now: Standing = session.examine(name)
    found = session.uids(now.count, 0, *criteria(rules.since))
    if rules.since is None:
        return found
    sure = set(session.uids(now.count, 0, *criteria(rules.since, days=2)))
    unsure = [uid for uid in found if uid not in sure]
    for start in range(0, len(unsure), LISTED):
        chunk = unsure[start : start + LISTED]
        sure |= {
            one.uid for one in imap_fetching.listed(session, chunk)
            if one.arrived is None or one.arrived >= rules.since
        }  # fmt: skip
    return [uid for uid in found if uid in sure]


def _each(session: Session, name: str, uids: Sequence[int], rules: Rules) -> float:
    """Return the seconds a message takes, by some from all over the folder."""
    chosen = uids[:: max(1, len(uids) // _SAMPLE)][:_SAMPLE]
    began = time.perf_counter()
    listed: list[Listed] = imap_fetching.listed(session, chosen)
    for batch in imap_fetching.batches(listed, rules):
        imap_fetching.read(session, name, batch, rules)
    return (time.perf_counter() - began) / len(chosen)
