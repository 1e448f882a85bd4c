"""`check TEMPLATE`: everything that is wrong with a template's folder, in one run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from core.console.status import BAD_INPUT, DONE
from core.media.presets import find_preset
from core.template.check import check_template
from core.template.model import FILE_NAME


def are_templates(files: Sequence[Path]) -> bool:
    return all((file / FILE_NAME).is_file() for file in files)


def report_templates(folders: Sequence[Path], preset_name: str, *, as_json: bool) -> int:
    """0 if there is no mistake in any of them, else 2. Raises `UsageError`: no such preset."""
    preset = find_preset(preset_name)
    found = {str(folder): check_template(folder, preset) for folder in folders}
    if as_json:
        templates = [
            {"folder": folder, "findings": [one.as_dict() for one in findings]} for folder, findings in found.items()
        ]
        print(json.dumps({"templates": templates}, ensure_ascii=False))
    else:
        for folder, findings in found.items():
            for one in findings:
                print(f"{'mistake' if one.mistake else 'note'}: {Path(folder) / one.where}: {one.what}")
            mistakes = sum(one.mistake for one in findings)
            print(f"{folder}: {mistakes} mistakes" if mistakes else f"{folder}: can be used")
    return BAD_INPUT if any(one.mistake for findings in found.values() for one in findings) else DONE
