"""A spreadsheet's numbers and dates as text, as Excel shows them in a language.

Format codes: ECMA-376, part 1, 18.8.31. What Excel takes from the system's settings (the decimal mark, the short
date, the months' names) is taken from the language of the people who use the template, or from the code's own
`[$-40A]`. Not as in Excel: whole numbers are never shown as 5,4912E+11, and a column is never too narrow.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

Value = bool | int | float | datetime | date | time | timedelta

_MONTHS = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "en": "January February March April May June July August September October November December",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_DAYS = {
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
}
_TRUE = {"es": ("FALSO", "VERDADERO"), "en": ("FALSE", "TRUE"), "pt": ("FALSO", "VERDADEIRO")}
_SHORT_DATE = {"en": "m/d/yyyy"}  # elsewhere d/m/yyyy
_SYSTEM_DATE = "mm-dd-yy"  # format 14: as the system has it
_POINT_LANGUAGES = ("en",)
_LCID_LANGUAGES = {0x0A: "es", 0x09: "en", 0x16: "pt"}  # the lower byte of a Windows language id

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<ampm>[aA][mM]/[pP][mM]|[aA]/[pP])|(?P<general>general|estándar|geral)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?)"
    r"|(?P<exponent>[eE][+-]0+)|(?P<digits>[0#?]+)|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_LITERALS = ("quoted", "escaped", "other", "percent")


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of a code's up to four parts: positive, negative, zero, text."""

    tokens: tuple[Token, ...]
    language: str  # that the code itself names, or empty

    @property
    def is_date(self) -> bool:
        return any(token.kind in ("date", "elapsed") for token in self.tokens)


def show(value: Value, code: str | None, language: str) -> str:
    """The cell's text. A code that can't be made sense of shows the plain number."""
    if isinstance(value, bool):
        return _TRUE.get(language, _TRUE["en"])[value]
    sections = _sections(code or "General")
    if isinstance(value, datetime | date | time | timedelta):
        return _date(value, code or "", sections[0], language)
    if not math.isfinite(value):
        return ""  # no spreadsheet holds such a number: some other program's way to say that there is none
    section = _section_for(value, sections)
    language = section.language or language
    kinds = {token.kind for token in section.tokens}
    if "digits" not in kinds and not kinds & {"general", "text"} and (kinds or len(sections) > 1):
        return "".join(token.text for token in section.tokens if token.kind in _LITERALS)  # ;;; hides a number
    if "digits" not in kinds or _is_fraction(section):
        return _general(value, language)
    return _number(value, section, language, signed=len(sections) == 1 or section is sections[0])


def _is_fraction(section: Section) -> bool:
    """`# ?/?`, which is shown as a decimal: nobody says “7 1/2” as Excel writes it."""
    blanks = any(token.kind == "digits" and "?" in token.text for token in section.tokens)
    return blanks and any(token.kind == "other" and token.text == "/" for token in section.tokens)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Section, ...]:
    parts: list[list[Token]] = [[]]
    languages = [""]
    for found in _TOKEN.finditer(code[:255]):
        kind, text = found.lastgroup or "other", found[found.lastgroup or 0]
        if kind == "other" and text == ";":
            parts.append([])
            languages.append("")
        elif kind == "bracket":
            named = re.fullmatch(r"\$(.*?)(?:-([0-9a-fA-F]+))?", text)
            if named:
                parts[-1].append(Token("quoted", named[1]))
                languages[-1] = _LCID_LANGUAGES.get(int(named[2] or "0", 16) & 0xFF, languages[-1])
            elif re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE):
                parts[-1].append(Token("elapsed", text.lower()))
        elif kind == "space":
            parts[-1].append(Token("other", " "))
        elif kind == "date":
            parts[-1].append(Token(kind, text.lower()))
        elif kind != "fill":
            parts[-1].append(Token(kind, text))
    return tuple(Section(tuple(tokens), named) for tokens, named in zip(parts, languages, strict=True))


