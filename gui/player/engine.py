"""Plays a film with QtMultimedia and hands out its pictures; says plainly what this computer lacks for it."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from PySide6.QtCore import QLoggingCategory, QObject, QUrl, Signal
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame

_log = structlog.get_logger(__name__)


class Lack(Enum):
    """What keeps a film from being played here, or from being heard."""

    PLAYER = "player"  # the parts of Qt that play films are not on this computer
    FILM = "film"  # it is not there, or it can't be read
    SOUND = "sound"  # there is nothing to hear it with: it plays silently


class PlayerEngine(QObject):
    """QtMultimedia is loaded with the first film: it takes a while, and lacks libraries on some computers."""

    pictured = Signal(QImage)
    moved = Signal(float)  # seconds from the beginning
    lasts = Signal(float)  # seconds
    playing_changed = Signal(bool)
    ended = Signal()
    lacking = Signal(object)  # Lack

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player: QMediaPlayer | None = None
        self._volume = 0.8
        self._has_sound = True
        self._playing = False

    @property
    def playing(self) -> bool:
        return self._playing

    @property
    def volume(self) -> float:
        return self._volume

    def load(self, film: Path) -> None:
        """Shows the film's first picture and waits."""
        if self._player is None:
            self._player = self._make()
        if self._player is None:
            self.lacking.emit(Lack.PLAYER)
            return
        self._player.setSource(QUrl.fromLocalFile(str(film)))
        self._player.pause()
        if not self._has_sound:
            self.lacking.emit(Lack.SOUND)

    def release(self) -> None:
        """Lets go of the film's file, so that it can be moved."""
        if self._player is not None:
            self._player.stop()
            self._player.setSource(QUrl())

    def play_or_pause(self) -> None:
        if self._player is None:
            return
        if self.playing:
            self._player.pause()
        else:
            self._player.play()

    def pause(self) -> None:
        if self.playing and self._player is not None:
            self._player.pause()

    def seek(self, seconds: float) -> None:
        if self._player is not None and self._player.isSeekable():
            self._player.setPosition(max(0, min(round(seconds * 1000), self._player.duration())))

    def step(self, seconds: float) -> None:
        if self._player is not None:
            self.seek(self._player.position() / 1000 + seconds)

    def set_volume(self, volume: float) -> None:
        """0 to 1, as loud as it seems."""
        self._volume = max(0.0, min(1.0, volume))
        if self._player is not None and (output := self._player.audioOutput()) is not None:
            output.setVolume(self._volume**2)

    def _make(self) -> QMediaPlayer | None:
        QLoggingCategory.setFilterRules("qt.multimedia.*=false")  # each library that is not here would be told of
        try:
            from PySide6.QtMultimedia import (  # noqa: PLC0415 - see the class
                QAudioOutput,
                QMediaDevices,
                QMediaPlayer,
                QVideoSink,
            )
        except ImportError as error:
            _log.warning("films can't be played here", reason=str(error))
            return None
        player = QMediaPlayer(self)
        if not player.isAvailable():
            _log.warning("films can't be played here", reason="Qt has no media backend")
            return None
        sink = QVideoSink(self)
        sink.videoFrameChanged.connect(self._picture)
        player.setVideoSink(sink)
        self._has_sound = not QMediaDevices.defaultAudioOutput().isNull()
        if self._has_sound:
            player.setAudioOutput(QAudioOutput(self))
        player.positionChanged.connect(lambda ms: self.moved.emit(ms / 1000))
        player.durationChanged.connect(lambda ms: self.lasts.emit(ms / 1000))
        player.playbackStateChanged.connect(self._state)
        player.mediaStatusChanged.connect(self._status)
        player.errorOccurred.connect(self._trouble)
        self._player = player
        self.set_volume(self._volume)
        return player

    def _picture(self, frame: QVideoFrame) -> None:
        if frame.isValid() and not (image := frame.toImage()).isNull():
            self.pictured.emit(image)

    def _state(self, state: QMediaPlayer.PlaybackState) -> None:
        from PySide6.QtMultimedia import QMediaPlayer  # noqa: PLC0415 - see the class

        self._playing = state is QMediaPlayer.PlaybackState.PlayingState
        self.playing_changed.emit(self._playing)

    def _status(self, status: QMediaPlayer.MediaStatus) -> None:
        from PySide6.QtMultimedia import QMediaPlayer  # noqa: PLC0415 - see the class

        if status is QMediaPlayer.MediaStatus.EndOfMedia:
            self.ended.emit()
        elif status is QMediaPlayer.MediaStatus.InvalidMedia:
            self.lacking.emit(Lack.FILM)

    def _trouble(self, error: QMediaPlayer.Error, reason: str) -> None:
        _log.warning("a film can't be played", kind=error.name)  # not the reason: it may hold a child's name
        self.lacking.emit(Lack.FILM)
