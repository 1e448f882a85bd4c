"""Films' posters as small pictures: read outside the window's thread, the last few hundred kept."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

_KEPT = 400
_THREADS = 2

Key = tuple[str, int]  # the file, the height in real pixels


class _Reading(QObject):
    """Brings a picture from the reading thread into the window's."""

    read = Signal(object, QImage)  # Key; a null image where there is none to read


class _Read(QRunnable):
    def __init__(self, key: Key, reading: _Reading) -> None:
        super().__init__()
        self._key = key
        self._reading = reading

    def run(self) -> None:
        file, height = self._key
        reader = QImageReader(file)
        size = reader.size()
        if size.isValid():
            reader.setScaledSize(size.scaled(QSize(height * 4, height), Qt.AspectRatioMode.KeepAspectRatio))
        self._reading.read.emit(self._key, reader.read())


class Posters(QObject):
    """`poster` answers at once: the picture, or None while it is being read or where there is none.

    `changed` tells that some have come: whoever asked repaints, and asks again.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, kept: int = _KEPT) -> None:
        super().__init__(parent)
        self._kept = kept
        self._pictures: OrderedDict[Key, QPixmap | None] = OrderedDict()  # None: asked for, or not there
        self._reading = _Reading()
        self._reading.read.connect(self._take)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)

    def poster(self, file: str, height: int, scale: float = 1.0) -> QPixmap | None:
        """`height` in logical pixels, for a screen of `scale`."""
        if not file:
            return None
        key = (file, round(height * scale))
        if key in self._pictures:
            self._pictures.move_to_end(key)
        else:
            self._keep(key, None)
            self._pool.start(_Read(key, self._reading))
        found = self._pictures[key]
        if found is not None:
            found.setDevicePixelRatio(scale)
        return found

    def __len__(self) -> int:
        return len(self._pictures)

    def _take(self, key: Key, image: QImage) -> None:
        if not image.isNull():
            self._keep(key, QPixmap.fromImage(image))
            self.changed.emit()

    def _keep(self, key: Key, picture: QPixmap | None) -> None:
        self._pictures[key] = picture
        self._pictures.move_to_end(key)
        while len(self._pictures) > self._kept:
            self._pictures.popitem(last=False)
