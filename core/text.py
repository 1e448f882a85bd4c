"""A sentence for the user that can still be translated when it is shown.

`core` knows no Qt, and a failure may be written to the job store on one machine and read in another
language on the next. So a sentence travels as its English template and its values, apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Text:
    """An English sentence with `{named}` places, and the values for them.

    A template is always a literal in the code, so that `resources/i18n` can hold its translation; what
    comes from a user's file only ever arrives as a value, which is never read as a template again.
    """

    template: str
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return self.fill(self.template)

    def fill(self, template: str) -> str:
        """The values put into a `template`, this one's or its translation."""
        return template.format_map(self.values) if self.values else template

    def as_dict(self) -> dict[str, Any]:
        return {"template": self.template, "values": dict(self.values)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Text:
        return cls(str(data["template"]), dict(data.get("values", {})))
