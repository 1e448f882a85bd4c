"""What the tiles and the lists say of an overview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from core.jobs.model import Strategy
from core.metrics.figures import Histogram
from core.metrics.history import History
from core.metrics.meter import EDGES_S
from core.metrics.overview import Overview
from gui.dashboard import words
from gui.dashboard.bar_list import Bar
from gui.dashboard.plot import Tint
from gui.language import wording

_translate = QCoreApplication.translate

_STAGES = ("speech", "face", "picture", "sound", "assemble", "verify", "publish")
_CACHES = ("speech", "faces", "segments")
_OF_STRATEGY = {Strategy.AVATAR: Tint.FIRST, Strategy.LIPSYNC: Tint.SECOND, Strategy.VOICEOVER: Tint.THIRD}

Said = tuple[str, str, str]
"""A tile's word, its number, and what that means."""


def pace_tile(seen: Overview) -> Said:
    forecast = seen.forecast
    if forecast.done_s is not None:
        meaning = _translate("Dashboard", "the queue is done {when}").format(when=_moment(forecast.done_s, seen.now_s))
    elif forecast.films and not forecast.per_hour:
        meaning = _translate("Dashboard", "none made in the last hour")
    else:
        meaning = _translate("Dashboard", "nothing is left to make")
    return _translate("Dashboard", "Films an hour"), words.rate(forecast.per_hour), meaning


def made_tile(seen: Overview) -> Said:
    history = seen.history
    return _translate("Dashboard", "Films made"), wording.number(history.films), words.span_words(history.span)


def success_tile(seen: Overview) -> Said:
    history, word = seen.history, _translate("Dashboard", "Success")
    if history.success_rate is None:
        return word, "–", _translate("Dashboard", "nothing ended yet")
    if not history.failed:
        return word, words.percent(1.0), _translate("Dashboard", "none failed")
    ended = history.films + history.failed
    meaning = _translate("Dashboard", "{failed} of {all} failed")
    meaning = meaning.format(failed=wording.number(history.failed), all=wording.number(ended))
    return word, words.percent(history.success_rate), meaning


def waiting_tile(seen: Overview) -> Said:
    word, count = _translate("Dashboard", "Waiting"), seen.waiting
    if not count:
        return word, "0", _translate("Dashboard", "nothing waits")
    if not seen.oldest_s:
        return word, wording.number(count), _translate("Dashboard", "they go on by themselves")
    waited = _translate("Dashboard", "the first for {time}").format(time=wording.span(seen.oldest_s))
    return word, wording.number(count), waited


def money_tile(seen: Overview) -> Said:
    word, usd = _translate("Dashboard", "Spent"), seen.history.usd
    if seen.purse.budget is not None:
        meaning = _translate("Dashboard", "today {spent} of {budget}")
        meaning = meaning.format(spent=words.dollars(seen.purse.spent), budget=words.dollars(seen.purse.budget))
    elif seen.purse.spent:
        meaning = _translate("Dashboard", "today {spent}").format(spent=words.dollars(seen.purse.spent))
    else:
        meaning = _translate("Dashboard", "nothing today")
    return word, words.dollars(usd), meaning


def money_sentence(seen: Overview) -> str:
    """What is to come, as far as it can be known."""
    said = []
    forecast = seen.forecast
    if forecast.usd is not None and forecast.film_usd:
        if forecast.films:
            to_come = _translate("Dashboard", "What is left to make will cost about {usd}, at {film} a film.")
            said.append(to_come.format(usd=words.dollars(forecast.usd), film=words.dollars(forecast.film_usd)))
        else:
            said.append(_translate("Dashboard", "A film cost {film}.").format(film=words.dollars(forecast.film_usd)))
    elif not seen.history.usd:
        said.append(_translate("Dashboard", "Nothing was paid."))
    if forecast.budget_gone_s is not None:
        gone = _translate("Dashboard", "At this pace today's budget lasts until {time}.")
        later = forecast.films - (forecast.films_in_budget or 0)
        left = _translate("Dashboard", "%Ln film(s) will wait until tomorrow.", "", later)
        said += [gone.format(time=words.time_of_day(forecast.budget_gone_s)), left]
    return " ".join(said)


