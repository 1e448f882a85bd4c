"""Memory that was needed once, given back to the system."""

from __future__ import annotations

import ctypes
import sys


def hand_back_memory() -> bool:
    """After something large was read. Only glibc has to be told, of which each thread keeps what it once needed;
    elsewhere nothing is done and the answer is False.
    """
    if not sys.platform.startswith("linux"):
        return False
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # there are Linux systems without glibc
    return trim is not None and bool(trim(0))
