"""`python -m tests.stand_in_services SERVICE…` (or `all`): runs them until it is ended.

Prints one JSON object a line: the service's name, its address, and the settings that make the program use it.
`POST <address>/_stand_in/faults` with `{"name": "hang", "method": "POST", "path": "/v3/videos", "times": 1}` makes it
misbehave, `DELETE` of the same ends that, `GET <address>/_stand_in/state` tells what was asked and charged.
"""

from __future__ import annotations

import json
import sys
import threading
from contextlib import ExitStack

from tests.stand_in_services import ALL
from tests.stand_in_services.settings import settings_for


def main() -> None:
    names = sys.argv[1:] or ["all"]
    with ExitStack() as stack:
        for name in ALL if names == ["all"] else names:
            service = stack.enter_context(ALL[name]())
            told = {"name": name, "address": service.address, "settings": settings_for(service)}
            print(json.dumps(told), flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
