"""A film with what one needs to look at it: play, pause, seek, loudness; and the ways out to other programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from core.jobs.model import JobRecord
from gui.language import wording
from gui.look.theme import Theme
from gui.player.engine import Lack, PlayerEngine
from gui.player.film_files import copy_paths
from gui.player.posters import Posters
from gui.player.video_surface import VideoSurface
from gui.widgets.seek_bar import SeekBar

_STEP_S = 5.0
_ROOMY_PX = 380


class Player(QWidget):
    """Shows one film at a time; the first picture stands until somebody plays it."""

    open_wanted = Signal(object)  # JobRecord, for the system's own player
    folder_wanted = Signal(object)  # JobRecord

    def __init__(self, theme: Theme, posters: Posters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.posters = posters
        self._record: JobRecord | None = None
        self._length_s = 0.0
        self._lack: Lack | None = None
        self._loud = 0.8
        self._copied = False
        self.engine = PlayerEngine(self)
        self.surface = VideoSurface(theme, posters)
        self._play = self._tool()
        self._mute = self._tool()
        self.seek_bar = SeekBar(theme)
        self.volume_bar = SeekBar(theme, step=0.1)
        self.volume_bar.setFixedWidth(84)
        self.volume_bar.show_fraction(self._loud)
        self._time = QLabel()
        self._time.setObjectName("small")
        self._note = QLabel()
        self._note.setObjectName("small")
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.folder_button, self.copy_button, self.system_button = (self._quiet() for _ in range(3))
        self._lay_out()
        self._connect()
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()
        self._show_lack(None)
        self._enable()

    @property
    def play_button(self) -> QToolButton:
        return self._play

    @property
    def lack(self) -> Lack | None:
        """What keeps the film from being played or heard here."""
        return self._lack

    def show_film(self, record: JobRecord | None) -> None:
        self.engine.release()
        self._record = record
        self._length_s = 0.0
        self._show_lack(None)
        self._moved(0.0)
        film = Path(record.result.output) if record is not None and record.result is not None else None
        self.surface.show_film(film, record.result.poster if record is not None and record.result else "")
        if record is not None and record.result is not None and film is not None:
            self._lasts(record.result.duration_s)
            self.engine.load(film)
        self._playing_changed(False)
        self._enable()

    def release(self) -> None:
        """Lets go of the film's file, so that it can be moved; its picture stays."""
        self.engine.release()

    def play_or_pause(self) -> None:
        self.engine.play_or_pause()

    def step(self, forward: bool) -> None:
        self.engine.step(_STEP_S if forward else -_STEP_S)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_ways_out()

    def _tool(self) -> QToolButton:
        made = QToolButton()
        made.setObjectName("bare")
        made.setIconSize(QSize(20, 20))
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        return made

    def _quiet(self) -> QPushButton:
        made = QPushButton()
        made.setObjectName("quiet")
        made.setIconSize(QSize(16, 16))
        made.setAutoDefault(True)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        return made

    def _lay_out(self) -> None:
        controls = QHBoxLayout()
        controls.setSpacing(8)
        for widget in (self._play, self.seek_bar, self._time, self._mute, self.volume_bar):
            controls.addWidget(widget, 1 if widget is self.seek_bar else 0)
        ways_out = QHBoxLayout()
        ways_out.setSpacing(4)
        ways_out.addStretch(1)
        for button in (self.folder_button, self.copy_button, self.system_button):
            ways_out.addWidget(button)
        ways_out.addStretch(1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self.surface, 1)
        lay.addLayout(controls)
        lay.addWidget(self._note)
        lay.addLayout(ways_out)

    def _connect(self) -> None:
        self.engine.pictured.connect(self.surface.show_picture)
        self.engine.moved.connect(self._moved)
        self.engine.lasts.connect(self._lasts)
        self.engine.playing_changed.connect(self._playing_changed)
        self.engine.lacking.connect(self._show_lack)
        self.surface.pressed.connect(self.play_or_pause)
        self._play.clicked.connect(self.play_or_pause)
        self._mute.clicked.connect(self._mute_or_not)
        self.seek_bar.chosen.connect(lambda fraction: self.engine.seek(fraction * self._length_s))
        self.volume_bar.chosen.connect(self._set_volume)
        self.folder_button.clicked.connect(lambda: self.folder_wanted.emit(self._record))
        self.system_button.clicked.connect(lambda: self.open_wanted.emit(self._record))
        self.copy_button.clicked.connect(self._copy)

    def _moved(self, at_s: float) -> None:
        self.seek_bar.show_fraction(at_s / self._length_s if self._length_s else 0.0)
        self._time.setText(f"{wording.clock(at_s)} / {wording.clock(self._length_s)}")

    def _lasts(self, seconds: float) -> None:
        if seconds > 0:
            self._length_s = seconds
            self._moved(0.0)

    def _playing_changed(self, playing: bool) -> None:
        self.surface.invite(not playing and self._lack in (None, Lack.SOUND))
        self._play.setIcon(self._theme.icon("pause" if playing else "play"))
        self._name_play()

    def _show_lack(self, lack: Lack | None) -> None:
        if lack is not Lack.SOUND or self._lack is None:
            self._lack = lack
        lack = self._lack
        message = {
            Lack.PLAYER: self.tr(
                "Films can't be played in this window on this computer: parts of the system are missing."
            ),
            Lack.FILM: self.tr(
                "This film can't be played here. It may have been moved, or its drive is not connected."
            ),
        }
        self.surface.say(message.get(lack, "") if lack else "")
        self._note.setText(self.tr("No sound: this computer has nothing to play it on.") if lack is Lack.SOUND else "")
        self._note.setVisible(lack is Lack.SOUND)
        self.system_button.setObjectName("primary" if lack in message else "quiet")
        self.system_button.style().polish(self.system_button)
        self._tint()
        self._enable()

    def _mute_or_not(self) -> None:
        loud = 0.0 if self.engine.volume else self._loud
        self.volume_bar.show_fraction(loud)
        self._set_volume(loud)

    def _set_volume(self, volume: float) -> None:
        self._loud = volume or self._loud
        self.engine.set_volume(volume)
        self._tint()

    def _copy(self) -> None:
        if self._record is not None and self._record.result is not None:
            copy_paths([Path(self._record.result.output)])
            self._copied = True
            self._name_ways_out()

    def _enable(self) -> None:
        there = self._record is not None and self._record.result is not None
        plays = there and self._lack in (None, Lack.SOUND)
        for widget in (self._play, self.seek_bar):
            widget.setEnabled(plays)
        for widget in (self._mute, self.volume_bar):
            widget.setEnabled(plays and self._lack is None)
        for button in (self.folder_button, self.copy_button, self.system_button):
            button.setEnabled(there)
        self._copied = False
        self._name_ways_out()

    def _name_ways_out(self) -> None:
        """In words where there is room for them, else by their signs alone."""
        copy = self.tr("Path copied") if self._copied else self.tr("Copy path")
        words = (self.tr("Open folder"), copy, self.tr("Other player"))
        roomy = self.width() >= _ROOMY_PX
        for button, word in zip((self.folder_button, self.copy_button, self.system_button), words, strict=True):
            button.setText(f" {word}" if roomy else "")
            button.setAccessibleName(word)

    def _tint(self) -> None:
        theme = self._theme
        self._play.setIcon(theme.icon("pause" if self.engine.playing else "play"))
        self._mute.setIcon(theme.icon("volume" if self.engine.volume else "muted"))
        primary = self.system_button.objectName() == "primary"
        self.system_button.setIcon(theme.icon("external", theme.palette.on_accent if primary else ""))
        self.folder_button.setIcon(theme.icon("folder"))
        self.copy_button.setIcon(theme.icon("copy"))

    def _name_play(self) -> None:
        word = self.tr("Pause") if self.engine.playing else self.tr("Play")
        self._play.setAccessibleName(word)
        self._play.setToolTip(self.tr("{action} (space)").format(action=word))

    def _retranslate(self) -> None:
        self.surface.setAccessibleName(self.tr("The film"))
        self.surface.setToolTip(self.tr("Click to play; drag the film out of here into another program"))
        self.seek_bar.setAccessibleName(self.tr("Place in the film"))
        self.volume_bar.setAccessibleName(self.tr("Volume"))
        self._mute.setAccessibleName(self.tr("Sound on or off"))
        self._mute.setToolTip(self.tr("Sound on or off"))
        self.folder_button.setToolTip(self.tr("Show the film in its folder"))
        self.copy_button.setToolTip(self.tr("Copy where the film is, to paste it elsewhere"))
        self.system_button.setToolTip(self.tr("Open the film with the system’s player"))
        self._name_play()
        self._show_lack(self._lack)
