"""What follows from a clinic's settings: the browser's policy, the screen, the firewall."""

import json
from pathlib import Path

import pytest

from kiosk.settings import Settings
from tests.deploy.tool import load

files = load("clinic_files")


def settings(**printer: str) -> Settings:
    return Settings.model_validate({"port": 8099, "printer": printer})


def test_the_browser_may_go_to_the_kiosk_s_own_address_alone(tmp_path: Path) -> None:
    files.write(settings(), tmp_path)
    policy = json.loads((tmp_path / files.POLICY).read_text("utf-8"))
    # “*” alone leaves Chromium's own pages open.
    assert {"*", "chrome://*", "devtools://*"} <= set(policy["URLBlocklist"])
    assert policy["URLAllowlist"] == ["http://127.0.0.1:8099"]
    assert "KIOSK_URL" not in (tmp_path / files.POLICY).read_text("utf-8")


def test_the_screen_looks_where_the_policy_lets_it(tmp_path: Path) -> None:
    files.write(settings(), tmp_path)
    assert "\nKIOSK_URL=http://127.0.0.1:8099\n" in (tmp_path / files.SCREEN).read_text("utf-8")


def test_what_staff_wrote_for_the_screen_stays(tmp_path: Path) -> None:
    screen = tmp_path / files.SCREEN
    screen.parent.mkdir(parents=True)
    screen.write_text("KIOSK_CAGE=-r\nKIOSK_URL=http://127.0.0.1:1\n")
    files.write(settings(), tmp_path)
    assert screen.read_text("utf-8") == "KIOSK_CAGE=-r\nKIOSK_URL=http://127.0.0.1:8099\n"


def test_only_the_printer_s_own_address_is_reached(tmp_path: Path) -> None:
    printer = {"queue": "ipp://192.0.2.10/ipp/print", "device": "ipps://[2001:db8::7]:631/ipp"}
    files.write(settings(**printer), tmp_path)
    assert (tmp_path / files.PRINTER).read_text("utf-8") == (
        "[Service]\nIPAddressAllow=192.0.2.10\nIPAddressAllow=2001:db8::7\n"
    )


def test_a_printer_that_is_gone_is_no_longer_reached(tmp_path: Path) -> None:
    files.write(settings(queue="ipp://192.0.2.10/ipp/print"), tmp_path)
    files.write(settings(queue="leaflet"), tmp_path)
    assert not (tmp_path / files.PRINTER).exists()


def test_a_printer_given_by_name_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = tmp_path / "kiosk.toml"
    toml.write_text('[printer]\nqueue = "ipp://printer.clinic.example/ipp/print"\n')
    assert files.main([str(toml), str(tmp_path)]) == 0
    assert "printer.clinic.example" in capsys.readouterr().err


def test_settings_that_cannot_be_used_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = tmp_path / "kiosk.toml"
    toml.write_text("port = 99999\n")
    assert files.main([str(toml), str(tmp_path)]) == 1
    assert "port" in capsys.readouterr().err
    assert not (tmp_path / files.POLICY).exists()


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080"),
        ("localhost", "http://127.0.0.1:8080"),
        ("0.0.0.0", "http://127.0.0.1:8080"),
        ("::1", "http://[::1]:8080"),
        ("192.0.2.5", "http://192.0.2.5:8080"),
    ],
)
def test_the_screen_is_on_this_machine(host: str, address: str) -> None:
    assert files.own_address(Settings(host=host)) == address
