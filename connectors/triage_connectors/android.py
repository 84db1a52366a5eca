"""Which Android an API level is."""

from __future__ import annotations

from typing import Final

_VERSIONS: Final = {
    9: "2.3", 10: "2.3.3", 11: "3.0", 12: "3.1", 13: "3.2", 14: "4.0", 15: "4.0.3",
    16: "4.1", 17: "4.2", 18: "4.3", 19: "4.4", 20: "4.4W", 21: "5.0", 22: "5.1",
    23: "6", 24: "7.0", 25: "7.1", 26: "8.0", 27: "8.1", 28: "9", 29: "10", 30: "11",
    31: "12", 32: "12L", 33: "13", 34: "14", 35: "15", 36: "16", 37: "17",
}  # fmt: skip


def system(level: int) -> str:
    """What people call it, as "Android 15" for 35; newer ones by their level."""
    version = _VERSIONS.get(level)
    return f"Android {version}" if version else f"Android (API {level})"
