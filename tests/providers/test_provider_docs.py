"""docs/providers.md: its tables of faults are the tested ones, and it names every setting and price that there is."""

from __future__ import annotations

import re

from core.paths import ROOT
from core.settings.providers import ProviderSettings
from tests.providers.fault_table import ASKED, LOADED, PAID, PROVIDERS

DOC = (ROOT / "docs" / "providers.md").read_text(encoding="utf-8")


def tables() -> list[dict[str, tuple[str, ...]]]:
    """The tables of faults, in their order: fault → what it ends as."""
    found = []
    for block in re.findall(r"^\| fault \|.*\n(?:\|.*\n)+", DOC, re.M):
        rows = {}
        for line in block.splitlines()[2:]:
            first, *ends = (cell.strip() for cell in line.strip("|").split("|"))
            rows[first.split("`")[1]] = tuple(ends)
        found.append(rows)
    return found


def test_the_tables_are_the_tested_ones() -> None:
    paid, asked, loaded = tables()
    assert paid == PAID
    assert asked == {fault: (end,) for fault, end in ASKED.items()}
    assert loaded == {fault: (end,) for fault, end in LOADED.items()}
    assert f"| fault | {' | '.join(PROVIDERS)} |" in DOC


def test_every_key_address_and_price_is_named() -> None:
    for name in ProviderSettings.model_fields:
        if name.endswith(("_api_key", "_key_id", "_key_secret", "_usd_per_second", "_usd_per_1000", "_repo_path")):
            assert f"`{name.upper()}`" in DOC


def test_everything_the_issue_names_is_in_the_table() -> None:
    named = {"400", "401", "402", "403", "404", "409", "422", "429_rate", "429_concurrent", "500", "502", "503"}
    named |= {"hang", "reset", "cut", "error_as_200", "empty_200", "noise", "huge", "redirect"}
    assert set(PAID) == named
    assert "unknown_state" in ASKED
    assert all(len(ends) == len(PROVIDERS) for ends in PAID.values())
