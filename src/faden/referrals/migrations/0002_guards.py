from django.db import migrations

from faden.kernel.operations import GuardTable
from faden.referrals.migrations._sql import REQUEST

# Whom a row refers to comes before it.
TABLES = (
    "referral", "referralchange", "sending", "answer", "assignment", "givenanswer", "sentrequest", "incomingrequest",
    "casetransfer", "transferrelease", "loosepart", "takenover", "conference", "participant", "hearing", "conferencepoint",
    "casepresentation",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_referrals")]

    operations = [*(GuardTable(name) for name in TABLES), migrations.RunSQL(REQUEST)]
