"""How a cache did: how often it had what it was asked for, and what making the rest took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Looked:
    """How often something was there, and how often it had to be made, since the program started; what making it took.

    `spared`: what a service would have counted for those that were there, by its name.
    """

    there: int = 0
    made: int = 0
    making_s: float = 0.0
    spared: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Looked) -> Looked:
        spared = Counter(self.spared) + Counter(other.spared)
        return Looked(self.there + other.there, self.made + other.made, self.making_s + other.making_s, spared)
