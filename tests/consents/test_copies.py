"""The recipient's copy and the link: what is decided when, and what counts no more."""

from datetime import timedelta

import pytest
from tests.case_making import acting, open_a_case
from tests.cast import AMAL, DORA
from tests.desk_client import actor_of, membership_of
from tests.referrals.sending import link_row, school, sent_to
from tests.releasing import consented, released, withdrawn

from faden.kernel import clock
from faden.kernel.errors import Invalid, NotFound
from faden.kernel.rls import opened_for


@pytest.fixture
def told(own_database):
    """A copy in the office's inbox, and the consent under it."""
    case, office = open_a_case(AMAL.email), membership_of(DORA.email).organisation
    with acting(AMAL.email) as by:
        consent = consented(case.person, office, by=by)
        return consent, released(consent, by=by)


def there(verb, *arguments, **more):
    """At the office."""
    from faden.consents.actions import releases

    by = actor_of(DORA.email)
    with opened_for(by, write=True):
        return getattr(releases, verb)(*arguments, **more, by=by, at=clock.now())


def copy_of(release):
    from faden.consents.models import Delivery

    with opened_for(actor_of(DORA.email), write=False):
        return Delivery.objects.get(id=release.delivery_id)


def decide(release, decision, words=""):
    from faden.consents.vocabulary import Erasure

    there("decide_erasure", release.delivery_id, Erasure(decision), words=words)


def test_on_erasure_is_decided_after_the_end_and_not_before(told):
    consent, release = told
    there("take_to_file", release.delivery_id)
    with pytest.raises(NotFound):
        decide(release, "erased")
    assert copy_of(release).content
    with acting(AMAL.email) as by:
        withdrawn(consent, by=by)
    with pytest.raises(Invalid) as refused:
        decide(release, "kept")
    assert refused.value.field == "words"
    decide(release, "kept", "Aufbewahrung bis 2030 nach Vorschrift")
    assert copy_of(release).content
    decide(release, "erased")
    assert copy_of(release).content is None


def test_what_has_ended_is_taken_to_no_file(told):
    consent, release = told
    with acting(AMAL.email) as by:
        withdrawn(consent, by=by)
    with pytest.raises(NotFound):
        there("take_to_file", release.delivery_id)


def test_a_new_code_begins_the_tries_anew(own_database):
    from faden.consents.actions import links

    sent = sent_to(school())
    with acting(AMAL.email):
        row = link_row_here(sent)
        row.wrong_codes = 4
        row.save(update_fields=["wrong_codes"])
    with acting(AMAL.email) as by:
        code = links.renew_code(link_row_here(sent), by=by, at=clock.now())
    assert link_row(sent).wrong_codes == 0 and code != sent.code


def link_row_here(sent):
    from faden.consents.models import LinkDelivery

    return LinkDelivery.objects.get(id=sent.release.delivery_id)


@pytest.mark.parametrize(("days", "outcome"), [(13, "ended"), (15, "over")])
def test_a_link_that_ran_out_was_over_before_the_end(own_database, days, outcome):
    """The client's receipt says what was fetched back, and not more."""
    from faden.consents.actions import releases
    from faden.consents.models import Release
    from faden.consents.vocabulary import ReleaseEnd

    sent = sent_to(school())
    with acting(AMAL.email) as by:
        release = Release.objects.get(id=sent.release.id)
        assert releases.end(release, ReleaseEnd.RECALLED, by=by, at=clock.now() + timedelta(days=days)) == outcome
