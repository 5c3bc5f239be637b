"""What the invented mother takes along: some of her own words in Arabic, one worded anew; the first words were reviewed."""

from datetime import date, datetime

from faden.cases.models import Case
from faden.chains.models import Goal
from faden.documents.actions import translations, words
from faden.documents.queries.words import shipped
from faden.documents.rules.take_along_paper import seal
from faden.kernel.actor import Actor
from faden.persons.models import Person

LANGUAGE = "ar"
# German in the file, on the paper, in Arabic.
_SAID = (
    ("Ich besuche einen Deutschkurs", "Ich besuche einen Deutschkurs.", "أتعلم اللغة الألمانية في دورة."),
    ("Wir wohnen in einer eigenen Wohnung", "", "نسكن في شقة خاصة بنا من ثلاث غرف."),
    ("Später arbeite ich wieder als Schneiderin", "", "سأعمل لاحقًا خيّاطة من جديد."),
)
_REVIEWED = ("sheet.title", "sheet.goals", "sheet.steps", "sheet.dates", "sheet.bring", "sheet.contact")


def run(case: Case, mother: Person, *, by: Actor, today: date, now: datetime) -> None:
    """Texts of the plan as they are; without the plan there is nothing to translate."""
    goals = Goal.objects.filter(plan__case=case, plan__person=mother, confidential=False)
    found = [
        translations.Worded(goal.id, goal.words, paper or goal.words, arabic, (mother.id,))
        for goal in goals
        for begins, paper, arabic in _SAID
        if goal.words.startswith(begins)
    ]
    translations.keep(case, found, language=LANGUAGE, confidential=False, seen=seal({}), by=by, at=now)
    texts = [words.Wanted(code, shipped(LANGUAGE)[code], shipped(LANGUAGE)[code]) for code in _REVIEWED]
    words.review(LANGUAGE, texts, reviewed_by="Salma Testin, Sprachmittlerpool", reviewed_on=today, by=by, on=today, at=now)
