"""What a manifest may say; the rules hold even where the signature is good."""

import json
from pathlib import Path

import pytest

from kiosk.errors import PackError
from kiosk.installed import version_key
from kiosk.packs.keys import trusted_keys
from kiosk.packs.manifest import (
    MOST_FILE,
    MOST_FILES,
    MOST_MANIFEST,
    MOST_TOTAL,
    name_fault,
)
from kiosk.packs.verify import read_pack
from tests.pack_maker import INSIDE, SUBJECT, PackMaker

KEY = "0123456789abcdef" * 2 + "01234567"
ZERO = "0" * 64


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> PackMaker:
    return PackMaker(tmp_path_factory.mktemp("maker"))


def refusal(maker: PackMaker, path: Path) -> str:
    with pytest.raises(PackError) as caught:
        read_pack(path, trusted_keys(maker.kiosk.keys_folder))
    assert str(path) in str(caught.value)
    assert caught.value.hint
    return str(caught.value)


@pytest.mark.parametrize(
    "name",
    [
        f"{INSIDE}/pack.yaml",
        f"{INSIDE}/en-GB/wash-well.md",
        f"{INSIDE}/en-GB/Step_2.md",
        f"speech/{KEY}.ogg",
        f"speech/{KEY}.json",
        f"leaflets/{KEY}.pdf",
    ],
)
def test_the_names_of_a_pack_are_taken(name: str) -> None:
    assert name_fault(name, SUBJECT) == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("/etc/cron.d/job.md", "begins at the root"),
        ("\\\\server\\share.md", "begins at the root"),
        ("C:/windows/x.md", "begins at the root"),
        ("C:x.md", "begins at the root"),
        ("../x.md", "leads out of its folder"),
        (f"{INSIDE}/../../../x.md", "leads out of its folder"),
        (f"{INSIDE}/..", "leads out of its folder"),
        (f"{INSIDE}/..\\x.md", "has a backslash"),
        (f"{INSIDE}/en-GB/wash\u2010well.md", "has a letter that is not plain"),
        (f"{INSIDE}/en-GB/ｗash.md", "has a letter that is not plain"),
        (f"{INSIDE}/en-GB/cafe\u0301.md", "has a letter that is not plain"),
        (f"{INSIDE}/en-GB/\u202edm.x.md", "has a letter that is not plain"),
        (f"{INSIDE}/en-GB/x\0.md", "has a letter that is not plain"),
        (f"{INSIDE}/en-GB/x\n.md", "has a letter that is not plain"),
        (f"{INSIDE}/{'x' * 200}.md", "is too long"),
        (f"{INSIDE}/a/b/c/d/e/f.md", "is too long"),
        (f"{INSIDE}/con.md", "is a device"),
        (f"{INSIDE}/en-GB/LPT1.md", "is a device"),
        (f"{INSIDE}/NUL/x.md", "is a device"),
        (f"{INSIDE}/.git.md", "is hidden"),
        (f"{INSIDE}/.ssh/x.md", "is hidden"),
        (f"{INSIDE}//x.md", "is not a plain name"),
        (f"{INSIDE}/./x.md", "is hidden"),
        (f"{INSIDE}/x.md ", "is not a plain name"),
        (f"{INSIDE}/x.md.", "is not a plain name"),
        (f"{INSIDE}/x y.md", "is not a plain name"),
        (f"{INSIDE}/-rf.md", "is not a plain name"),
        (f"{INSIDE}/x.md:stream", "is not a plain name"),
        (f"{INSIDE}/x", "is not a plain name"),
        (f"{INSIDE}/x.py", "is nothing that belongs"),
        (f"{INSIDE}/x.sh", "is nothing that belongs"),
        (f"{INSIDE}/x.zip", "is nothing that belongs"),
        ("content/leg-cramps/pack.yaml", "is nothing that belongs"),
        ("content/phrases/en-GB.yaml", "is nothing that belongs"),
        ("content/hand-washing-2/pack.yaml", "is nothing that belongs"),
        ("speech/short.ogg", "is nothing that belongs"),
        (f"speech/{KEY}.pdf", "is nothing that belongs"),
        (f"speech/ab/{KEY}.ogg", "is nothing that belongs"),
        (f"leaflets/{KEY}.ogg", "is nothing that belongs"),
        (f"leaflets/{KEY}.last", "is nothing that belongs"),
        ("reviews/hand-washing/wash-well.yaml", "is nothing that belongs"),
        ("manifest.json", "is nothing that belongs"),
        ("", "is not a plain name"),
    ],
)
def test_a_name_that_plays_a_trick_is_refused_though_it_is_signed(
    maker: PackMaker, name: str, said: str
) -> None:
    assert said in name_fault(name, SUBJECT)
    files = maker.files
    listed = {name: {"size": 1, "sha256": ZERO}, f"{INSIDE}/pack.yaml": {"size": 1, "sha256": ZERO}}
    assert said in refusal(maker, maker.forge(files, files=listed))


