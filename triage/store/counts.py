"""How many inputs there were, by what became of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(slots=True)
class Counts:
    """
    What became of the inputs of a page or a batch; together, all of them.

    Attributes:
        gone: No inputs: what the source had told before and has no more.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    quarantined: int = 0
    gone: int = 0

    def add(self, other: Counts) -> None:
        """Count the other's inputs too."""
        self.new += other.new
        self.changed += other.changed
        self.same += other.same
        self.quarantined += other.quarantined
        self.gone += other.gone

    @property
    def total(self) -> int:
        """Inputs read."""
        return self.new + self.changed + self.same + self.quarantined

    def as_dict(self) -> dict[str, int]:
        """By name; ``gone`` only where anything is."""
        told = asdict(self)
        if not self.gone:
            del told["gone"]
        return told
