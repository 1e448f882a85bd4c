"""`app.py names`: how names are said, in a terminal."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from core.console.status import BAD_INPUT, DONE
from core.studio import Studio

_SAY_IN = "es"


def names(studio: Studio, options: argparse.Namespace) -> int:
    match options.action:
        case "say":
            name, spelling = options.words
            return _say(studio, name, spelling, options.language or _SAY_IN, as_json=options.json)
        case "forget":
            return _forget(studio, options.words[0], options.language, as_json=options.json)
        case _ if options.words:
            return _list_files(studio, [Path(word) for word in options.words], options.template, as_json=options.json)
        case _:
            return _list_all(studio, as_json=options.json)


def _say(studio: Studio, name: str, spelling: str, language: str, *, as_json: bool) -> int:
    studio.names.write_down(name, spelling, language)
    if as_json:
        print(json.dumps({"name": name, "spelling": spelling, "language": language}, ensure_ascii=False))
    else:
        print(f"{name} is said as {spelling} ({language}) in films that are queued from now on")
    return DONE


def _forget(studio: Studio, name: str, language: str, *, as_json: bool) -> int:
    """0; 2 if it was not written down."""
    count = studio.names.forget(name, language)
    if as_json:
        print(json.dumps({"name": name, "forgotten": count}, ensure_ascii=False))
    else:
        print(f"{name} was taken out" if count else f"{name} was not written down")
    return DONE if count else BAD_INPUT


def _list_all(studio: Studio, *, as_json: bool) -> int:
    spellings = studio.names.written_down()
    if as_json:
        listed = [
            {"name": name, "language": language, "spelling": spelling}
            for language, names in spellings.items()
            for name, spelling in names.items()
        ]
        print(json.dumps({"names": listed}, ensure_ascii=False))
        return DONE
    for language, names in spellings.items():
        for name, spelling in names.items():
            print(f"{language}  {name} -> {spelling}")
    return DONE


def _list_files(studio: Studio, files: Sequence[Path], template: str, *, as_json: bool) -> int:
    """0; 2 if a file or a row can't be read: `app.py check` says why."""
    checked = studio.check(files, studio.order(template=template))
    found = studio.names.names(row.job for row in checked.accepted)
    if as_json:
        print(json.dumps({"names": [one.as_dict() for one in found]}, ensure_ascii=False))
    else:
        for one in found:
            said = f" -> {one.said}" if one.is_respelled else ""
            doubted = f"  ({one.doubt.name.lower()}: {one.letters})" if one.doubt and not one.is_respelled else ""
            print(f"{one.language}  {one.name}{said}{doubted}")
    return BAD_INPUT if checked.refused else DONE
