"""What was measured, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bench.tui.measuring import Measured, Pressed, typical, worst

KINDS = ("move", "page", "end", "first", "open", "search")
MB = 1024 * 1024


def tables(told: Sequence[Measured], ours: Sequence[str]) -> str:
    """Starts, then keys, then how ours grows from the smallest size to the largest."""
    parts = [_starts(told), _keys(told)]
    own = [one for one in told if one.name in ours and not one.failure]
    if len(own) > 1:
        parts.append(_growth(own[0], own[-1]))
    return "\n\n".join(parts)


def as_data(told: Sequence[Measured]) -> list[dict[str, Any]]:
    """All of it, in seconds and bytes."""
    return [asdict(one) for one in told]


def _starts(told: Sequence[Measured]) -> str:
    heading = (
        f"{'program':28}{'CPU s to paint':>18}{'x empty':>9}{'wall ms':>9}"
        f"{'CPU s at rest':>15}{'RSS MB':>8}{'after':>7}{'peak':>6}{'idle %':>8}"
    )
    lines = [heading, f"{'':28}{'least, median':>18}{'':9}{'least':>9}"]
    least = [min(one.cpu_ready) for one in told if not one.failure][:1]
    for one in told:
        if one.failure:
            lines.append(f"{one.name:28}  {one.failure}")
            continue
        paint = f"{min(one.cpu_ready):.3f}, {typical(one.cpu_ready):.3f}"
        lines.append(
            f"{one.name:28}{paint:>18}{min(one.cpu_ready) / least[0]:9.2f}"
            f"{min(one.wall_ready) * 1000:9.0f}{one.cpu_settled:15.2f}"
            f"{one.rss_ready / MB:8.0f}{one.rss_end / MB:7.0f}{one.peak / MB:6.0f}"
            f"{one.resting * 100:8.1f}"
        )
    return "\n".join(lines)


def _keys(told: Sequence[Measured]) -> str:
    heading = (
        f"{'key':10}{'program':28}{'wall ms p50':>12}{'p99':>7}{'least':>7}"
        f"{'CPU ms':>8}{'p99':>7}{'bytes':>8}{'times':>7}{'silent':>8}"
    )
    lines = [heading]
    for kind in KINDS:
        for one in told:
            pressed = one.keys.get(kind, [])
            if pressed:
                lines.append(f"{kind:10}{one.name:28}{_line(pressed)}")
    return "\n".join(lines)


def _line(pressed: Sequence[Pressed]) -> str:
    seen = [one.wall * 1000 for one in pressed if one.wall is not None]
    cpu = [one.cpu * 1000 for one in pressed]
    wall = (
        f"{typical(seen):12.1f}{worst(seen):7.1f}{min(seen):7.1f}"
        if seen
        else f"{'-':>12}{'-':>7}{'-':>7}"
    )
    written = typical([one.written for one in pressed])
    return (
        f"{wall}{typical(cpu):8.1f}{worst(cpu):7.1f}{written:8.0f}"
        f"{len(pressed):7}{len(pressed) - len(seen):8}"
    )


def _growth(small: Measured, large: Measured) -> str:
    figures = {
        "CPU to paint": (min(small.cpu_ready), min(large.cpu_ready)),
        "CPU at rest": (small.cpu_settled, large.cpu_settled),
        "RSS": (small.rss_ready, large.rss_ready),
        "RSS after keys": (small.rss_end, large.rss_end),
    }
    for kind in KINDS:
        pair = small.keys.get(kind), large.keys.get(kind)
        if pair[0] and pair[1]:
            for word, value in (("CPU", _cpu), ("wall", _wall), ("bytes", _written)):
                figures[f"{kind}, {word}"] = (value(pair[0]), value(pair[1]))
    lines = [f"{small.name} → {large.name}: growth"]
    lines += [
        f"  {name:20} x{after / before:.2f}"
        for name, (before, after) in figures.items()
        if before
    ]
    return "\n".join(lines)


def _cpu(pressed: Sequence[Pressed]) -> float:
    return typical([one.cpu for one in pressed])


def _wall(pressed: Sequence[Pressed]) -> float:
    return typical([one.wall for one in pressed if one.wall is not None] or [0.0])


def _written(pressed: Sequence[Pressed]) -> float:
    return typical([one.written for one in pressed])
