"""The programs that pack Trineo stand in packaging/ and are run from there, so that is where they find each other."""

from __future__ import annotations

import sys

from core.paths import ROOT

sys.path.append(str(ROOT / "packaging"))
