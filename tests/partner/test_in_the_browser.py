"""How the partner side looks to axe and on a telephone, and that it works without JavaScript."""

import pytest

from tests.browser import NARROW, axe, overflow
from tests.partner.test_deliveries import DORA, deliver
from tests.referrals.sending import school, sent_to

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
    page.get_by_role("link", name="Was das heißt, und zur Akte nehmen").click()
    page.get_by_role("button", name="Zur Akte nehmen").click()
    page.get_by_text("Die Zustellung ist zur Akte genommen.").wait_for()


@pytest.mark.parametrize(("script", "width", "language"), [(True, NARROW, "de"), (False, 1366, "de"), (True, NARROW, "en")])
def test_a_link_is_opened_and_answered_by_somebody_without_an_account(browse, script, width, language):
    """On a telephone, without JavaScript, in English: code, content, answer."""
    sent = sent_to(school())
    nobody = browse(script=script, width=width, language=language)
    page = nobody.open(sent.address)
    assert "Muster" not in page.content()
    if script:
        assert axe(page) == [] and overflow(page) <= 0
    page.locator("input[name=code]").fill("1 2 3 4")
    page.locator("main form button").first.click()
    assert "Muster" not in page.content()
    page.locator("input[name=code]").fill(f"{sent.code[:4]} {sent.code[4:]}")
    page.locator("main form button").first.click()
    page.get_by_text("0151 000 111").wait_for()
    if script:
        assert axe(page) == [] and overflow(page) <= 0
    page.locator("input[name=kind][value=accepted]").check()
    page.locator("textarea[name=words]").fill("Raum 12")
    page.locator("#antwort form button[type=submit]").click()
    page.get_by_role("status").first.wait_for()
    the_reply_was_taken()
    assert sent.answers() == [("accepted", "link")]


def the_reply_was_taken() -> None:
    """What was queued for it is done; the worker itself cannot run beside a browser."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from faden.jobs.deliveries import replied

    for args in list(ProcrastinateJob.objects.filter(task_name="releases.replied").values_list("args", flat=True)):
        replied(**args)
