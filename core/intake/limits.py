"""How large an operator's file may be. What is larger is refused by name, not read."""

from __future__ import annotations

MAX_FILE_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_SHEET_ROWS = 1_048_576  # empty ones included: what a spreadsheet holds
MAX_SHEETS = 100
MAX_COLUMNS = 1_000
MAX_CELL_CHARS = 100_000
MAX_RECORD_CHARS = 2_000_000  # one row of a delimited file

# What is packed: archives, and the spreadsheets and documents that are archives themselves.
MAX_UNPACKED_BYTES = 200_000_000  # of all files in one archive, those of archives in it included
MAX_PACKED_FILES = 5_000
MAX_ENTRIES = 50_000  # those of archives in it included: Python makes an object of each before anybody can count them
MAX_PACKING_RATIO = 250  # text packs to a tenth; what packs better than this was made to burst
SMALL_ENOUGH_BYTES = 10_000_000  # for that ratio not to matter
MAX_ARCHIVES_DEEP = 2  # an archive, and archives in it
MAX_FOLDERS_DEEP = 8
MAX_FOLDER_FILES = 10_000
