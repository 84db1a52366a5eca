"""groups train, groups eval: what pairs are scored by, and how well that does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from triage.cli.groups import groups
from triage.cli.lines import fields
from triage.cli.options import pairs
from triage.cli.output import count, emit_json, note, table
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.grouping.ruled import Standing, Threshold


@verb(
    "train", within=groups, schemas=("group-tables",),
    example="triage groups train mails.jsonl --licence mails=MIT --version mine-1"
    " --out tables.json",
)  # fmt: skip
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--licence", "licences", multiple=True, metavar="NAME=LICENCE",
    help="Under which a file's texts may be passed on: mails=MIT. One for each.",
)  # fmt: skip
@click.option("--version", required=True, metavar="NAME", help="What to call them.")
@click.option(
    "--seed", type=int, default=1, show_default=True, metavar="N", help="Of the dice."
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Where to write."
)
@click.option("--force", is_flag=True, help="Replace the file where it is there.")
def train(
    session: Session,
    files: tuple[Path, ...],
    licences: tuple[str, ...],
    version: str,
    seed: int,
    out: Path,
    force: bool,
    as_json: bool,
) -> None:
    """
    Learn what pairs are scored by from any texts: JSON lines with text.

    Near-duplicates are made of them, so no labels are needed. The same files in the
    same order and the same seed give the same tables, byte for byte.
    """
    del session
    from triage.export import write_to
    from triage.workspace.oneshot import learn_tables

    given = pairs(licences, "--licence")
    missing = [file.stem for file in files if file.stem not in given]
    if missing:
        raise UsageError(f"say the licence of each: --licence {missing[0]}=CC0-1.0")
    tables = learn_tables(
        {
            f"{file.stem} ({given[file.stem]})": [
                str(text) for (text,) in fields(str(file), "text")
            ]
            for file in files
        },
        version=version,
        seed=seed,
    )

    def write(opened: TextIO) -> None:
        opened.write(tables.to_json())

    write_to(out, write, force=force)
    trained = dict(tables.trained)
    if as_json:
        emit_json("group-tables", {"version": version, "trained": trained})
        return
    table(
        (">texts", "name"),
        [(one["texts"], name) for name, one in trained["texts"].items()],
    )
    note(
        one_line(
            f"{out}, {version}: from {count(trained['pairs'], 'pair')} of"
            f" {count(trained['usable'], 'usable text')}",
            1000,
        )
    )


@verb(
    "eval", within=groups, schemas=("group-quality", "group-rulings"),
    example="triage groups eval labelled.jsonl",
)  # fmt: skip
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--strict", is_flag=True, help="Of files: put only together what is surest."
)
def evaluate(
    session: Session, files: tuple[Path, ...], strict: bool, as_json: bool
) -> None:
    """
    Measure grouping on files of labelled texts, or on your own rulings.

    A file holds JSON lines with text and cluster. Without one, every pair you ruled
    on is looked at: who proposed it, and what you said. What nobody contested was
    never ruled on and is not counted.
    """
    if files:
        _judge_files(files, strict, as_json=as_json)
        return
    if strict:
        raise UsageError("--strict is for files; what you ruled on is as it is")
    found = session.open().standings()
    if as_json:
        emit_json(
            "group-rulings",
            {
                "rulings": sum(one.n for one in found),
                "same": found[0].every_same,
                "proposers": [_of_standing(one) for one in found],
            },
        )
        return
    _show_standings(found)


def _judge_files(files: tuple[Path, ...], strict: bool, *, as_json: bool) -> None:
    from triage.workspace.oneshot import judge_groups

    found: list[dict[str, Any]] = []
    for file in files:
        rows = list(fields(str(file), "text", "cluster"))
        quality, seconds = judge_groups(
            [str(text) for text, _ in rows],
            # A label may be any JSON; two are one where they read the same.
            [json.dumps(cluster, sort_keys=True) for _, cluster in rows],
            strict=strict,
        )
        found.append(
            {
                "file": file.name,
                "texts": quality.texts,
                "groups": quality.groups,
                "precision": round(quality.precision, 4),
                "recall": round(quality.recall, 4),
                "f1": round(quality.f1, 4),
                "b_cubed": round(quality.b_cubed, 4),
                "seconds": round(seconds, 3),
            }
        )
    if as_json:
        emit_json(
            "group-quality",
            {"level": "strict" if strict else "default", "files": found},
        )
        return
    table(
        (
            ">texts", ">groups", ">precision", ">recall", ">F1", ">B-cubed",
            ">processor s", "file",
        ),
        [(*list(one.values())[1:], one["file"]) for one in found],
    )  # fmt: skip


def _of_standing(one: Standing) -> dict[str, Any]:
    from triage.measures import wilson

    low, high = wilson(one.same, one.n)
    return {
        "proposer": one.proposer,
        "n": one.n,
        "same": one.same,
        "enough": one.is_enough,
        "precision": _rounded(one.precision),
        "low": round(low, 4),
        "high": round(high, 4),
        "recall": _rounded(one.recall),
        "thresholds": [
            {"precision": at.target, "score": at.score, "n": at.n, "same": at.same}
            for at in one.thresholds
        ],
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _show_standings(found: list[Standing]) -> None:
    from triage.grouping.ruled import PROPOSERS, TARGETS

    table(
        (
            "the machine", ">n", ">right", "95 % sure", ">found",
            *(f"for {target:.1%} from" for target in TARGETS),
        ),
        [
            (
                PROPOSERS[one.proposer], one.n, *_shares(one),
                *(_from(one, at) for at in one.thresholds),
            )
            for one in found
        ],
    )  # fmt: skip
    rulings = sum(one.n for one in found)
    note(
        f"{count(rulings, 'ruling')}, {found[0].every_same} of them the same; what"
        " nobody contested is not counted"
    )


def _shares(one: Standing) -> tuple[str, str, str]:
    from triage.measures import wilson

    found = "" if one.recall is None else f"{one.recall:.0%}"
    if one.precision is None:
        return "", "", found
    low, high = wilson(one.same, one.n)
    return f"{one.precision:.0%}", f"{low:.0%} to {high:.0%}", found


def _from(one: Standing, at: Threshold) -> str:
    from triage.grouping.ruled import ENOUGH

    if one.proposer == "none":
        return ""
    if not one.is_enough:
        return f"too few rulings ({one.n} of {ENOUGH})"
    return "none holds it" if at.score is None else f"{at.score:g} (n {at.n})"
