"""What somebody would write in an hour: people's latest importance, per effort."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict

ASKED = """
    SELECT e.pain_point_id, coalesce(p.person_id, f.customer_id, -f.id), e.importance,
           f.company, f.context, e.quote
    FROM evidence e JOIN feedback f ON f.id = e.feedback_id
    LEFT JOIN person p ON p.customer_id = f.customer_id
    ORDER BY f.id, e.id
"""


def main() -> None:
    """Print a line of JSON for each pain point, the highest first."""
    db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    latest: dict[int, dict[int, int]] = defaultdict(dict)
    quotes: dict[int, list[dict[str, object]]] = defaultdict(list)
    for point, person, importance, company, context, quote in db.execute(ASKED):
        latest[point][person] = importance
        told = {"quote": quote, "company": company, **json.loads(context)}
        quotes[point].append(told)
    rows = []
    for key, title, severity, confidence, effort in db.execute(
        "SELECT id, title, severity, confidence, effort FROM pain_point"
    ):
        demand = sum(latest[key].values())
        score = demand * (severity or 1) * (confidence or 1) / (effort or 1)
        rows.append((score, key, title))
    for score, key, title in sorted(rows, key=lambda row: (-row[0], row[1])):
        told = {"id": key, "title": title, "score": score, "evidence": quotes[key]}
        sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
