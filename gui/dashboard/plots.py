"""From figures to charts: which series, how they are told, and each chart in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from core.jobs.model import Strategy
from core.metrics.history import History, Part
from core.metrics.overview import Overview
from gui.dashboard import words
from gui.dashboard.plot import Plot, Series, Shape, Tint
from gui.language import wording

_translate = QCoreApplication.translate

_STRATEGIES = ((Strategy.AVATAR, Tint.FIRST), (Strategy.LIPSYNC, Tint.SECOND), (Strategy.VOICEOVER, Tint.THIRD))


def films_plot(history: History) -> Plot:
    """Films by how Santa speaks, and failures above them."""
    parts = history.parts
    series = [
        Series(wording.strategy_word(one), tint, tuple(float(part.strategies.get(str(one), 0)) for part in parts))
        for one, tint in _STRATEGIES
        if history.strategies.get(str(one))
    ]
    if history.failed:
        failed = _translate("Dashboard", "Failed")
        series.append(Series(failed, Tint.WRONG, tuple(float(part.failed) for part in parts)))
    none = Series(_translate("Dashboard", "Films"), Tint.FIRST, (0.0,) * len(parts))
    labels = _labels(history)
    return Plot(
        shape=Shape.BARS,
        series=tuple(series) or (none,),
        labels=labels,
        ticks=words.ticks(history.span, parts),
        tell=_count,
        scale=_count,
        words=_films_words(history, labels),
        notes=tuple(_took(part) for part in parts),
    )


def waiting_plot(seen: Overview) -> Plot:
    """How many films waited; at its end, how many do now."""
    history = seen.history
    counts: list[float | None] = [None if part.waiting is None else float(part.waiting) for part in history.parts]
    counts[-1] = float(seen.waiting)
    labels = _labels(history)
    most = max(range(len(counts)), key=lambda place: counts[place] or 0.0)
    said = _translate("Dashboard", "{now} wait now; the most were {most} ({when}).").format(
        now=_count(float(seen.waiting)), most=_count(counts[most] or 0.0), when=labels[most]
    )
    return Plot(
        shape=Shape.AREA,
        series=(Series(_translate("Dashboard", "Waiting"), Tint.QUEUE, tuple(counts)),),
        labels=labels,
        ticks=words.ticks(history.span, history.parts),
        tell=_count,
        scale=_count,
        words=f"{words.span_words(history.span)}: {said}",
        notes=tuple(_waited(part) for part in history.parts),
    )


def money_plot(history: History) -> Plot:
    labels = _labels(history)
    spent = tuple(part.usd for part in history.parts)
    most = max(range(len(spent)), key=spent.__getitem__)
    said = words.dollars(history.usd)
    if history.usd:
        said = _translate("Dashboard", "{usd} in all, the most in {when}: {most}.").format(
            usd=said, when=labels[most], most=words.dollars(spent[most])
        )
    return Plot(
        shape=Shape.BARS,
        series=(Series(_translate("Dashboard", "Spent"), Tint.MONEY, spent),),
        labels=labels,
        ticks=words.ticks(history.span, history.parts),
        tell=words.dollars,
        scale=_plain_dollars,
        words=f"{words.span_words(history.span)}: {said}",
        whole=False,
    )


def _films_words(history: History, labels: Sequence[str]) -> str:
    counts = [part.films for part in history.parts]
    most = max(range(len(counts)), key=counts.__getitem__)
    said = [
        _translate("Dashboard", "{films} made, {failed} failed.").format(
            films=wording.number(history.films), failed=wording.number(history.failed)
        )
    ]
    if history.films:
        said.append(
            _translate("Dashboard", "The most in {when}: {films}.").format(
                when=labels[most], films=wording.number(counts[most])
            )
        )
    return f"{words.span_words(history.span)}: {' '.join(said)}"


def _labels(history: History) -> tuple[str, ...]:
    return tuple(words.label(history.span, part) for part in history.parts)


def _took(part: Part) -> tuple[str, ...]:
    if part.film_s is None:
        return ()
    return (_translate("Dashboard", "A film took {time}").format(time=wording.brief(part.film_s)),)


def _waited(part: Part) -> tuple[str, ...]:
    if not part.oldest_s:
        return ()
    return (_translate("Dashboard", "The first had waited {time}").format(time=wording.span(part.oldest_s)),)


def _count(value: float) -> str:
    return wording.number(round(value))


def _plain_dollars(usd: float) -> str:
    return words.dollars(usd).removeprefix("US$ ") if usd else "0"
