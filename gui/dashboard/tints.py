"""The charts' colours, by night and by day. Each stands out from a panel by 3 : 1 at least."""

from __future__ import annotations

from gui.dashboard.plot import Tint
from gui.look.palette import Palette

_NIGHT = {
    Tint.FIRST: "#E4572E",
    Tint.SECOND: "#F2A65A",
    Tint.THIRD: "#7C9BD6",
    Tint.WRONG: "#F07886",
    Tint.QUEUE: "#5E93E0",
    Tint.MONEY: "#E9B44C",
}
_DAY = {
    Tint.FIRST: "#DC4A20",
    Tint.SECOND: "#CB7F1C",
    Tint.THIRD: "#5578B8",
    Tint.WRONG: "#B32B40",
    Tint.QUEUE: "#3E7BD6",
    Tint.MONEY: "#B0851C",
}


def tint(palette: Palette, which: Tint) -> str:
    return (_NIGHT if palette.dark else _DAY)[which]
