"""What is wrong with a value is said in plain words, and its words are not in it."""

from __future__ import annotations

import pytest

from core.settings.declaration import declared
from core.settings.sources import faults

SAID = [
    ("workers", "many", "It must be a whole number, without a point."),
    ("workers", "2.5", "It must be a whole number, without a point."),
    ("workers", "0", "It must be 1 or more."),
    ("workers", "65", "It must be 64 or less."),
    ("films_max_age_days", "0", "It must be more than 0."),
    ("stage_stall_seconds", "soon", "It must be a number."),
    ("stage_stall_seconds", "inf", "It must be a number."),
    ("budget_per_day_usd", "nan", "It must be a number."),
    ("use_json_logging", "perhaps", "It must be true or false."),
    ("log_level", "LOUD", "It must be one of DEBUG, INFO, WARNING, ERROR."),
    ("elevenlabs_model", "", "It can't be empty."),
    ("higgsfield_prompt", "x" * 501, "It may have 500 letters at most."),
    ("wav2lip_pads", "0 10", "It must look like this: 0 10 0 0"),
    ("higgsfield_status_path", "/v1", "It must look like this: /v1/job-sets/{id}"),
    (
        "heygen_base_url",
        "http://example.com",
        "It must start with https:// (http:// only for an address on this computer).",
    ),
    ("heygen_base_url", "https://u:p@example.com", "It must be a plain address, without a login or a question mark."),
    ("delivery_dir", 3, "It must be the name of a folder or a file."),
    ("film_names", 3, "It must be a text in quotation marks."),
]


@pytest.mark.parametrize(("key", "value", "said"), SAID)
def test_it_is_said_in_plain_words(key: str, value: object, said: str) -> None:
    assert str(faults(declared()[key], value)) == said


@pytest.mark.parametrize("key", declared())
def test_the_default_is_never_wrong(key: str) -> None:
    assert faults(declared()[key], declared()[key].default_text) is None
