"""A package that is not ours, as it lies once installed."""

from __future__ import annotations

from pathlib import Path


def installed(folder: Path, name: str, points: str) -> Path:
    """A folder that, on the path, makes a package's connectors known by entry point."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    )
    (info / "entry_points.txt").write_text(f"[triage.connectors]\n{points}")
    return folder
