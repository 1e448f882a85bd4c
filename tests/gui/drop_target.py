"""Another program, at the right edge of the screen: prints the files that are dropped on it and ends."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

PLACE = QRect(1060, 300, 200, 200)


class Target(QLabel):
    def __init__(self) -> None:
        super().__init__("Mail")
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setAcceptDrops(True)
        self.setGeometry(PLACE)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        event.acceptProposedAction()
        print(event.dropAction().name, *(url.toLocalFile() for url in event.mimeData().urls()), sep="\n", flush=True)
        QApplication.exit(0)


if __name__ == "__main__":
    app = QApplication([])
    target = Target()
    target.show()
    print("ready", flush=True)
    app.exec()
