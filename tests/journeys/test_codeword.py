"""Three contacts under a Kennwort, then a name; another matter loses its text and is still counted."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser import sign_in
from tests.desk_client import actor_of
from tests.journeys import first_day as day

pytestmark = pytest.mark.browser

SAID = (
    "Hat Angst um ihren Aufenthalt.",
    "Der Brief kam am Montag.",
    "Möchte jetzt mit Namen beraten werden.",
)
NAMES = "input[name=family], input[name=given], input[name=name], input[name=native], input[type=search]"


def no_name_is_asked(page):
    """Nothing on the page itself asks for a name or searches by one."""
    assert day.main(page).locator(NAMES).count() == 0
    assert day.main(page).locator("[hx-post], a[href*='/suche/']").count() == 0


def first_contact(page, text):
    """An inquiry that gets a Kennwort; returns the word."""
    day.press(page, "Anfrage aufnehmen")
    no_name_is_asked(page)
    page.get_by_label("Notiz").fill(text)
    day.press(page, "Anfrage speichern")
    no_name_is_asked(page)
    day.press(page, "Kennwort vergeben")
    no_name_is_asked(page)
    day.press(page, "Kennwort vergeben")
    day.told(page, "Das Kennwort ist vergeben.")
    no_name_is_asked(page)
    return page.get_by_role("heading", level=1).inner_text()


def come_again(page, amal, word, text):
    """She says her word at the door; no name, no search."""
    amal.go(page, "/anfragen/")
    no_name_is_asked(page)
    day.press(page, "Kennwort eingeben")
    no_name_is_asked(page)
    page.get_by_label("Kennwort").fill(word.lower().replace("-", " "))
    day.press(page, "Öffnen")
    no_name_is_asked(page)
    day.press(page, "Weiterer Kontakt")
    no_name_is_asked(page)
    page.get_by_label("Notiz").fill(text)
    day.press(page, "Anfrage speichern")
    day.told(page, "Die Anfrage ist notiert.")
    no_name_is_asked(page)


def test_at_the_third_contact_she_agrees_to_be_named(browse):
    amal = browse()
    page = amal.open("/")
    sign_in(page, day.AMAL)
    word = first_contact(page, SAID[0])
    come_again(page, amal, word, SAID[1])
    come_again(page, amal, word, SAID[2])
    expect(day.main(page)).to_contain_text("3 Kontakte")
    day.press(page, "Mit Namen weiter")
    expect(day.main(page)).to_contain_text(f"Kennwort {word}")
    expect(day.main(page)).to_contain_text("Auszuhändigen:")
    page.get_by_label("Familienname").fill("Haddad")
    day.fill_agreement(page)
    day.press(page, "Fall eröffnen")
    day.told(page, "Der Fall ist eröffnet.")
    expect(day.main(page)).to_contain_text("Haddad")
    for text in SAID:
        expect(page.locator(day.IN_THE_TIMELINE, has_text=text)).to_have_count(1)
    agreement_is_kept()
    amal.go(page, "/kennwort/")
    page.get_by_label("Kennwort").fill(word)
    day.press(page, "Öffnen")
    expect(day.main(page).get_by_role("link", name="AH-")).to_be_visible()
    expect(day.main(page).get_by_role("link", name="Weiterer Kontakt")).to_have_count(0)


def agreement_is_kept():
    """The handed-out information and the agreement stand with version, language and day."""
    from faden.consents.models import CounsellingAgreement, InformationHandedOut
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(day.AMAL), write=False):
        [information], [agreement] = InformationHandedOut.objects.all(), CounsellingAgreement.objects.all()
    assert (information.language, information.handed_on) == ("de", clock.today())
    assert information.text_version and agreement.legal_basis and agreement.to_documentation


def test_an_anonymous_matter_loses_its_text_and_is_still_counted(browse):
    from faden.kernel import clock

    amal = browse(day.AMAL)
    page = amal.open("/anfragen/")
    word = first_contact(page, "Kommt vielleicht wieder.")
    assert night() == 0
    clock.set_forward(89)
    assert night() == 0
    clock.set_forward(91)
    assert night() == 1
    sign_in_again = browse(day.AMAL)
    page = sign_in_again.open("/kennwort/")
    page.get_by_label("Kennwort").fill(word)
    day.press(page, "Öffnen")
    expect(day.main(page)).to_contain_text("1 Kontakt")
    expect(day.main(page)).to_contain_text("Der Text wurde am")
    assert "Kommt vielleicht wieder" not in page.content()
    assert counted() == {"open": 1}


def night():
    """What the nightly run does about texts; how many went."""
    from faden.cases.actions.inquiries import forget_texts
    from faden.kernel import clock
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    by = Actor.system(actor_of(day.AMAL).organisation_id)
    with opened_for(by, write=True):
        return forget_texts(by=by, on=clock.today(), at=clock.now())


def counted():
    from faden.cases.queries.inquiries import count_between
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(day.AMAL), write=False):
        return count_between(clock.today() - timedelta(days=120), clock.today())
