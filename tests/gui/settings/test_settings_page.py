"""The Settings page by mouse and keys: everything is there, checked while it is typed, changed and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from core.settings.about import Group
from core.settings.declaration import declared
from core.settings.env_file import read_env
from gui.look.theme import Appearance
from gui.settings.key_editor import KeyEditor
from gui.settings.window_section import WindowSection
from tests.core.desk.test_settings_desk import SECRET
from tests.core.settings.test_declaration import OF_THE_DESIGN
from tests.core.settings.test_keys import FakeKeyring
from tests.gui.settings.sitter import Sitter, describes
from tests.gui.test_accessible import nameless

pytestmark = pytest.mark.gui

Key = Qt.Key
KEY = "elevenlabs_api_key"


def test_every_setting_has_its_row_and_can_be_found_by_its_name(sitter: Sitter) -> None:
    for group in Group:
        sitter.page.show_group(group)
        section = sitter.section(group)
        if section.more.isVisible():
            sitter.operator.click(section.more)
        names = [setting.name for setting in declared().values() if setting.about.group is group]
        assert sitter.seen() == names
        for key, row in section.rows.items():
            assert declared()[key].name in row.told
            assert describes(row.editor.field).strip()
        assert nameless(sitter.operator.window) == []
    for name in OF_THE_DESIGN:
        sitter.search(name)
        assert name in sitter.seen()


def test_a_number_is_typed_and_counts_at_once(sitter: Sitter) -> None:
    row = sitter.write("workers", "3")
    sitter.operator.until(lambda: sitter.studio.settings.workers == 3)
    sitter.operator.until(lambda: "set here" in row.told)
    assert sitter.file["workers"] == 3
    assert row.reset.isVisible()
    sitter.operator.until(sitter.operator.window.undo.isVisible)
    assert "3" in sitter.operator.window.undo.words()


def test_it_is_taken_back_by_the_undo_key_and_reset_by_its_button(sitter: Sitter) -> None:
    sitter.write("max_job_attempts", "7")
    sitter.operator.until(sitter.operator.window.undo.isVisible)
    sitter.operator.click(sitter.operator.window.undo.button)
    sitter.operator.until(lambda: sitter.studio.settings.max_job_attempts == 3)
    assert "max_job_attempts" not in sitter.file
    row = sitter.write("max_job_attempts", "8")
    sitter.operator.until(row.reset.isVisible)
    sitter.operator.click(row.reset)
    sitter.operator.until(lambda: sitter.studio.settings.max_job_attempts == 3)
    sitter.operator.until(lambda: sitter.line(row).text() == "3")
    assert not row.reset.isVisible()


def test_what_is_wrong_is_said_while_it_is_typed_and_never_gets_into_the_file(sitter: Sitter) -> None:
    row = sitter.write("workers", "70", leave=False)
    assert row.wrong == "It must be 64 or less."
    assert row.wrong in row.editor.field.accessibleDescription()
    sitter.operator.press(Key.Key_Return)
    sitter.operator.press(Key.Key_Tab)
    QTest.qWait(300)
    assert ("workers" in sitter.file, sitter.line(row).text(), row.wrong) == (False, "70", "It must be 64 or less.")
    sitter.operator.click(sitter.line(row))
    sitter.operator.press(Key.Key_Backspace)
    assert row.wrong == ""
    sitter.operator.press(Key.Key_Escape)
    assert sitter.line(row).text() == str(sitter.studio.settings.workers)
    assert row.wrong == ""


def test_a_folder_that_can_not_be_written_is_told_at_its_field(sitter: Sitter, tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    row = sitter.write("delivery_dir", str(tmp_path / "a file" / "x"))
    sitter.operator.until(lambda: "Nothing can be written" in row.wrong)
    assert "delivery_dir" not in sitter.file
    sitter.write("delivery_dir", str(tmp_path / "good"))
    sitter.operator.until(lambda: sitter.studio.settings.delivery_dir == tmp_path / "good")
    assert row.wrong == ""


def test_choices_and_switches(sitter: Sitter) -> None:
    sitter.choose("log_level", 1)
    sitter.operator.until(lambda: sitter.studio.settings.log_level == "WARNING")
    sitter.switch("disable_espeak")
    sitter.operator.until(lambda: sitter.studio.settings.disable_espeak)
    sitter.operator.until(lambda: sitter.file["disable_espeak"] is True)
    sitter.switch("disable_espeak")
    sitter.operator.until(lambda: not sitter.studio.settings.disable_espeak)
    sitter.operator.until(lambda: "disable_espeak" not in sitter.file)
    sitter.choose("elevenlabs_speaker_boost", 2)
    sitter.operator.until(lambda: sitter.studio.settings.elevenlabs_speaker_boost is False)


def test_what_needs_a_restart_says_so(sitter: Sitter, tmp_path: Path) -> None:
    row = sitter.write("audio_cache_dir", str(tmp_path / "voices"))
    assert "counts after a restart" in row.told
    sitter.operator.until(lambda: "Start Trineo again" in row.told)


class TestWithAnEnvironment:
    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {"WORKERS": "5", "PAPA_NOEL_VOICE_ID": "v1", "HEYGEN_API_KEY": SECRET, "OUTPUT_DIRR": "x"}

    @pytest.fixture
    def before(self) -> str:
        return 'max_job_atempts = 4\nfavourite = "red"\n'

    def test_what_it_sets_is_locked_and_said(self, sitter: Sitter) -> None:
        row = sitter.find("workers")
        assert not sitter.line(row).isEnabled()
        assert "set in the environment" in row.told
        assert not row.reset.isVisible()
        assert "PAPA_NOEL_VOICE_ID)" in sitter.find("papa_noel_voice_id_elevenlabs").told
        row = sitter.find("heygen_api_key")
        assert isinstance(row.editor, KeyEditor)
        assert not row.editor.line.isVisible()
        assert not row.editor.remove.isVisible()

    def test_a_voice_that_is_chosen_among_the_connections_is_refused_and_said(self, sitter: Sitter) -> None:
        sitter.page.groups.setCurrentRow(1)
        panel = sitter.page.connections.panel
        assert panel is not None
        panel.value_wanted.emit("PAPA_NOEL_VOICE_ID_ELEVENLABS", "voice-7")
        sitter.operator.until(lambda: "set outside of Trineo" in sitter.operator.window.banner.accessibleName())
        assert sitter.studio.settings.papa_noel_voice_id_elevenlabs == "v1"

    def test_misspelt_names_are_told_with_what_was_meant(self, sitter: Sitter) -> None:
        told = sitter.page.notices.told
        assert "Did you mean OUTPUT_DIR?" in told
        assert "Did you mean max_job_attempts?" in told
        assert "favourite, which is no setting" in told
        assert not sitter.page.notices.ask.isVisible()


# Keys


def test_a_key_goes_in_and_never_comes_out(sitter: Sitter, ring: FakeKeyring) -> None:
    row = sitter.write(KEY, SECRET, leave=False)
    editor = row.editor
    assert isinstance(editor, KeyEditor)
    assert editor.line.echoMode() is QLineEdit.EchoMode.Password
    sitter.operator.click(editor.save)
    sitter.operator.until(lambda: list(ring.kept.values()) == [SECRET])
    sitter.operator.until(editor.replace.isVisible)
    assert (editor.line.text(), editor.line.isVisible()) == ("", False)
    assert "kept in the system's keyring" in row.told
    assert SECRET not in (editor.shown.text() + row.told + describes(editor.field))
    assert SECRET not in sitter.operator.window.undo.words()
    assert sitter.studio.settings.elevenlabs_api_key.get_secret_value() == SECRET
    sitter.operator.click(editor.replace)
    assert editor.line.text() == ""
    QTest.keyClicks(editor.line, "sk_newer")
    sitter.operator.press(Key.Key_Return)
    sitter.operator.until(lambda: list(ring.kept.values()) == ["sk_newer"])
    sitter.operator.until(editor.remove.isVisible)
    sitter.operator.click(editor.remove)
    sitter.operator.until(lambda: ring.kept == {})
    sitter.operator.until(lambda: "removed" in sitter.operator.window.undo.words())
    assert sitter.operator.window.focusWidget() is editor.line
    sitter.operator.click(sitter.operator.window.undo.button)
    sitter.operator.until(lambda: list(ring.kept.values()) == ["sk_newer"])


def test_a_key_that_is_none_is_told_and_kept_nowhere(sitter: Sitter, ring: FakeKeyring) -> None:
    row = sitter.write(KEY, "sk with blanks")
    assert "no blanks" in row.wrong
    QTest.qWait(200)
    assert ring.kept == {}
    assert not sitter.studio.folder.keys_file.exists()


def test_without_a_keyring_it_is_said_where_it_is(sitter: Sitter, ring: FakeKeyring) -> None:
    ring.trouble = RuntimeError("locked")
    row = sitter.write(KEY, SECRET)
    sitter.operator.until(lambda: "kept in a file that only you can read" in row.told)
    sitter.operator.until(lambda: "no keyring" in sitter.operator.window.banner.accessibleName())
    assert SECRET not in sitter.operator.window.banner.accessibleName()


class TestWithALockedKeyring:
    @pytest.fixture
    def ring(self, tmp_path: Path) -> FakeKeyring:
        from core.paths import DataFolder
        from core.settings.keyring_door import KeyringDoor
        from core.settings.keys import KeyStore

        made = FakeKeyring()
        KeyStore(DataFolder(tmp_path / "data").create().keys_file, KeyringDoor(lambda: made)).save(KEY.upper(), SECRET)
        made.trouble = RuntimeError("locked")
        return made

    def test_it_is_said_and_asked_again(self, sitter: Sitter, ring: FakeKeyring) -> None:
        assert "ELEVENLABS_API_KEY" in sitter.page.notices.told
        row = sitter.find(KEY)
        assert "does not give this key out" in row.told
        ring.trouble = None
        sitter.operator.click(sitter.page.notices.ask)
        sitter.operator.until(lambda: not sitter.page.notices.isVisible())
        assert sitter.studio.settings.elevenlabs_api_key.get_secret_value() == SECRET
        assert "kept in the system's keyring" in row.told


# All of them


def test_reset_all_and_back(sitter: Sitter) -> None:
    sitter.write("workers", "3")
    sitter.operator.until(lambda: sitter.studio.settings.workers == 3)
    sitter.operator.click(sitter.page.reset_button)
    sitter.operator.until(lambda: sitter.file == {})
    sitter.operator.until(lambda: "2 settings reset" in sitter.operator.window.undo.words())
    sitter.operator.click(sitter.operator.window.undo.button)
    sitter.operator.until(lambda: sitter.file.get("workers") == 3)


def test_an_env_file_is_imported(sitter: Sitter, tmp_path: Path, ring: FakeKeyring) -> None:
    (tmp_path / "old.env").write_text(
        f"WORKERS=6\nLOG_LEVEL=LOUD\nMAX_JOB_ATEMPTS=9\n{KEY.upper()}={SECRET}\n", encoding="utf-8"
    )
    sitter.operator.click(sitter.page.take_button)
    sitter.answer_dialog(str(tmp_path / "old.env"))
    sitter.operator.until(lambda: sitter.studio.settings.workers == 6)
    sitter.operator.until(sitter.operator.window.banner.isVisible)
    told = sitter.operator.window.banner.accessibleName()
    assert "LOG_LEVEL: It must be one of" in told
    assert "Did you mean MAX_JOB_ATTEMPTS?" in told
    assert list(ring.kept.values()) == [SECRET]
    sitter.operator.click(sitter.operator.window.undo.button)
    sitter.operator.until(lambda: "workers" not in sitter.file and ring.kept == {})


@pytest.mark.parametrize("with_keys", [False, True])
def test_settings_are_exported_with_keys_only_if_asked_for(sitter: Sitter, tmp_path: Path, with_keys: bool) -> None:
    sitter.write("workers", "3")
    sitter.operator.until(lambda: sitter.studio.settings.workers == 3)
    sitter.write(KEY, SECRET)
    sitter.operator.until(lambda: bool(sitter.studio.settings.elevenlabs_api_key.get_secret_value()))
    without, with_them = sitter.page.hand_button.menu().actions()
    (with_them if with_keys else without).trigger()
    sitter.answer_dialog(str(tmp_path / "out.env"))
    sitter.operator.until((tmp_path / "out.env").exists)
    found = read_env(tmp_path / "out.env").values
    assert (found["WORKERS"], found.get("ELEVENLABS_API_KEY")) == ("3", SECRET if with_keys else None)
    sitter.operator.until(lambda: "out.env" in sitter.operator.window.banner.accessibleName())
    told = sitter.operator.window.banner.accessibleName()
    assert ("holds your keys" if with_keys else "Keys are not in it") in told


# Searching, languages


def test_search_goes_over_all_groups_and_the_list_brings_one_back(sitter: Sitter) -> None:
    sitter.search("budget")
    assert sitter.seen() == ["BUDGET_PER_DAY_USD", "BUDGET_PER_BATCH_USD"]
    sitter.search("heygen address")
    assert sitter.seen() == ["HEYGEN_BASE_URL"]
    sitter.search("nothing like it")
    assert sitter.seen() == []
    sitter.search("base_url")
    assert len(sitter.seen()) == 4
    sitter.search("")
    sitter.page.groups.setCurrentRow(2)
    assert sitter.seen() == ["OUTPUT_DIR", "FILM_NAMES", "DELIVERY_DIR"]


def test_the_language_and_the_appearance_are_those_of_the_menus(sitter: Sitter) -> None:
    window = sitter.operator.window
    sitter.page.groups.setCurrentRow(0)
    own = sitter.page.sections[0]
    assert isinstance(own, WindowSection)
    own.language.box.setFocus()
    sitter.operator.press(Key.Key_Up)
    assert window.languages.current == "es"
    sitter.operator.until(lambda: sitter.page.accessibleName() == "Ajustes")
    assert window.actions_.languages["es"].isChecked()
    window.actions_.languages["en"].trigger()
    assert own.language.box.currentText() == "English"
    window.actions_.appearances[Appearance.LIGHT].trigger()
    assert own.appearance.box.currentText() == window.actions_.appearances[Appearance.LIGHT].text().replace("&", "")


def test_it_speaks_spanish_and_is_found_without_accents(sitter: Sitter) -> None:
    sitter.operator.window.actions_.languages["es"].trigger()
    sitter.search("presupuesto dia")
    assert sitter.seen() == ["BUDGET_PER_DAY_USD"]
    row = sitter.write("budget_per_day_usd", "2,5x", leave=False)
    assert row.wrong == "Tiene que ser un número."
    sitter.operator.press(Key.Key_Backspace)
    sitter.operator.press(Key.Key_Return)
    sitter.operator.until(lambda: sitter.studio.settings.budget_per_day_usd == 2.5)


def test_the_keyboard_goes_through_a_group(sitter: Sitter) -> None:
    sitter.page.show_group(Group.WORK)
    section = sitter.section(Group.WORK)
    sitter.operator.click(section.more)
    rows = list(section.rows.values())
    rows[0].editor.field.setFocus()
    passed = [rows[0].editor.field]
    for _ in range(40):
        sitter.operator.press(Key.Key_Tab)
        focus = sitter.operator.window.focusWidget()
        assert focus is not None
        passed.append(focus)
    order = [passed.index(row.editor.field) for row in rows]
    assert order == sorted(order)
    assert order[-1] < 20


def test_the_connections_lead_to_their_settings(sitter: Sitter) -> None:
    sitter.page.groups.setCurrentRow(1)
    panel = sitter.page.connections.panel
    assert panel is not None
    panel.setting_wanted.emit("HEYGEN_BASE_URL")
    row = sitter.page.row("heygen_base_url")
    assert row is not None
    assert row.isVisible()
    assert sitter.operator.window.focusWidget() is row.editor.field
    panel.value_wanted.emit("PAPA_NOEL_VOICE_ID_ELEVENLABS", "voice-7")
    sitter.operator.until(lambda: sitter.studio.settings.papa_noel_voice_id_elevenlabs == "voice-7")
