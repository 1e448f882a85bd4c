"""The few colours of the book: night blues, ember, snow, pine and one gold.

A ramp runs from the shadow to the light; shadows lean to the night, lights to the fire.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

Ramp = tuple[str, ...]

NIGHT: Ramp = ("#070C1A", "#0E1830", "#182848", "#274069")
SKY: Ramp = ("#0A1024", "#111C3A", "#1D2F58", "#31507F", "#5E80A8")
WALL: Ramp = ("#0A1020", "#121B34", "#20294A", "#3D3450", "#6B4547")
WOOD: Ramp = ("#150F18", "#2A1A1F", "#4C2C25", "#7C4A30", "#B9793F")
STONE: Ramp = ("#11131F", "#22243A", "#3B3748", "#6A5050", "#A87A5A")
EMBER: Ramp = ("#2A0E1E", "#5E1722", "#9C2A22", "#CC4528", "#EC7440")
PINE: Ramp = ("#060F18", "#0C1E24", "#16382F", "#28563F", "#5C8450")
CHAIR: Ramp = ("#07131A", "#0D2226", "#173B33", "#2B5B45", "#6B8A57")
GOLD: Ramp = ("#5A3418", "#9A6222", "#D99A2F", "#F3C662", "#FFEBB4")
SNOW: Ramp = ("#1B2748", "#34486F", "#6C86AC", "#AFC3DA", "#EEF3F8")
FUR: Ramp = ("#4A4A6C", "#8D88A2", "#CFC3C6", "#F3E6DA", "#FFF8EA")
BEARD: Ramp = ("#56567A", "#918DA8", "#CDC4CA", "#F2E7DC", "#FFFAEE")
SKIN: Ramp = ("#6B2F3B", "#B4624E", "#E39C74", "#F7C59C", "#FFE4C2")
NOSE: Ramp = ("#823641", "#C4614C", "#EA8E69", "#F9B890", "#FFE0C2")
GLOVE: Ramp = ("#0A0D1C", "#141B34", "#222C50", "#3D4468", "#77686F")
PAPER: Ramp = ("#6A5A62", "#A99389", "#DCC8AE", "#F4E6CC", "#FFF6E2")
GLASS: Ramp = ("#0C1430", "#16244A", "#223A6A", "#365C93", "#5F8ABA")

EMBER_FLAT = "#E4572E"
GOLD_FLAT = "#F3C662"
WARM = "#FF9A4A"


def colour(value: str, alpha: float = 1.0) -> QColor:
    tone = QColor(value)
    tone.setAlphaF(min(1.0, max(0.0, alpha)))
    return tone


def rgb(value: str) -> NDArray[np.float32]:
    return np.array([int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)], np.float32)


def mix(one: str, other: str, amount: float) -> str:
    blend = np.rint((rgb(one) * (1 - amount) + rgb(other) * amount) * 255).astype(int)
    return "#" + "".join(f"{channel:02X}" for channel in blend)


def tinted(ramp: Ramp, towards: str, amount: float) -> Ramp:
    return tuple(mix(tone, towards, amount) for tone in ramp)


def table(ramp: Ramp, softness: float, size: int = 1024) -> NDArray[np.float32]:
    """The ramp as a look-up table whose tones are plateaus with soft steps between, as paint lies."""
    stops = np.stack([rgb(tone) for tone in ramp])
    place = np.linspace(0, len(ramp) - 1, size, dtype=np.float32)
    low = np.minimum(place.astype(int), len(ramp) - 2)
    step = np.clip((place - low - 0.5) / max(softness, 1e-3) + 0.5, 0, 1)
    step = (step * step * (3 - 2 * step))[:, None]
    return (stops[low] * (1 - step) + stops[low + 1] * step).astype(np.float32)
