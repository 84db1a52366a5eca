"""The command ``triage``: every verb for people and for scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def main() -> None:
    """Run the command on the command line, and leave with its exit code."""
    import gc
    import os
    import sys
    from io import TextIOWrapper

    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if _is_about_the_app(sys.argv[1:], os.environ):
        from triage.cli.app import opened

        sys.exit(opened(sys.argv[1:]))
    from triage.cli.program import program

    # A command makes much and drops little: looking for garbage after each 700 was a
    # fifth of a ranking of 2,000.
    gc.set_threshold(200_000)
    program.main(prog_name="triage")


def _is_about_the_app(words: Sequence[str], environment: Mapping[str, str]) -> bool:
    """
    Whether the app alone is asked for, perhaps with the workspace it is to open.

    Then it opens without the machinery of commands, which costs a sixth of what a
    first frame does. A shell that completes a line asks with no words either.
    """
    if "_TRIAGE_COMPLETE" in environment:
        return False
    match list(words):
        case [] | ["--db", _]:
            return True
        case [word]:
            return word.startswith("--db=")
    return False
