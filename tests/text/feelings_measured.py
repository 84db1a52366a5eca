"""How well feelings are read: ``python tests/text/feelings_measured.py``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from triage.measures import wilson
from triage.research import Feeling
from triage.text.feelings import feeling

LABELLED = Path(__file__).parent / "feelings.jsonl"


def labelled(half: str) -> list[dict[str, str]]:
    """Quotes of one half, each with its language and the feeling a person gave it."""
    told = (json.loads(line) for line in LABELLED.read_text("utf-8").splitlines())
    return [one for one in told if one["half"] == half]


def measured(half: str) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Feelings suggested rightly and wrongly, and those that were missed."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for one in labelled(half):
        told = feeling(one["quote"], one["language"])
        found = str(told.feeling) if told else ""
        if found == one["feeling"]:
            right[found] += 1
        else:
            wrong[found] += 1
            missed[one["feeling"]] += 1
    return right, wrong, missed


def main() -> None:
    """Print precision and recall per feeling; of which half, the first word says."""
    half = sys.argv[1] if len(sys.argv) > 1 else "held"
    right, wrong, missed = measured(half)
    print(
        f"{half}: {len(labelled(half))} quotes, {right['']} rightly without a feeling"
    )
    for name in Feeling:
        said, told = right[name] + wrong[name], right[name] + missed[name]
        low, high = wilson(right[name], said) if said else (0.0, 1.0)
        print(
            f"{name:13} precision {right[name]}/{said} [{low:.2f}, {high:.2f}]"
            f"  recall {right[name]}/{told}"
        )


if __name__ == "__main__":
    main()
