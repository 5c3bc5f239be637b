from django.db import migrations

from faden.kernel.operations import ForEachService, GuardKey, GuardTable

# What was a file of a case becomes a paper with one page; it keeps its id, so the timeline still finds it.
PAPERS_OF_FILES = """
INSERT INTO documents_paper (id, organisation_id, case_id, persons, confidential, kind, title, issuer,
    received_how, original, original_where, noted_at, noted_by, version)
SELECT id, organisation_id, case_id, persons, confidential, 'other', name, '', '', '', '', stored_at, stored_by, 1
  FROM documents_storedfile
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0005_papers"),
        ("cases", "0011_guards"),
        ("consents", "0005_guards"),
    ]

    operations = [
        GuardTable("paper"),
        GuardTable("pageimage"),
        GuardTable("decision"),
        GuardTable("printedform"),
        GuardTable("lettertemplate"),
        GuardTable("letter"),
        GuardTable("reviewedwords"),
        GuardTable("workertranslation"),
        GuardKey("storedfile", "paper"),
        GuardKey("storedfile", "lies_with"),
        ForEachService(PAPERS_OF_FILES),
        ForEachService("UPDATE documents_storedfile SET paper_id = id"),
    ]
