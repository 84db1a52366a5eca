"""group: any file of texts put together, without a workspace."""

from __future__ import annotations

import json
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

import click

from triage.cli.output import note
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.text.display import one_line


@verb("group", example="triage group texts.jsonl --out groups.jsonl")
@click.argument("file", type=click.Path())
@click.option(
    "--out", type=click.Path(), metavar="FILE",
    help="A file, written whole or not at all; else standard output.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file where it is there.")
def group(session: Session, file: str, out: str | None, force: bool) -> None:
    """
    Group any file of texts once, without a workspace.

    Reads JSON lines {"id", "text"} and writes {"id", "group"}; the group is the id of
    its first text. Says on standard error how fast it was.
    """
    del session
    from triage.workspace.oneshot import group_texts

    ids, texts = _read(Path(file))
    began, spent = time.monotonic(), time.process_time()
    groups = group_texts(texts)
    wall, cpu = time.monotonic() - began, time.process_time() - spent
    many = len(set(groups))
    note(
        f"{len(ids)} texts, {many} groups; {wall:.2f} s, {cpu:.2f} s of processor,"
        f" {len(ids) / max(cpu, 1e-9):,.0f} texts a second of it"
    )
    lines = StringIO()
    for own, first in zip(ids, groups, strict=True):
        lines.write(json.dumps({"id": own, "group": ids[first]}) + "\n")
    if out is None:
        sys.stdout.write(lines.getvalue())
        return
    from triage.export import write_to

    def write(opened: TextIO) -> None:
        opened.write(lines.getvalue())

    write_to(Path(out), write, force=force)
    note(one_line(f"wrote {out}", 1000))


def _read(file: Path) -> tuple[list[Any], list[str]]:
    ids, texts = [], []
    if not file.is_file():
        raise UsageError(f"{file} is no file; check the path")
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                told = json.loads(line)
                ids.append(told["id"])
                texts.append(str(told["text"]))
            except (ValueError, TypeError, KeyError) as error:
                raise UsageError(
                    f'{file}, line {number}: not a line like {{"id": 1, "text": "…"}}'
                ) from error
    return ids, texts