def _section_for(value: float, sections: Sequence[Section]) -> Section:
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _general(value: float, language: str) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return _marked(format(value, ".10g").replace("e", "E"), language)


def _marked(text: str, language: str) -> str:
    return text if language in _POINT_LANGUAGES else text.replace(".", ",")


def _number(value: float, section: Section, language: str, *, signed: bool) -> str:
    tokens = section.tokens
    kinds = [token.kind for token in tokens]
    if "exponent" in kinds:
        decimals = _decimals(tokens)
        return _marked(format(value, f".{decimals}E"), language)
    scale = 100.0 ** kinds.count("percent") / 1000.0 ** _trailing_commas(tokens)
    decimals = _decimals(tokens)
    amount = abs(value) if scale == 1 else abs(value) * scale
    whole, _, part = _rounded(amount, decimals).partition(".")
    part = _trimmed(part, tokens)
    shown = "".join(_placed(tokens, whole, part, language))
    return f"-{shown}" if value < 0 and signed and (set(whole) | set(part)) - {"0"} else shown


def _rounded(amount: float, decimals: int) -> str:
    """Half up, as Excel does: 2.5 is 3, and 1.005 is what was typed."""
    if isinstance(amount, int):
        return f"{amount}.{'0' * decimals}" if decimals else str(amount)
    if amount >= 1e15:
        return format(amount, f".{decimals}f")
    scaled = format(amount * 10**decimals, ".15g")
    units = int(float(scaled) + 0.5)
    text = str(units).rjust(decimals + 1, "0")
    return f"{text[: len(text) - decimals]}.{text[len(text) - decimals :]}" if decimals else text


def _decimals(tokens: Sequence[Token]) -> int:
    """How many digits stand behind the point."""
    behind = False
    count = 0
    for token in tokens:
        if token.kind == "point":
            behind = True
        elif token.kind == "exponent":
            break
        elif behind and token.kind == "digits":
            count += len(token.text)
    return min(count, 30)


def _trailing_commas(tokens: Sequence[Token]) -> int:
    """Commas behind the last digit: each divides by a thousand."""
    count = 0
    for token in reversed(tokens):
        if token.kind == "comma":
            count += 1
        elif token.kind in ("digits", "point"):
            return count
        else:
            count = 0
    return 0


def _trimmed(part: str, tokens: Sequence[Token]) -> str:
    """Without the zeros at the end that `#` doesn't ask for."""
    behind = [token for token in tokens if token.kind == "digits"]
    wanted = "".join(token.text for token in behind)[-len(part) :] if part else ""
    while part.endswith("0") and wanted[len(part) - 1 : len(part)] == "#":
        part = part[:-1]
    return part


