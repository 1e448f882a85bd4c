"""Numbers and dates as Excel shows them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intake.readers.number_format import Value, show

CHRISTMAS = datetime(2018, 12, 24, 15, 5, 9)  # noqa: DTZ001 - a sheet knows no time zone


@pytest.mark.parametrize(
    ("value", "code", "language", "shown"),
    [
        (7, "General", "es", "7"),
        (float("nan"), "0", "es", ""),
        (float("inf"), "General", "es", ""),
        (7, None, "es", "7"),
        (7.0, "General", "es", "7"),
        (1.5, "General", "es", "1,5"),
        (1.5, "General", "en", "1.5"),
        (0.1 + 0.2, "General", "en", "0.3"),
        (549116123456, "General", "es", "549116123456"),
        (7, "00000", "es", "00007"),
        (1234567.891, "#,##0.00", "es", "1.234.567,89"),
        (1234567.891, "#,##0.00", "en", "1,234,567.89"),
        (0, "#,##0", "es", "0"),
        (0.256, "0%", "es", "26%"),
        (0.256, "0.0%", "es", "25,6%"),
        (1142345678, "00-0000-0000", "es", "11-4234-5678"),
        (5.5, '"$"#,##0.00', "es", "$5,50"),
        (5.5, "[$$-2C0A] #,##0.00", "en", "$ 5,50"),
        (-5, "0;(0)", "es", "(5)"),
        (-5.25, "0.0", "es", "-5,3"),
        (0, '0;-0;"nada"', "es", "nada"),
        (2.5, "0", "es", "3"),
        (1.005, "0.00", "en", "1.01"),
        (-0.001, "0.00", "en", "0.00"),
        (3.0, "0.##", "es", "3"),
        (0.5, "#.00", "en", ".50"),
        (1500000, '0.0,,"M"', "en", "1.5M"),
        (5, '0 "años"', "es", "5 años"),
        (5, "0\\ k", "es", "5 k"),
        (5, "[Red]0", "es", "5"),
        (1, "@", "es", "1"),
        (1, ";;;", "es", ""),
        (0.5, "# ?/?", "es", "0,5"),
        (12345678, "0.00E+00", "es", "1,23E+07"),
        (True, "General", "es", "VERDADERO"),
        (False, "General", "en", "FALSE"),
        (CHRISTMAS, "mm-dd-yy", "es", "24/12/2018"),
        (CHRISTMAS, "mm-dd-yy", "en", "12/24/2018"),
        (CHRISTMAS, 'd" de "mmmm" de "yyyy', "es", "24 de diciembre de 2018"),
        (CHRISTMAS, "d/m/yy h:mm AM/PM", "es", "24/12/18 3:05 PM"),
        (CHRISTMAS, "hh:mm:ss", "es", "15:05:09"),
        (CHRISTMAS, "dddd, d mmm", "es", "lunes, 24 dic"),
        (CHRISTMAS, "[$-416]d mmmm", "es", "24 dezembro"),
        (CHRISTMAS, "General", "es", "24/12/2018 15:05"),
        (date(2018, 12, 24), "d-mmm-yy", "en", "24-Dec-18"),
        (time(9, 5), "h:mm", "es", "9:05"),
        (timedelta(hours=26, minutes=3), "[h]:mm", "es", "26:03"),
    ],
)
def test_shown(value: Value, code: str | None, language: str, shown: str) -> None:
    assert show(value, code, language) == shown


@given(
    st.integers() | st.floats() | st.booleans() | st.datetimes() | st.dates() | st.times() | st.timedeltas(),
    st.text(alphabet='0#?.,;%/[]"\\_*@eE+-ymdhsAMP $x', max_size=20),
    st.sampled_from(["es", "en", "pt", "xx"]),
)
def test_no_format_code_is_too_odd(value: Value, code: str, language: str) -> None:
    assert isinstance(show(value, code, language), str)
