"""Companies as people write them down: a domain, a name, and what is known of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from triage.errors import UsageError
from triage.operations.changes import added, edited
from triage.operations.labels import named
from triage.people import Company
from triage.step import Change, Step

REVENUE = ("monthly_revenue", "mrr", "revenue")
"""Attributes that are money a month, the first that is told counts."""

LONGEST = 200
"""Characters of a value at most."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TAKEN = frozenset({"company", "domain", "from_company", "name", "tags"})
_THOUSANDS = re.compile(r"\d{1,3}([,  '’]\d{3})+(\.\d+)?")
_PLAIN = re.compile(r"(0|[1-9]\d{0,14})(\.\d{1,9})?")


def note(company: Company, before: Company | None) -> Step:
    """One company as it is to be written down; ``before`` as it was, if it was."""
    was = before.attributes if before else {}
    now = company.attributes
    told = [f"{name}={now[name]}" for name in now if now[name] != was.get(name)]
    told += [f"no {name}" for name in was if name not in now]
    what = f"Set {company.called}"
    return _step([(company, before)], f"{what}: {' '.join(told)}" if told else what)


def bring_in(pairs: Sequence[tuple[Company, Company | None]], where: str) -> Step:
    """Many companies, each with what it was before, in one step."""
    several = "company" if len(pairs) == 1 else "companies"
    return _step(pairs, f"Imported {len(pairs):,} {several} from {where}")


def told(company: Company, attributes: Mapping[str, str]) -> Company:
    """The company with these attributes as people typed them; an empty one goes."""
    now = dict(company.attributes)
    for name, text in attributes.items():
        key = name.strip().casefold().replace(" ", "_").replace("-", "_")
        if not _NAME.fullmatch(key) or key in _TAKEN:
            raise UsageError(f"{name!r} cannot be the name of an attribute")
        now.pop(key, None)
        if text.strip():
            now[key] = _value(key, " ".join(text.split()))
    return replace(company, attributes=now)


def _value(name: str, text: str) -> Any:
    """Money as a number, everything else as words."""
    if len(text) > LONGEST:
        raise UsageError(f"{name} is too long; {LONGEST} characters are enough")
    if name not in REVENUE:
        return text
    bare = text.strip("$€£¥ ")
    if _THOUSANDS.fullmatch(bare):
        bare = re.sub(r"[,  '’]", "", bare)
    if not _PLAIN.fullmatch(bare):
        raise UsageError(f"{name} is a number, money a month, not {text!r}")
    number = float(bare)
    return int(number) if number.is_integer() else number


def _step(pairs: Iterable[tuple[Company, Company | None]], label: str) -> Step:
    changes: list[Change] = []
    for after, before in pairs:
        if before is None:
            changes.append(added("company", after.id, _columns(after)))
            continue
        change = edited("company", after.id, _columns(before), _columns(after))
        changes += [change] if change else []
    return Step("company", named(label), tuple(changes))


def _columns(company: Company) -> dict[str, object]:
    return {
        "domain": company.domain,
        "name": company.name,
        "folded": " ".join(company.name.split()).casefold(),
        "attributes": json.dumps(
            dict(company.attributes), ensure_ascii=False, sort_keys=True
        ),
    }