def _placed(tokens: Sequence[Token], whole: str, part: str, language: str) -> Iterator[str]:
    """The digits in their places, with what stands between them: `00-0000-0000`, `#,##0.00`."""
    point = next((index for index, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    front = tokens[:point]
    yield from _whole_placed(front, whole, language)
    if point < len(tokens) and part:
        yield "." if language in _POINT_LANGUAGES else ","
    left = part
    for token in tokens[point:]:
        if token.kind == "digits":
            yield left[: len(token.text)]
            left = left[len(token.text) :]
        elif token.kind in _LITERALS:
            yield token.text


def _whole_placed(tokens: Sequence[Token], whole: str, language: str) -> Iterator[str]:
    places = sum(len(token.text) for token in tokens if token.kind == "digits")
    needed = sum(token.text.count("0") for token in tokens if token.kind == "digits")
    digits = ("" if whole == "0" else whole).rjust(needed, "0")
    kinds = [token.kind for token in tokens]
    first = kinds.index("digits") if "digits" in kinds else len(kinds)
    last = len(kinds) - 1 - kinds[::-1].index("digits") if "digits" in kinds else -1
    if "comma" in kinds[first : last + 1]:
        digits = _grouped(digits, "," if language in _POINT_LANGUAGES else ".")
        left, places = [digits], 0
    else:
        left = [digits[: max(0, len(digits) - places)]]
        digits = digits[len(left[0]) :].rjust(places)
    for index, token in enumerate(tokens):
        if token.kind == "digits":
            if index == first:
                yield left[0]
            if places:
                yield digits[: len(token.text)].lstrip()
                digits = digits[len(token.text) :]
        elif token.kind in _LITERALS:
            yield token.text


def _grouped(digits: str, mark: str) -> str:
    return f"{int(digits):,}".replace(",", mark).rjust(len(digits), "0") if digits else ""


def _date(value: datetime | date | time | timedelta, code: str, section: Section, language: str) -> str:
    language = section.language or language
    if code.lower() == _SYSTEM_DATE and not isinstance(value, time | timedelta):
        section = _sections(_SHORT_DATE.get(language, "d/m/yyyy"))[0]
    elif not section.is_date:
        section = _sections(_plain_code(value, language))[0]
    moment = _moment(value)
    return "".join(_date_parts(value, moment, section.tokens, language)).strip()


def _plain_code(value: datetime | date | time | timedelta, language: str) -> str:
    day = _SHORT_DATE.get(language, "d/m/yyyy")
    if isinstance(value, timedelta):
        return "[h]:mm:ss"
    if isinstance(value, time):
        return "h:mm"
    return f"{day} h:mm" if isinstance(value, datetime) and (value.hour or value.minute) else day


def _moment(value: datetime | date | time | timedelta) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a sheet knows no time zone
    if isinstance(value, time):
        return datetime(1900, 1, 1, value.hour, value.minute, value.second, value.microsecond)  # noqa: DTZ001
    return datetime(1900, 1, 1) + timedelta(seconds=value.total_seconds() % 86_400)  # noqa: DTZ001


def _date_parts(
    value: datetime | date | time | timedelta, moment: datetime, tokens: Sequence[Token], language: str
) -> Iterator[str]:
    half_days = any(token.kind == "ampm" for token in tokens)
    timed = [(index, token) for index, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    for index, token in enumerate(tokens):
        if token.kind == "date":
            before = next((near for at, near in reversed(timed) if at < index), None)
            after = next((near for at, near in timed if at > index), None)
            minutes = token.text[0] == "m" and (
                (before is not None and before.text[0] == "h") or (after is not None and after.text[0] == "s")
            )
            yield _date_part(moment, "n" * len(token.text) if minutes else token.text, language, half_days=half_days)
        elif token.kind == "elapsed":
            yield str(int(_elapsed(value, moment) // {"h": 3600, "m": 60, "s": 1}[token.text[0]])).rjust(
                len(token.text), "0"
            )
        elif token.kind == "ampm":
            first, _, second = token.text.partition("/")
            yield second if moment.hour >= 12 else first
        elif token.kind not in ("general", "text"):
            yield token.text


def _elapsed(value: datetime | date | time | timedelta, moment: datetime) -> float:
    return value.total_seconds() if isinstance(value, timedelta) else (moment - datetime(1899, 12, 30)).total_seconds()  # noqa: DTZ001


def _date_part(moment: datetime, asked: str, language: str, *, half_days: bool) -> str:
    """`asked` is a run of one letter; minutes are `n`."""
    unit, wide = asked[0], len(asked)
    if unit == "y":
        return f"{moment.year:04}" if wide > 2 else f"{moment.year % 100:02}"
    if unit == "m" and wide > 2:
        name = _MONTHS.get(language, _MONTHS["en"]).split()[moment.month - 1]
        return name[0] if wide == 5 else name[:3] if wide == 3 else name
    if unit == "d" and wide > 2:
        name = _DAYS.get(language, _DAYS["en"]).split()[moment.weekday()]
        return name[:3] if wide == 3 else name
    hour = (moment.hour - 1) % 12 + 1 if half_days else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[unit]
    return str(number).rjust(min(wide, 2), "0")
