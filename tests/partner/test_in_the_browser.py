"""How the partner side looks to axe and on a telephone, and that it works without JavaScript."""

import pytest

from tests.browser import NARROW, axe, overflow
from tests.partner.test_deliveries import DORA, deliver

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1366, NARROW])
def test_the_pages_are_accessible_and_fit(browse, width):
    dora = browse(DORA, width=width)
    page = dora.open("/partner/")
    assert axe(page) == [] and overflow(page) <= 0
    deliver(DORA, content={"Name": "Şahin, Ayşe", "Anliegen": "Verlängerung der Aufenthaltserlaubnis vor dem 01.02.2027"})
    page.reload()
    assert axe(page) == [] and overflow(page) <= 0
    page.get_by_role("link", name="Termin für Muster").click()
    assert axe(page) == [] and overflow(page) <= 0
    assert dora.trouble == []


def test_a_delivery_is_taken_to_the_file_without_javascript(browse):
    deliver(DORA)
    page = browse(DORA, script=False).open("/partner/")
    page.get_by_role("link", name="Termin für Muster").click()
    page.get_by_role("button", name="Zur Akte nehmen").click()
    page.get_by_text("Die Zustellung ist zur Akte genommen.").wait_for()
