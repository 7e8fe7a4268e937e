"""The web over a printer whose paper and clock belong to the test."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk.printing.jobs import Quota
from kiosk.printing.service import PrintService
from kiosk.services import Services
from kiosk.web import create_app
from tests.page_rules import check_page
from tests.paper_tray import FakeClock, PaperTray
from tests.print_pages.visitor import Look


@pytest.fixture
def tray() -> PaperTray:
    return PaperTray(FakeClock())


@pytest.fixture
def printing(tray: PaperTray) -> PrintService:
    return PrintService(tray, Quota(visit=2, hour=9, day=9), tray.clock)


@pytest.fixture
def client(services: Services, printing: PrintService) -> FlaskClient:
    return create_app(replace(services, printing=printing)).test_client()


@pytest.fixture
def look(client: FlaskClient, services: Services) -> Look:
    def fetch(path: str) -> html.HtmlElement:
        with client.get(path) as response:
            assert response.status_code == 200
            return check_page(response, services.catalogue.phrases.lang)

    return fetch
