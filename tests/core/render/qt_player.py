"""Plays a film in QtMultimedia without a window and prints what was seen: `python -m tests.core.render.qt_player FILM`.

A program of its own, so that a test has no Qt loop of another's around it.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink

_SEEKS = (1.42, 0.22, 3.0)


class Player:
    """Seeks while it is paused, looks at what is shown, then plays to the end."""

    def __init__(self, film: str) -> None:
        self.told: dict[str, Any] = {"seeks": [], "frames": 0, "errors": []}
        self._seeks = list(_SEEKS)
        self._wanted_ms = -1
        self._sink = QVideoSink()
        self._player = QMediaPlayer()
        self._player.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._frame)
        self._player.mediaStatusChanged.connect(self._status)
        self._player.errorOccurred.connect(lambda _, words: self._fail(words))
        self._player.setSource(QUrl.fromLocalFile(film))

    def _status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.LoadedMedia and "duration_s" not in self.told:
            self.told["duration_s"] = self._player.duration() / 1000
            self.told["tracks"] = [
                len(self._player.videoTracks()),
                len(self._player.audioTracks()),
                len(self._player.subtitleTracks()),
            ]
            self._player.pause()
            QTimer.singleShot(0, self._seek)
        elif status is QMediaPlayer.MediaStatus.EndOfMedia:
            self.told["ended_s"] = self._player.position() / 1000
            QCoreApplication.quit()

    def _seek(self) -> None:
        if self._seeks:
            self._wanted_ms = round(self._seeks.pop(0) * 1000)
            self._player.setPosition(self._wanted_ms)
        else:
            self._wanted_ms = -1
            self._player.setPosition(0)
            self._player.setPlaybackRate(2.0)
            self._player.play()

    def _frame(self, frame: QVideoFrame) -> None:
        if not frame.isValid():
            return
        if self._wanted_ms == -1:
            self.told["frames"] += 1
            return
        start_ms = frame.startTime() / 1000
        if abs(start_ms - self._wanted_ms) <= 45:
            picture = frame.toImage()
            grey = picture.pixelColor(picture.width() // 2, 8).red()
            self.told["seeks"].append([self._wanted_ms / 1000, start_ms / 1000, grey])
            self._wanted_ms = -1_000_000
            QTimer.singleShot(0, self._seek)

    def _fail(self, words: str) -> None:
        self.told["errors"].append(words)
        QCoreApplication.quit()


def main(film: str) -> None:
    application = QGuiApplication([])
    player = Player(film)
    QTimer.singleShot(60_000, application.quit)
    application.exec()
    print(json.dumps(player.told))


if __name__ == "__main__":
    main(sys.argv[1])
