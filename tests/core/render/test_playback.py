"""A film as people open it: in Chromium and in QtMultimedia it plays to its end, and seeks to the frame."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from core.jobs.model import Job
from core.media.probe import probe
from core.paths import ROOT
from tests.chromium import report_of
from tests.conftest import GREYS
from tests.core.render.conftest import MakePipeline
from tests.stand_ins import HummingVoice, RecordingMonitor

PAGE = """<!doctype html><video src="/film.mp4" preload="auto" crossorigin></video><script>
const video = document.querySelector("video"), told = {seeks: []};
const once = name => new Promise(done => video.addEventListener(name, done, {once: true}));
const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
async function seek(second) {
  const done = once("seeked");
  video.currentTime = second;
  await done;
  canvas.drawImage(video, 0, 0);
  told.seeks.push([second, canvas.getImageData(video.videoWidth / 2, 8, 1, 1).data[0]]);
}
async function watch() {
  if (video.readyState < 1) await once("loadedmetadata");
  told.duration_s = video.duration;
  told.size = [video.videoWidth, video.videoHeight];
  for (const second of [1.42, 0.22, 0.0, 1.18]) await seek(second);
  video.currentTime = 0;
  const over = once("ended");
  await video.play();
  await over;
  told.ended_s = video.currentTime;
  told.frames = video.getVideoPlaybackQuality().totalVideoFrames;
  told.sound = video.webkitAudioDecodedByteCount;
}
const report = () => fetch("/report", {method: "POST", body: JSON.stringify(told)});
video.addEventListener("error", () => { told.error = video.error.message; report(); });
watch().catch(error => { told.error = String(error); }).finally(report);
</script>"""


@pytest.fixture
def film(make_pipeline: MakePipeline, job: Job) -> Path:
    mine = replace(job, captions="soft", script="Hola.", output=job.output.replace("'", ""))
    return Path(make_pipeline(HummingVoice(lambda text: 0.8)).render(mine, RecordingMonitor()).output)


def shown_at(second: float) -> float:
    """What a screen shows of the intro's frame at `second`: full range, where the file holds limited range."""
    return (GREYS["intro"] + int(second * 25) - 16) * 255 / 219


@pytest.mark.slow
def test_chromium_plays_it_to_the_end_and_seeks(film: Path, tmp_path: Path) -> None:
    told = report_of(PAGE, film, tmp_path)
    video = probe(film).video
    assert video is not None
    assert "error" not in told
    assert told["size"] == [video.width, video.height]
    assert told["duration_s"] == pytest.approx(video.duration_s, abs=0.05)
    assert told["ended_s"] == pytest.approx(told["duration_s"], abs=0.05)
    assert told["frames"] > 0.5 * video.frames
    assert told["sound"] > 1000
    for second, grey in told["seeks"]:
        assert grey == pytest.approx(shown_at(second), abs=2.5), second


@pytest.mark.slow
def test_qt_plays_it_to_the_end_and_seeks(film: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"}
    command = [sys.executable, "-m", "tests.core.render.qt_player", str(film)]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=90, check=True)
    told = json.loads(answer.stdout.splitlines()[-1])
    video = probe(film).video
    assert video is not None
    assert told["errors"] == []
    assert told["tracks"] == [1, 1, 1]
    assert told["duration_s"] == pytest.approx(video.duration_s, abs=0.05)
    assert told["ended_s"] == pytest.approx(video.duration_s, abs=0.1)
    assert told["frames"] > 0.3 * video.frames
    assert [wanted for wanted, _, _ in told["seeks"]] == [1.42, 0.22, 3.0]
    for wanted, found, grey in told["seeks"][:2]:
        assert abs(found - wanted) <= 0.045
        assert grey == pytest.approx(shown_at(found), abs=2.5)
