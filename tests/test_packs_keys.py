"""Keys and signatures of packs: whose words the kiosk takes."""

import shutil
import stat
from pathlib import Path

import pytest

from kiosk.errors import PackError
from kiosk.packs.keys import PURPOSE, make_keys, sign, signer, trusted_keys
from kiosk.packs.verify import read_pack
from tests.pack_maker import PackMaker


@pytest.fixture
def maker(tmp_path: Path) -> PackMaker:
    return PackMaker(tmp_path)


def refusal(maker: PackMaker, path: Path) -> str:
    with pytest.raises(PackError) as caught:
        read_pack(path, trusted_keys(maker.kiosk.keys_folder))
    assert caught.value.hint
    return str(caught.value)


def test_the_secret_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    secret, public = make_keys(tmp_path / "new" / "trust")
    assert (secret.name, public.name) == ("trust.key", "trust.pub")
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert secret.read_text("ascii").splitlines()[1][15:] not in public.read_text("ascii")


@pytest.mark.parametrize("suffix", ["key", "pub"])
def test_no_key_is_written_over_another(tmp_path: Path, suffix: str) -> None:
    there = tmp_path / f"trust.{suffix}"
    there.write_text("mine")
    with pytest.raises(PackError, match=rf"trust\.{suffix}: there is a key of this name"):
        make_keys(tmp_path / "trust")
    assert there.read_text() == "mine"


def test_a_pack_by_a_stranger_is_refused(maker: PackMaker) -> None:
    maker.key, _ = make_keys(maker.folder / "stranger")
    said = refusal(maker, maker.build())
    assert "signed with a key that is not trusted here" in said
    assert said.endswith("trusted: maker")


def test_a_stranger_who_names_a_trusted_key_is_refused(maker: PackMaker) -> None:
    """The signature says whose it is; that alone is worth nothing."""
    trusted = trusted_keys(maker.kiosk.keys_folder)
    stranger, _ = make_keys(maker.folder / "stranger")
    by_stranger = sign(b"manifest", stranger).split()
    as_maker = b" ".join([by_stranger[0], next(iter(trusted)).encode(), by_stranger[2]]) + b"\n"
    with pytest.raises(PackError, match="is not what was signed"):
        signer(b"manifest", as_maker, trusted, Path("x.zip"))


def test_a_signature_for_another_purpose_is_refused(maker: PackMaker) -> None:
    trusted = trusted_keys(maker.kiosk.keys_folder)
    assert signer(b"m", sign(b"m", maker.key), trusted, Path("x.zip")) == "maker"
    with pytest.raises(PackError, match="is not what was signed"):
        signer(PURPOSE + b"m", sign(b"m", maker.key), trusted, Path("x.zip"))


@pytest.mark.parametrize("signature", [b"", b"ed25519", b"ed25519 " + b"0" * 193, b"\xff" * 202])
def test_a_signature_of_another_form_is_refused(maker: PackMaker, signature: bytes) -> None:
    trusted = trusted_keys(maker.kiosk.keys_folder)
    with pytest.raises(PackError, match=r"x\.zip: manifest\.sig is damaged"):
        signer(b"m", signature, trusted, Path("x.zip"))


def test_the_next_key_may_stand_beside_the_last(maker: PackMaker) -> None:
    shutil.move(make_keys(maker.folder / "next")[1], maker.kiosk.keys_folder)
    trusted = trusted_keys(maker.kiosk.keys_folder)
    assert read_pack(maker.build(), trusted).signed_by == "maker"
    maker.key = maker.folder / "next.key"
    assert read_pack(maker.build(), trusted).signed_by == "next"


def test_without_a_trusted_key_no_pack_is_taken(maker: PackMaker) -> None:
    path = maker.build()
    (maker.kiosk.keys_folder / "maker.pub").unlink()
    assert f"{maker.kiosk.keys_folder}: no key is trusted" in refusal(maker, path)
    maker.kiosk.keys_folder.rmdir()
    assert "no key is trusted" in refusal(maker, path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this is no public key"),
        ("# only a note", "this is no public key"),
        ("ed25519-public:12", "this is no public key"),
        ("ed25519-public:" + "g" * 64, "this is no public key"),
        ("ssh-ed25519 AAAA", "this is no public key"),
        (f"ed25519-public:{'0' * 64}\ned25519-public:{'1' * 64}", "this is no public key"),
        ("ed25519-secret:" + "0" * 64, "a secret key lies among the public ones"),
        ("clé", "the key cannot be read"),
    ],
)
def test_a_trusted_key_that_is_none_is_told(maker: PackMaker, text: str, said: str) -> None:
    path = maker.build()
    (maker.kiosk.keys_folder / "other.pub").write_text(text, "utf-8")
    assert f"other.pub: {said}" in refusal(maker, path)


def test_a_key_that_cannot_sign_is_told(maker: PackMaker) -> None:
    maker.key = maker.folder / "maker.pub"
    with pytest.raises(PackError, match=r"maker\.pub: this is no secret key"):
        maker.build()
    maker.key = maker.folder / "nothing.key"
    with pytest.raises(PackError, match=r"nothing\.key: the key cannot be read"):
        maker.build()
