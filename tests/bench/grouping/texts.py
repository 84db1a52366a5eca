"""Labelled texts, and the same normalised once for every engine."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from triage.grouping.normalize import normalize, tokens


@dataclass(frozen=True, slots=True)
class Texts:
    """
    A file of texts with the truth about them.

    Attributes:
        digest: Of the file's bytes.
        clusters: Texts with the same one belong together.
        edits: What was done to each text; empty where the file does not say.
        terms: Terms of each normalised text, parted by spaces.
        normalizing: CPU seconds that normalising all of them took, once per run.
    """

    name: str
    digest: str
    raw: Sequence[str] = field(repr=False)
    clusters: Sequence[str] = field(repr=False)
    edits: Sequence[frozenset[str]] = field(repr=False)
    normal: Sequence[str] = field(repr=False)
    terms: Sequence[str] = field(repr=False)
    normalizing: Sequence[float]


def read(file: Path, repeat: int = 1) -> Texts:
    """The texts of a file of lines {"text", "cluster"} and perhaps {"edits"}."""
    content = file.read_bytes()
    rows = [json.loads(line) for line in content.decode("utf-8").splitlines()]
    raw = [row["text"] for row in rows]
    spent = []
    for _ in range(repeat):
        began = time.process_time()
        normal = [normalize(text) for text in raw]
        spent.append(time.process_time() - began)
    return Texts(
        name=file.name,
        digest=hashlib.sha256(content).hexdigest(),
        raw=raw,
        clusters=[str(row["cluster"]) for row in rows],
        edits=[frozenset(row.get("edits", ())) for row in rows],
        normal=normal,
        terms=[" ".join(tokens(text)) for text in normal],
        normalizing=spent,
    )
