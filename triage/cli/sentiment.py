"""sentiment train, sentiment eval: the weights words have, learnt and measured."""

from __future__ import annotations

from pathlib import Path

import click

from triage.cli.options import pairs
from triage.cli.output import emit_json, note, table
from triage.cli.session import Session
from triage.cli.verbs import nouns, verb
from triage.errors import UsageError

sentiment = nouns("sentiment", "Sentiment: how words are weighed, and how well.")

_files = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path)
)


@verb(
    "train", within=sentiment, schemas=("sentiment-weights",),
    example="triage sentiment train stars.jsonl --licence stars=MIT --out my.weights",
)  # fmt: skip
@_files
@click.option(
    "--licence", "licences", multiple=True, metavar="NAME=LICENCE",
    help="Under which a file's texts may be passed on: stars=MIT. One for each.",
)  # fmt: skip
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Where to write."
)
def train(
    session: Session,
    files: tuple[Path, ...],
    licences: tuple[str, ...],
    out: Path,
    as_json: bool,
) -> None:
    """
    Learn what words mean from rated texts: JSON lines with text and rating or label.

    The same files give the same weights. The file says what they were learnt from.
    """
    del session
    from triage.text import sentiment_training

    given = pairs(licences, "--licence")
    missing = [file.stem for file in files if file.stem not in given]
    if missing:
        raise UsageError(f"say the licence of each: --licence {missing[0]}=CC0-1.0")
    weights = sentiment_training.train({file: given[file.stem] for file in files})
    try:
        out.write_bytes(weights.packed())
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}") from error
    if as_json:
        emit_json("sentiment-weights", dict(weights.about))
        return
    table(
        ("language", ">rows", ">balanced"),
        [
            (name, one["rows"], one["balanced"])
            for name, one in weights.about["folds"].items()
        ],
    )
    note(f"{out}, from {weights.about['rows']:,} rows")


@verb(
    "eval", within=sentiment, schemas=("sentiment-scores",),
    example="triage sentiment eval stars.jsonl",
)  # fmt: skip
@_files
@click.option(
    "--weights", type=click.Path(path_type=Path), help="Other than those shipped."
)
def evaluate(
    session: Session, files: tuple[Path, ...], weights: Path | None, as_json: bool
) -> None:
    """
    Measure how well rated texts are told apart, by file and language.

    Balanced: the mean of how many pleased and how many displeased are told right;
    neutral is wrong for both.
    """
    del session
    from triage.text import sentiment_training, sentiment_weights

    try:
        chosen = (
            sentiment_weights.unpacked(weights.read_bytes())
            if weights
            else sentiment_weights.shipped()
        )
    except OSError as error:
        raise UsageError(f"{weights} cannot be read: {error.strerror}") from error
    found = []
    for file in files:
        rows = sentiment_training.read(file)
        for language in sorted({row.language for row in rows}):
            score = sentiment_training.evaluate(
                [row for row in rows if row.language == language], chosen
            )
            found.append(
                {
                    "file": file.name,
                    "language": language,
                    "rows": score.rows,
                    "balanced": round(score.balanced, 4),
                    "neutral": round(score.neutral, 4),
                }
            )
    if as_json:
        emit_json("sentiment-scores", {"scores": found})
        return
    headings = ("file", "language", ">rows", ">balanced", ">neutral")
    table(
        headings,
        [[one[heading.lstrip(">")] for heading in headings] for one in found],
    )
