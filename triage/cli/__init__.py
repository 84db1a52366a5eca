"""The command ``triage``: every verb for people and for scripts."""

from __future__ import annotations


def main() -> None:
    """Run the command on the command line, and leave with its exit code."""
    import os
    import sys
    from io import TextIOWrapper

    from triage.cli.program import program

    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    program.main(prog_name="triage")