def test_two_names_that_one_disk_takes_for_the_same_are_refused(maker: PackMaker) -> None:
    one, other = f"{INSIDE}/en-GB/wash-well.md", f"{INSIDE}/en-GB/Wash-Well.md"
    path = maker.forge({**maker.files, other: maker.files[one]})
    assert "are one file on some machines" in refusal(maker, path)


def test_a_name_that_stands_twice_is_refused(maker: PackMaker) -> None:
    manifest = b'{"format": 1, "pack": "x", "pack": "hand-washing", "version": "1", "files": {}}'
    assert "it names `pack` twice" in refusal(maker, maker.signed(manifest, {}))


def listed(maker: PackMaker, *sizes: int) -> Path:
    """A pack whose manifest promises files of these sizes."""
    files = {f"{INSIDE}/f{at}.md": {"size": size, "sha256": ZERO} for at, size in enumerate(sizes)}
    files[f"{INSIDE}/pack.yaml"] = {"size": 1, "sha256": ZERO}
    return maker.forge({}, files=files)


def test_too_many_files_are_refused(maker: PackMaker) -> None:
    assert f"may name {MOST_FILES}" in refusal(maker, listed(maker, *[1] * MOST_FILES))


def test_a_file_too_large_is_refused(maker: PackMaker) -> None:
    assert f"may have {MOST_FILE}" in refusal(maker, listed(maker, MOST_FILE + 1))


def test_too_much_in_all_is_refused(maker: PackMaker) -> None:
    sizes = [MOST_FILE] * (MOST_TOTAL // MOST_FILE) + [1]
    assert f"may unpack to {MOST_TOTAL}" in refusal(maker, listed(maker, *sizes))


def test_a_manifest_too_large_is_refused(maker: PackMaker) -> None:
    path = maker.signed(b" " * (MOST_MANIFEST + 1), {})
    assert f"may have {MOST_MANIFEST}" in refusal(maker, path)


def test_a_pack_without_a_pack_yaml_is_refused(maker: PackMaker) -> None:
    files = {name: data for name, data in maker.files.items() if not name.endswith("pack.yaml")}
    assert "it has no content/hand-washing/pack.yaml" in refusal(maker, maker.forge(files))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"format": 2}, "`format`"),
        ({"pack": "../hand-washing"}, "`pack`"),
        ({"pack": "Hand-Washing"}, "`pack`"),
        ({"pack": 3}, "`pack`"),
        ({"version": "new"}, "`version`"),
        ({"version": "1/../2"}, "`version`"),
        ({"version": "1\n"}, "`version`"),
        ({"version": 2026.11}, "`version`"),
        ({"files": []}, "`files`"),
        ({"more": 1}, "`more`"),
        ({"files": {"x": {"size": -1, "sha256": ZERO}}}, "`files.x.size`"),
        ({"files": {"x": {"size": 1, "sha256": "0"}}}, "`files.x.sha256`"),
    ],
)
def test_a_manifest_of_another_form_is_refused(
    maker: PackMaker, changed: dict[str, object], said: str
) -> None:
    found = refusal(maker, maker.forge({}, **changed))
    assert f"manifest.json cannot be used ({said}" in found


@pytest.mark.parametrize("manifest", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000, b"3"])
def test_a_manifest_that_is_none_is_refused(maker: PackMaker, manifest: bytes) -> None:
    assert "manifest.json cannot be used" in refusal(maker, maker.signed(manifest, {}))


def test_what_a_file_has_beyond_its_promise_is_not_read(maker: PackMaker) -> None:
    path = maker.forge({f"{INSIDE}/pack.yaml": b"x" * 10_000})
    data = json.dumps(
        {
            "format": 1,
            "pack": SUBJECT,
            "version": "1",
            "files": {f"{INSIDE}/pack.yaml": {"size": 5, "sha256": ZERO}},
        }
    ).encode()
    path = maker.signed(data, {f"{INSIDE}/pack.yaml": b"x" * 10_000})
    assert "has 10000 bytes, and by its manifest 5" in refusal(maker, path)


def test_versions_are_compared_as_numbers() -> None:
    names = ["1", "1.1", "2026.9", "2026.10", "2026.11", "2026.11.1", "2027.1"]
    assert sorted(set(names), key=version_key) == names
    assert version_key("2026.11") == version_key("2026.11.0") == version_key("2026.011")
    assert version_key("new") == version_key("") == ()
