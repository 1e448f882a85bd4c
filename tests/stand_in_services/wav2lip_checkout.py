"""A Wav2Lip checkout, standing in: where it matters it behaves as the real `inference.py` does."""

from __future__ import annotations

from pathlib import Path

_INFERENCE = """
import argparse, os, subprocess, sys, time
parser = argparse.ArgumentParser()
parser.add_argument("--checkpoint_path", required=True)
parser.add_argument("--face", required=True)
parser.add_argument("--audio", required=True)
parser.add_argument("--outfile", default="results/result_voice.mp4")
parser.add_argument("--pads", nargs="+", type=int, default=[0, 10, 0, 0])
parser.add_argument("--resize_factor", type=int, default=1)
args = parser.parse_args()
mode = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "mode.txt")).read()
open(args.checkpoint_path, "rb").close()
if mode == "no_module":
    raise ModuleNotFoundError("No module named 'torch'")
print("Using cpu for inference.")
print("Reading video frames...")
print("Number of frames available for inference: 20")
if mode == "nan":
    raise ValueError("Mel contains nan! Using a TTS voice? Add a small epsilon noise to the wav file and try again")
for done in range(0, 101, 25):
    sys.stderr.write(f"\\r{done:3d}%|####      | {done // 25}/4 [00:00<00:00]")
    sys.stderr.flush()
    time.sleep(0.02)
if mode == "no_face":
    raise ValueError("Face not detected! Ensure the video contains a face in all the frames.")
print("\\nLoad checkpoint from: {}".format(args.checkpoint_path))
print("Model loaded", flush=True)
if mode == "hang":
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)", "wav2lip-child"])
    print("hanging", flush=True)
    time.sleep(300)
if mode == "crash":
    sys.exit(3)
for done in range(0, 101, 50):
    sys.stderr.write(f"\\r{done:3d}%|####      | {done // 50}/2 [00:00<00:00]")
    sys.stderr.flush()
    time.sleep(0.02)
result = "temp/result.avi"
if mode != "no_film":
    subprocess.call("ffmpeg -y -v error -i {} -c:v mpeg4 {}".format(args.face, result), shell=True)
command = "ffmpeg -y -v error -i {} -i {} -strict -2 -q:v 1 {}".format(args.audio, result, args.outfile)
subprocess.call(command, shell=True)
"""


def make_checkout(folder: Path, mode: str = "ok") -> Path:
    """`mode` is ok, no_face, nan, no_film, hang, crash or no_module."""
    (folder / "checkpoints").mkdir(parents=True, exist_ok=True)
    (folder / "checkpoints" / "wav2lip_gan.pth").write_bytes(b"weights")
    (folder / "inference.py").write_text(_INFERENCE, encoding="utf-8")
    (folder / "mode.txt").write_text(mode)
    return folder
