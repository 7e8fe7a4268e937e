"""A pack's file has one fixed form; whatever is not in it, byte for byte, is refused."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.errors import PackError
from kiosk.installed import MANIFEST, SIGNATURE
from kiosk.packs.archive import Writer
from kiosk.packs.keys import trusted_keys
from kiosk.packs.verify import read_pack
from tests.pack_maker import INSIDE, PackMaker

FLIPS = 400  # places of a pack in which a bit is turned


@pytest.fixture
def maker(tmp_path: Path) -> PackMaker:
    return PackMaker(tmp_path)


def refusal(maker: PackMaker, path: Path) -> str:
    """What is said when a pack is refused; every refusal names the file and has a mend."""
    with pytest.raises(PackError) as caught:
        read_pack(path, trusted_keys(maker.kiosk.keys_folder))
    assert str(path) in str(caught.value)
    assert caught.value.hint
    return str(caught.value)


def test_a_pack_is_an_ordinary_zip(maker: PackMaker) -> None:
    path = maker.build()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [MANIFEST, SIGNATURE, *sorted(maker.files)]
        assert archive.read(f"{INSIDE}/pack.yaml") == (maker.source / "pack.yaml").read_bytes()
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_STORED}


def test_a_sound_pack_is_read_to_its_end(maker: PackMaker) -> None:
    signed = read_pack(maker.build(), trusted_keys(maker.kiosk.keys_folder))
    assert signed.signed_by == "maker"
    assert signed.size == sum(map(len, maker.files.values()))


def test_a_file_that_is_not_there_or_not_a_file_is_told(maker: PackMaker) -> None:
    assert "cannot be read" in refusal(maker, maker.folder / "nothing.zip")
    assert "cannot be read" in refusal(maker, maker.folder)


@pytest.mark.parametrize("data", [b"", b"PK", b"hello" * 100, b"PK\5\6" + bytes(18)])
def test_a_file_that_is_no_pack_is_told(maker: PackMaker, data: bytes) -> None:
    path = maker.folder / "other.zip"
    path.write_bytes(data)
    assert MANIFEST in refusal(maker, path)


def test_a_pack_cut_short_anywhere_is_refused(maker: PackMaker) -> None:
    path = maker.build()
    data = path.read_bytes()
    for end in [*range(0, len(data), 97), len(data) - 1]:
        path.write_bytes(data[:end])
        assert "cut short" in refusal(maker, path) or end < 30


def test_a_bit_turned_anywhere_is_refused(maker: PackMaker) -> None:
    path = maker.build()
    data = path.read_bytes()
    chance = random.Random(9)
    places = {
        *chance.sample(range(len(data)), FLIPS),
        *range(60),
        *range(len(data) - 90, len(data)),
    }
    for place in places:
        spoilt = bytearray(data)
        spoilt[place] ^= 1 << chance.randrange(8)
        path.write_bytes(spoilt)
        refusal(maker, path)


def test_words_that_are_changed_with_their_checksum_are_refused(maker: PackMaker) -> None:
    """A CRC is easily made to fit; the signed SHA-256 is not."""
    path = maker.forge(files := maker.files)
    spoilt = {name: data.replace(b"20 seconds", b"10 seconds") for name, data in files.items()}
    data = path.read_bytes()
    manifest, signature = _parts(path)
    _write(path, {MANIFEST: manifest, SIGNATURE: signature, **dict(sorted(spoilt.items()))})
    assert len(path.read_bytes()) == len(data)
    assert "is not what was signed" in refusal(maker, path)


def _parts(path: Path) -> tuple[bytes, bytes]:
    with zipfile.ZipFile(path) as archive:
        return archive.read(MANIFEST), archive.read(SIGNATURE)


def _write(path: Path, entries: dict[str, bytes]) -> None:
    with path.open("wb") as file:
        writer = Writer(file)
        for name, data in entries.items():
            writer.add(name, data)
        writer.finish()


Rezip = Callable[[zipfile.ZipInfo], None]


def _rezipped(maker: PackMaker, change: Rezip) -> Path:
    """A pack with the same entries as a well-made one, written by another program."""
    path, made = maker.build(), io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename)
            info.create_version, info.extract_version, info.create_system = 20, 10, 3
            info.external_attr = 0o100644 << 16
            change(info)
            new.writestr(info, old.read(entry), info.compress_type)
    path.write_bytes(made.getvalue())
    return path


def _compressed(info: zipfile.ZipInfo) -> None:
    if info.filename not in (MANIFEST, SIGNATURE):
        info.compress_type = zipfile.ZIP_DEFLATED


def _linked(info: zipfile.ZipInfo) -> None:
    if info.filename.endswith("pack.yaml"):
        info.external_attr = 0o120777 << 16


def _dated(info: zipfile.ZipInfo) -> None:
    info.date_time = (2026, 11, 21, 12, 0, 0)


def _noted(info: zipfile.ZipInfo) -> None:
    info.comment = b"a note"


def _extra(info: zipfile.ZipInfo) -> None:
    info.extra = struct.pack("<HH4s", 0x9999, 4, b"more")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_compressed, "is compressed"),
        (_linked, "is a link to another place"),
        (_dated, "is not as `pack build` writes it"),
        (_noted, "the list at its end"),
        (_extra, "is not as `pack build` writes it"),
    ],
)
def test_what_another_program_wrote_is_refused(maker: PackMaker, change: Rezip, said: str) -> None:
    assert said in refusal(maker, _rezipped(maker, change))


def test_the_other_program_of_these_tests_can_write_a_pack(maker: PackMaker) -> None:
    """Else the tests above would prove nothing."""
    before = maker.build().read_bytes()
    path = _rezipped(maker, lambda info: None)
    assert path.read_bytes() == before


def test_an_encrypted_entry_is_refused(maker: PackMaker) -> None:
    path = maker.build()
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\3\4", data.index(b"PK\3\4", 4) + 4)  # the first of the words
    data[at + 6] |= 1
    path.write_bytes(data)
    assert "is encrypted" in refusal(maker, path)


def test_something_before_or_after_a_pack_is_refused(maker: PackMaker) -> None:
    path = maker.build()
    data = path.read_bytes()
    path.write_bytes(data + b"#!/bin/sh")
    assert "something stands after its end" in refusal(maker, path)
    path.write_bytes(b"#!/bin/sh\n" + data)
    assert "this is no pack" in refusal(maker, path)


def test_a_file_beside_those_of_the_manifest_is_refused(maker: PackMaker) -> None:
    path = maker.forge(maker.files)
    manifest, signature = _parts(path)
    entries = {MANIFEST: manifest, SIGNATURE: signature, **dict(sorted(maker.files.items()))}
    _write(path, {**entries, f"{INSIDE}/zz.md": b"more"})
    assert "a file that its manifest does not name" in refusal(maker, path)
    _write(path, {MANIFEST: manifest, "evil.sh": b"more", SIGNATURE: signature})
    assert "`evil.sh` stands where `manifest.sig` should" in refusal(maker, path)


def test_an_entry_that_swells_is_refused_before_it_is_read(maker: PackMaker) -> None:
    """Ten bytes in the file, and by its head as many as a disk holds."""
    path = maker.folder / "bomb.zip"
    name = MANIFEST.encode()
    head = struct.pack("<4s5H3L2H", b"PK\3\4", 10, 0, 0, 0, 33, 0, 2**31, 2**31, len(name), 0)
    path.write_bytes(head + name + b"ten bytes.")
    assert f"`{MANIFEST}` has {2**31} bytes, and may have" in refusal(maker, path)


def test_a_zip_inside_a_pack_is_refused(maker: PackMaker) -> None:
    inner = maker.build().read_bytes()
    path = maker.forge({**maker.files, f"{INSIDE}/more.zip": inner})
    assert "more.zip` is nothing that belongs into the pack" in refusal(maker, path)
