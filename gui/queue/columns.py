"""The columns of the queue's table, and how its cells are asked for a job."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt


class Column(IntEnum):
    FILM = 0
    STATE = 1
    PROGRESS = 2
    WORKER = 3
    TIME = 4
    ACTIONS = 5


class Role(IntEnum):
    RECORD = Qt.ItemDataRole.UserRole + 1  # the JobRecord, in every column of its row
