"""Runs first in the packed program. What the loader told this process about libraries is meant for no other:

a browser or a file manager that Trineo opens would load our libraries instead of its own.
"""

import os
import sys
from pathlib import Path

if sys.platform.startswith("linux"):
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)

# Where an FFmpeg of our own was packed (packaging/ffmpeg.sh), it is the one, unless another is asked for.
own = Path(vars(sys)["_MEIPASS"], "ffmpeg", "ffmpeg")
if own.is_file():
    os.environ.setdefault("IMAGEIO_FFMPEG_EXE", str(own))
