"""The video services against their stand-ins: exactly what is asked, one clip a key, no key where none belongs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.errors import AnswerLost, EnvironmentFault, TransientError
from core.jobs.model import Strategy, new_id
from core.media.probe import probe
from core.progress import unwatched
from core.render.interfaces import FaceTask, RemoteFace
from providers.heygen import HeyGenFace
from providers.heygen_lipsync import HeyGenLipSync
from providers.higgsfield import HiggsfieldFace
from providers.synclabs import SyncLabsFace
from providers.uploads import Uploads
from tests.providers.rigs import SECONDS, SECRETS, TEXT, make_task, rig, settings
from tests.stand_in_services import HeyGenStandIn, HiggsfieldStandIn, StandIn, SyncLabsStandIn, heygen
from tests.stand_in_services.server import form_parts
from tests.stand_ins import raises_code

FACES = ("heygen", "heygen_lipsync", "higgsfield", "synclabs")


@pytest.mark.parametrize("name", FACES)
def test_a_clip_is_made_and_fetched(name: str, tmp_path: Path) -> None:
    with rig(name, tmp_path) as made:
        status = made.finished()
        assert status.failure is None
        told: list[float] = []
        made.face.fetch(status, tmp_path / "clip.mp4", told.append)
        clip = probe(tmp_path / "clip.mp4")
        assert clip.video is not None
        assert clip.video.frame_rate == 30
        assert clip.video.duration_s == pytest.approx(5.0 if name == "higgsfield" else SECONDS, abs=0.1)
        assert told == sorted(told)
        assert made.payments() == made.service.charged["creates"] == 1


@pytest.mark.parametrize("name", FACES)
def test_the_key_goes_to_the_service_only(name: str, tmp_path: Path) -> None:
    with rig(name, tmp_path) as made:
        made.face.fetch(made.finished(), tmp_path / "clip.mp4", unwatched)
        keyed = [seen for seen in made.service.seen if any(key in str(seen.headers) for key in SECRETS)]
        assert {seen.door for seen in keyed} == {"api"}
        elsewhere = [seen for seen in made.service.seen if seen.door == "files"]
        assert elsewhere
        for seen in elsewhere:
            assert not {"authorization", "x-api-key", "hf-api-key", "hf-secret", "cookie"} & set(seen.headers)


@pytest.mark.parametrize("name", FACES)
def test_the_same_key_gives_the_same_clip(name: str, tmp_path: Path) -> None:
    with rig(name, tmp_path) as made:
        task, key = make_task(tmp_path), new_id()
        assert made.face.create(task, key, unwatched) == made.face.create(task, key, unwatched)
        assert made.service.charged["creates"] == 1
        assert made.face.create(task, new_id(), unwatched)
        assert made.service.charged["creates"] == 2


@pytest.mark.parametrize("name", ["heygen", "heygen_lipsync", "higgsfield"])
def test_what_lies_there_already_is_not_sent_again(name: str, tmp_path: Path) -> None:
    with rig(name, tmp_path, papa_noel_avatar_id="") as made:
        task = make_task(tmp_path)
        for _ in range(3):
            made.face.create(task, new_id(), unwatched)
        assert len(made.service.asked("POST", "/v3/assets|/generate-upload-url")) == 2


@pytest.mark.parametrize("name", ["heygen", "heygen_lipsync", "higgsfield", "synclabs"])
def test_a_connected_service_can_be_probed_for_nothing(name: str, tmp_path: Path) -> None:
    with rig(name, tmp_path) as made:
        if hasattr(made.provider, "probe"):
            made.provider.probe()
            made.service.misbehave("401")
            with raises_code(EnvironmentFault, "provider_key_refused"):
                made.provider.probe()
        assert not made.service.charged


def create(face: RemoteFace, task: FaceTask) -> str:
    return face.create(task, "key-1", unwatched)


def test_exactly_what_heygen_is_asked(tmp_path: Path) -> None:
    with HeyGenStandIn() as service:
        assert isinstance(service, HeyGenStandIn)
        task = make_task(tmp_path)
        uploads = Uploads(tmp_path / "uploads")
        create(HeyGenFace(settings(service), uploads), task)
        [asset, made] = service.asked("POST", "")
        assert form_parts(asset) == {"file": (tmp_path / "speech.wav").read_bytes()}
        assert b"speech" not in asset.body[:200]  # a file's name is nobody's business
        assert made.headers["idempotency-key"] == "key-1"
        assert made.json == {
            "type": "avatar",
            "avatar_id": "avatarSanta",
            "aspect_ratio": "9:16",
            "resolution": "1080p",
            "audio_asset_id": next(iter(service.assets)),
        }


def test_heygen_speaks_itself_where_it_has_a_voice(tmp_path: Path) -> None:
    with HeyGenStandIn() as service:
        assert isinstance(service, HeyGenStandIn)
        configured = settings(service, papa_noel_voice_id_heygen="santa", papa_noel_avatar_id="")
        face = HeyGenFace(configured, Uploads(tmp_path / "uploads"))
        assert face.speaks
        create(face, make_task(tmp_path, spoken=False))
        told = service.asked("POST", "/v3/videos")[-1].json
        assert told["type"] == "image"
        assert told["image"] == {"type": "asset_id", "asset_id": next(iter(service.assets))}
        assert (told["script"], told["voice_id"]) == (TEXT, "santa")
        assert "audio_asset_id" not in told
        assert face.unfit(FaceTask("1", "a" * 5001, "es", 9, None, tmp_path, tmp_path, 1, 2))


def test_exactly_what_heygens_lip_sync_is_asked(tmp_path: Path) -> None:
    with HeyGenStandIn() as service:
        assert isinstance(service, HeyGenStandIn)
        face = HeyGenLipSync(settings(service), Uploads(tmp_path / "uploads"))
        create(face, make_task(tmp_path))
        told = service.asked("POST", "/v3/lipsyncs")[-1].json
        clip, speech = service.assets
        assert told == {
            "video": {"type": "asset_id", "asset_id": clip},
            "audio": {"type": "asset_id", "asset_id": speech},
            "mode": "precision",
            "enable_dynamic_duration": False,
            "enable_caption": False,
        }
        (tmp_path / "sent.mp4").write_bytes(service.assets[clip])
        sent = probe(tmp_path / "sent.mp4").video
        assert sent is not None
        assert sent.duration_s >= SECONDS  # the template's clip is shorter


def test_exactly_what_higgsfield_is_asked(tmp_path: Path) -> None:
    with HiggsfieldStandIn() as service:
        assert isinstance(service, HiggsfieldStandIn)
        face = HiggsfieldFace(settings(service), Uploads(tmp_path / "uploads"))
        assert not face.keyed
        create(face, make_task(tmp_path, seconds=7.0))
        made = service.asked("POST", "/v1/speak")[-1]
        params = made.json["params"]
        assert made.json == {"params": params}
        assert params["duration"] == 10
        assert params["quality"] == "high"
        assert params["input_audio"]["type"] == "audio_url"
        assert params["input_image"]["type"] == "image_url"
        assert service.stored_at(params["input_audio"]["audio_url"]) == (tmp_path / "speech.wav").read_bytes()
        assert TEXT not in made.body.decode()
        assert {"authorization", "hf-api-key", "hf-secret"} <= set(made.headers)
        assert face.unfit(make_task(tmp_path, seconds=15.2)) == "Higgsfield makes at most 15 seconds"
        assert not face.unfit(make_task(tmp_path, seconds=15.0))


def test_higgsfield_is_left_as_long_as_it_has_not_begun(tmp_path: Path) -> None:
    with rig("higgsfield", tmp_path) as made:
        early, late = str(made.pay(unwatched)), str(made.pay(unwatched))
        made.face.status(late)
        assert made.face.cancel(early)
        assert not made.face.cancel(late)
        assert not made.face.cancel("nobody")
        assert made.face.status(early).failure is not None


def test_higgsfield_with_keys_does_not_take_a_changed_request_for_a_new_one(tmp_path: Path) -> None:
    with HiggsfieldStandIn() as service:
        configured = settings(service, higgsfield_takes_keys=True)
        task = make_task(tmp_path)
        create(HiggsfieldFace(configured, Uploads(tmp_path / "here")), task)
        with raises_code(AnswerLost, "provider_outcome_unknown") as caught:  # another machine: other addresses
            create(HiggsfieldFace(configured, Uploads(tmp_path / "there")), task)
        assert isinstance(caught.value, AnswerLost)
        assert caught.value.waits_for == "person:higgsfield"
        assert service.charged["creates"] == 1


def test_a_gateways_error_is_no_lost_answer_where_there_are_keys(tmp_path: Path) -> None:
    with rig("higgsfield", tmp_path, higgsfield_takes_keys=True) as made:
        made.service.misbehave("502", method="POST", path=made.paid)
        with raises_code(TransientError, "provider_down"):
            made.pay(unwatched)


def test_exactly_what_sync_labs_is_asked(tmp_path: Path) -> None:
    with SyncLabsStandIn() as service:
        assert isinstance(service, SyncLabsStandIn)
        create(SyncLabsFace(settings(service)), make_task(tmp_path))
        [made] = service.asked("POST", "")
        parts = form_parts(made)
        assert set(parts) == {"model", "options", "video", "audio"}
        assert parts["model"] == b"lipsync-2"
        assert json.loads(parts["options"]) == {"sync_mode": "loop"}
        assert parts["audio"] == (tmp_path / "speech.wav").read_bytes()
        assert made.headers["idempotency-key"] == "key-1"


def test_sync_labs_says_what_became_of_an_earlier_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.stand_in_services.server import reply

    with SyncLabsStandIn() as service:
        face = SyncLabsFace(settings(service))
        task = make_task(tmp_path)
        told: dict[str, Any] = {"statusCode": 409, "errorCode": "IDEMPOTENCY_OUTCOME_UNKNOWN", "message": "?"}
        monkeypatch.setattr(service, "answer", lambda seen: reply(told | {"generationId": "earlier"}, 409))
        assert create(face, task) == "earlier"
        monkeypatch.setattr(service, "answer", lambda seen: reply(told, 409))
        with raises_code(AnswerLost, "provider_outcome_unknown"):
            create(face, task)
        monkeypatch.setattr(service, "answer", lambda seen: reply({"status": "PENDING"}, 201))
        with raises_code(AnswerLost, "provider_answer_lost"):
            create(face, task)


def test_sync_labs_tells_what_it_took_and_what_it_takes_at_once(tmp_path: Path) -> None:
    with rig("synclabs", tmp_path) as made:
        status = made.finished()
        assert status.cost is not None
        assert status.cost.usd == pytest.approx(0.05 * SECONDS)
        made.service.misbehave("429_concurrent", method="POST")
        with pytest.raises(TransientError):
            made.pay(unwatched)
        assert (made.limits[-1].current, made.limits[-1].maximum) == (3, 3)


def test_costs_and_looks(tmp_path: Path) -> None:
    task = make_task(tmp_path, seconds=10.0)
    uploads = Uploads(tmp_path / "uploads")
    with HeyGenStandIn() as service:
        avatar = HeyGenFace(settings(service), uploads)
        photo = HeyGenFace(settings(service, papa_noel_avatar_id=""), uploads)
        assert avatar.cost(task).usd == pytest.approx(0.667)
        assert photo.cost(task).usd == pytest.approx(0.5)
        assert avatar.look() != photo.look()
        assert (avatar.strategy, photo.speaks, avatar.keyed) == (Strategy.AVATAR, False, True)
        quick = HeyGenLipSync(settings(service, heygen_lipsync_mode="speed"), uploads)
        assert quick.cost(task).usd == pytest.approx(0.333)
        assert quick.strategy is Strategy.LIPSYNC
        assert HeyGenFace(settings(service, heygen_usd_per_second=1), uploads).cost(task).usd == 10
    with HiggsfieldStandIn() as higgs:
        assert HiggsfieldFace(settings(higgs), uploads).cost(task).seconds == 10
    with SyncLabsStandIn() as sync:
        pro = SyncLabsFace(settings(sync, synclabs_model="lipsync-2-pro", synclabs_max_seconds=5))
        assert pro.cost(task).usd == pytest.approx(0.83)
        assert "SYNCLABS_MAX_SECONDS" in pro.unfit(task)


@pytest.mark.parametrize(
    ("face", "off"),
    [
        (HeyGenFace, "disable_heygen"),
        (HeyGenLipSync, "disable_heygen_lipsync"),
        (HiggsfieldFace, "disable_higgsfield"),
        (SyncLabsFace, "disable_synclabs"),
    ],
)
def test_why_one_can_not_be_used(face: Any, off: str, tmp_path: Path) -> None:
    stand_in: type[StandIn] = {"disable_higgsfield": HiggsfieldStandIn, "disable_synclabs": SyncLabsStandIn}.get(
        off, HeyGenStandIn
    )
    rest = () if face is SyncLabsFace else (Uploads(tmp_path),)
    no_keys = {"heygen_api_key": "", "higgsfield_api_key_secret": "", "synclabs_api_key": ""}
    with stand_in() as service:
        assert face(settings(service), *rest).availability().usable
        assert off.upper() in face(settings(service, **{off: True}), *rest).availability().reason
        assert "API_KEY" in face(settings(service, **no_keys), *rest).availability().reason
        odd = dict.fromkeys(no_keys, "ключ")
        assert "characters" in face(settings(service, **odd), *rest).availability().reason
        assert not service.seen


def test_a_pasted_key_is_cleaned(tmp_path: Path) -> None:
    with HeyGenStandIn() as service:
        HeyGenFace(settings(service, heygen_api_key=f"\t{heygen.KEY} \n"), Uploads(tmp_path)).probe()
        assert {seen.headers["x-api-key"] for seen in service.seen} == {heygen.KEY}