def stage_bars(history: History) -> list[Bar]:
    """Each stage's mean, as a share of the longest one's."""
    found = [(name, history.stages[name]) for name in _STAGES if name in history.stages and history.stages[name].count]
    longest = max((one.mean_s for _, one in found), default=0.0)
    return [
        Bar(wording.stage_word(name), one.mean_s / longest if longest else 0.0, wording.brief(one.mean_s), _mostly(one))
        for name, one in found
    ]


def stage_sentence(history: History) -> str:
    whole = history.stages.get("all")
    if whole is None or not whole.count:
        return _translate("Dashboard", "No film was made in this time.")
    return _translate("Dashboard", "A film took {time} on average.").format(time=wording.brief(whole.mean_s))


def way_sentence(history: History) -> str:
    """Nothing where the bars say it all."""
    return "" if history.films else _translate("Dashboard", "No film was made in this time.")


def way_bars(history: History) -> list[Bar]:
    films = max(1, history.films)
    return [
        Bar(wording.strategy_word(one), count / films, wording.number(count), words.percent(count / films), tint)
        for one, tint in _OF_STRATEGY.items()
        if (count := history.strategies.get(str(one), 0))
    ]


def face_bars(history: History) -> list[Bar]:
    """Who made Santa's mouth move, the most frequent first."""
    films = max(1, history.films)
    return [
        Bar(words.service(name), count / films, wording.number(count), words.percent(count / films), Tint.QUEUE)
        for name, count in _most_first(history.providers)
    ]


def cache_bars(history: History) -> list[Bar]:
    bars = []
    for name in sorted(history.lookups, key=lambda name: (*_CACHES, name).index(name)):
        found = history.lookups[name]
        if found.hits + found.misses:
            note = _translate("Dashboard", "{there} there, {made} made")
            note = note.format(there=wording.number(found.hits), made=wording.number(found.misses))
            bars.append(Bar(words.cache(name), found.share, words.percent(found.share), note, Tint.THIRD))
    return bars


def saved_sentence(seen: Overview) -> str:
    saved = seen.saved
    if not saved.seconds and not saved.characters:
        return _translate("Dashboard", "What was made once is used again; nothing was yet.")
    told = [words.long_time(saved.seconds)]
    if saved.characters:
        told.append(_translate("Dashboard", "%Ln character(s) of speech", "", saved.characters))
    if saved.usd:
        told.append(words.dollars(saved.usd))
    return _translate("Dashboard", "Saved, about: {what}.").format(what=", ".join(told))


def spent_bars(history: History) -> list[Bar]:
    whole = sum(one.usd for one in history.spent.values()) or 1.0
    bars = []
    for name, one in sorted(history.spent.items(), key=lambda pair: -pair[1].usd):
        amount = (
            _translate("Dashboard", "%Ln character(s)", "", one.characters)
            if one.characters
            else _translate("Dashboard", "%Ln second(s) of clips", "", round(one.seconds))
        )
        bars.append(Bar(words.service(name), one.usd / whole, words.dollars(one.usd), amount, Tint.MONEY))
    return bars


def _mostly(one: Histogram) -> str:
    if sum(one.buckets[:-1]) < 0.95 * one.count:
        return _translate("Dashboard", "some over {time}").format(time=wording.brief(EDGES_S[-1]))
    return _translate("Dashboard", "95 of 100 within {time}").format(time=wording.brief(one.quantile(0.95)))


def _most_first(counted: Mapping[str, int]) -> Sequence[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def _moment(then_s: float, now_s: float) -> str:
    """`at 21:40`; of another day `on Sat 13 Dec`."""
    if words.day(then_s) == words.day(now_s):
        return _translate("Dashboard", "at {time}").format(time=words.time_of_day(then_s))
    return _translate("Dashboard", "on {day} at {time}").format(day=words.day(then_s), time=words.time_of_day(then_s))
