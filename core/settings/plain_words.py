"""What is wrong with a value, in words for people: pydantic finds it out, here it is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.settings.declaration import Declared
from core.text import Text

_WHOLE = Text("It must be a whole number, without a point.")
_NUMBER = Text("It must be a number.")
_BY_TYPE = {
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "bool_parsing": Text("It must be true or false."),
    "bool_type": Text("It must be true or false."),
    "string_too_short": Text("It can't be empty."),
    "string_type": Text("It must be a text in quotation marks."),
    "path_type": Text("It must be the name of a folder or a file."),
    "address": Text("It must start with https:// (http:// only for an address on this computer)."),
    "plain_address": Text("It must be a plain address, without a login or a question mark."),
}

_LIMITS = {
    "greater_than_equal": (Text("It must be {limit} or more."), "ge"),
    "greater_than": (Text("It must be more than {limit}."), "gt"),
    "less_than_equal": (Text("It must be {limit} or less."), "le"),
    "string_too_long": (Text("It may have {limit} letters at most."), "max_length"),
}


def complaint(setting: Declared, error: Mapping[str, Any]) -> Text:
    """`error` is one of those of `ValidationError.errors`; nothing of the value itself is told."""
    kind, limits = error["type"], error.get("ctx", {})
    if kind in _LIMITS:
        template, limit = _LIMITS[kind]
        return Text(template.template, {"limit": f"{limits[limit]:.10g}"})
    if kind == "literal_error":
        return Text("It must be one of {choices}.", {"choices": ", ".join(setting.choices)})
    if kind not in _BY_TYPE and setting.about.example:
        return Text("It must look like this: {example}", {"example": setting.about.example})
    return _BY_TYPE.get(kind, Text("It can't be used."))
