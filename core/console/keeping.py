"""`app.py cleanup`, `forget` and `support`: what goes, and what help is asked for with."""

from __future__ import annotations

import argparse
import json
import sys

from core.console.status import DONE, SOME_FAILED
from core.studio import Studio


def cleanup(studio: Studio, *, dry_run: bool, as_json: bool) -> int:
    removed = studio.running.clean(dry_run=dry_run)
    if as_json:
        told = {kind: {"count": one.count, "bytes": one.bytes} for kind, one in removed.items()}
        print(json.dumps({"dry_run": dry_run, "removed": told}))
        return DONE
    for kind, one in removed.items():
        room = f", {one.bytes / 1e6:.1f} MB" if one.bytes else ""
        print(f"{kind}: {one.count}{room} {'would go' if dry_run else 'removed'}")
    return DONE


def forget(studio: Studio, options: argparse.Namespace) -> int:
    """0; 1 if some of it still runs and has to be asked for again."""
    gone = studio.running.forget(
        batch=options.batch or "",
        name=options.name or "",
        films=options.films,
        spellings=options.spellings,
        dry_run=options.dry_run,
    )
    if options.json:
        print(json.dumps({"dry_run": options.dry_run, **gone.as_dict()}, ensure_ascii=False))
    else:
        done = "would be removed" if options.dry_run else "removed"
        print(f"{gone.jobs} jobs, {gone.pieces.count} cached pieces, {gone.films.count} films {done}")
        if gone.spellings:
            print(f"{gone.spellings} names {done} from how names are said")
        if gone.spellings_kept:
            print(f"kept: how {gone.spellings_kept} of these names are said (--spellings takes them out)")
        for film in gone.films_kept:
            print(f"kept: {film}")
    if gone.still_running:
        print(f"trineo: {gone.still_running} films are still being made; ask again in a moment.", file=sys.stderr)
        return SOME_FAILED
    return DONE


def support(studio: Studio, options: argparse.Namespace) -> int:
    names = studio.running.support(options.file, studio.health)
    print(json.dumps({"file": str(options.file), "parts": names}) if options.json else f"{options.file} is written")
    return DONE
