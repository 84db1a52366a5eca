"""group: any file of texts put together, without a workspace."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from triage.cli.lines import PIPE, fields
from triage.cli.output import count, note
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator


@verb("group", example="triage group texts.jsonl --out groups.jsonl")
@click.argument("file", type=click.Path())
@click.option(
    "--out", type=click.Path(), metavar="FILE", default=PIPE,
    help="A file, written whole or not at all; else, or for -, standard output.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file where it is there.")
@click.option("--strict", is_flag=True, help="Put only together what is surest.")
def group(session: Session, file: str, out: str, force: bool, strict: bool) -> None:
    """
    Group any file of texts once, without a workspace.

    Reads JSON lines {"id", "text"}, from standard input for -, and writes
    {"id", "group"}; the group is the id of its first text. Says on standard error how
    fast it was.
    """
    del session
    from triage.workspace.oneshot import group_texts

    ids: list[Any] = []
    began, spent = time.monotonic(), time.process_time()
    groups = group_texts(_texts(file, ids), strict=strict)
    wall, cpu = time.monotonic() - began, time.process_time() - spent

    def write(opened: TextIO) -> None:
        opened.writelines(
            json.dumps({"id": own, "group": ids[first]}) + "\n"
            for own, first in zip(ids, groups, strict=True)
        )

    if out == PIPE:
        write(sys.stdout)
    else:
        from triage.export import write_to

        write_to(Path(out), write, force=force)
        note(one_line(f"wrote {out}", 1000))
    note(
        f"{count(len(ids), 'text')}, {count(len(set(groups)), 'group')};"
        f" {wall:.2f} s, {len(ids) / max(wall, 1e-9):,.0f} texts a second;"
        f" {cpu:.2f} s of processor, {len(ids) / max(cpu, 1e-9):,.0f} a second of it"
    )


def _texts(file: str, ids: list[Any]) -> Iterator[str]:
    """The texts of a file, their ids added to ``ids`` as they are read."""
    for own, text in fields(file, "id", "text"):
        ids.append(own)
        yield str(text)
