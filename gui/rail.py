"""The rail on the left: the pages, each with icon and word, and what the workshop is doing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.language import wording
from gui.look.drawing import LEFT, draw_line
from gui.look.icons import draw_icon, pixmap
from gui.look.theme import SMALL_PX, Theme, font
from gui.pages import Page

_WIDTH = 184


class RailButton(QAbstractButton):
    """A page's button. A count that isn't 0 stands at its right: of failures in their colour, else quietly."""

    def __init__(self, page: Page, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._theme = theme
        self._count = 0
        self.setCheckable(True)
        self.setFixedHeight(40)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def show_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{self.text()} ({wording.number(count)})" if count else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH - 24, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.chosen if self.isChecked() else colours.raised))
            painter.drawRoundedRect(whole, 6, 6)
        if self.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        colour = colours.text if self.isChecked() else colours.second
        tint = colours.accent_text if self.isChecked() else colours.second
        draw_icon(painter, self._page.value, QRectF(12, whole.center().y() - 10, 20, 20), tint)
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium
        draw_line(painter, whole.adjusted(42, 0, -40, 0), self.text(), font(weight=weight), colour, LEFT)
        if self._count:
            self._draw_count(painter, whole)

    def _draw_count(self, painter: QPainter, whole: QRectF) -> None:
        typeface = font(SMALL_PX, QFont.Weight.DemiBold)
        painter.setFont(typeface)
        text = wording.number(self._count)
        width = max(22.0, painter.fontMetrics().horizontalAdvance(text) + 12.0)
        badge = QRectF(whole.right() - width - 8, whole.center().y() - 10, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        alarming = self._page is Page.FAILED
        colours = self._theme.palette
        painter.setBrush(QColor(colours.badge if alarming else colours.line))
        painter.drawRoundedRect(badge, 10, 10)
        painter.setPen(QColor(colours.on_badge if alarming else colours.text))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    went_to = Signal(object)  # Page

    def __init__(self, theme: Theme, pages: Iterable[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("rail")
        self.setFixedWidth(_WIDTH)
        self._mark = QLabel()
        brand = QLabel("Trineo")
        brand.setObjectName("brand")
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 0, 0)
        top.setSpacing(10)
        top.addWidget(self._mark)
        top.addWidget(brand, 1)
        self._work = QLabel()
        self._work.setObjectName("small")
        self._work.setWordWrap(True)
        self._work.setContentsMargins(8, 0, 8, 0)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(12, 20, 12, 20)
        lay.setSpacing(4)
        lay.addLayout(top)
        lay.addSpacing(20)
        self._buttons = {page: RailButton(page, theme) for page in pages}
        group = QButtonGroup(self)
        for page, button in self._buttons.items():
            group.addButton(button)
            button.clicked.connect(lambda _=False, page=page: self.went_to.emit(page))
            lay.addWidget(button)
        lay.addStretch(1)
        lay.addWidget(self._work)
        self._counts = (0, 0, 0, 0)
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()
        self.show_page(Page.QUEUE)

    def button(self, page: Page) -> RailButton:
        return self._buttons[page]

    def show_page(self, page: Page) -> None:
        self._buttons[page].setChecked(True)

    def show_counts(self, *, running: int, waiting: int, failed: int, review: int) -> None:
        self._counts = (running, waiting, failed, review)
        self._buttons[Page.FAILED].show_count(failed)
        self._buttons[Page.REVIEW].show_count(review)
        said = [self.tr("%Ln film(s) being made", "", running)] if running else []
        if waiting:
            said.append(self.tr("%Ln waiting", "", waiting))
        self._work.setText("\n".join(said) or self.tr("Nothing to do"))

    def words(self) -> str:
        """What the workshop is doing, on one line."""
        return self._work.text().replace("\n", " · ")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _tint(self) -> None:
        self._mark.setPixmap(pixmap("sleigh", self._theme.palette.accent, 26, self.devicePixelRatioF()))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Pages"))
        for page, button in self._buttons.items():
            button.setText(page.word)
            button.setToolTip(f"{page.tip} ({page.key})")
        running, waiting, failed, review = self._counts
        self.show_counts(running=running, waiting=waiting, failed=failed, review=review)
