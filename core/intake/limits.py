"""How large an operator's file may be. What is larger is refused by name, not read."""

from __future__ import annotations

MAX_FILE_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_SHEET_ROWS = 1_048_576  # empty ones included: what a spreadsheet holds
MAX_COLUMNS = 1_000
MAX_CELL_CHARS = 100_000
MAX_RECORD_CHARS = 2_000_000  # one row of a delimited file
MAX_SCRIPT_CHARS = 10_000  # about ten minutes of speech
