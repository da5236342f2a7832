"""A new wrapping key, while documents are read and written."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from attesta.vault import blobs, keys, rotation
from attesta.vault.models import DataKey

pytestmark = pytest.mark.django_db


def test_trust_27_rotation_rewraps_every_data_key_and_keeps_every_file(folder: Path) -> None:
    kept = {}
    for number in range(3):
        key = blobs.new_key()
        key.save()
        kept[key.pk] = blobs.put(b"document %d" % number, key=key, context="a")
    files = sorted((folder / "vault").rglob("*"))

    out = StringIO()
    call_command("rotate-keys", stdout=out)

    assert out.getvalue().startswith("wrapping-0002 is the current key; 3 values were brought under it.")
    assert set(DataKey.objects.values_list("wrapping_key", flat=True)) == {"wrapping-0002"}
    assert sorted((folder / "vault").rglob("*")) == files
    (folder / "keys" / "wrapping-0001.key").unlink()
    read = {blobs.get(name, key=DataKey.objects.get(pk=pk), context="a") for pk, name in kept.items()}
    assert read == {b"document 0", b"document 1", b"document 2"}


def test_a_process_that_read_the_row_before_rotation_still_reads_its_file(folder: Path) -> None:
    key = blobs.new_key()
    key.save()
    name = blobs.put(b"document", key=key, context="a")
    call_command("rotate-keys", stdout=StringIO())
    assert blobs.get(name, key=key, context="a") == b"document"


def test_finish_completes_an_interrupted_rotation_without_a_new_key(folder: Path) -> None:
    blobs.new_key().save()
    keys.add_wrapping_key(folder / "keys")
    call_command("rotate-keys", "--finish", stdout=StringIO())
    assert list(DataKey.objects.values_list("wrapping_key", flat=True)) == ["wrapping-0002"]
    assert keys.wrapping_names(folder / "keys") == ["wrapping-0001", "wrapping-0002"]


def test_a_damaged_data_key_is_named_and_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    damaged, sound = blobs.new_key(), blobs.new_key()
    damaged.wrapped = bytes(60)
    damaged.save()
    sound.save()
    call_command("rotate-keys", stdout=StringIO())
    assert DataKey.objects.get(pk=sound.pk).wrapping_key == "wrapping-0002"
    assert [str(damaged.pk) in record.getMessage() for record in caplog.records] == [True]


def test_rooms_reseal_their_own_columns(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "_resealers", [])
    calls: list[str] = []

    def reseal() -> int:
        calls.append(keys.provider().current())
        return 4

    rotation.register(reseal)
    rotation.register(reseal)
    keys.add_wrapping_key(folder / "keys")
    assert rotation.reseal_everything() == 4
    assert calls == ["wrapping-0002"]
