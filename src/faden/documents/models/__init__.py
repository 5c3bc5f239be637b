from faden.documents.models.decision import Decision
from faden.documents.models.form import PrintedForm
from faden.documents.models.letter import Letter, LetterTemplate
from faden.documents.models.paper import PageImage, Paper, StoredFile
from faden.documents.models.words import ReviewedWords, WorkerTranslation

__all__ = [
    "Decision",
    "Letter",
    "LetterTemplate",
    "PageImage",
    "Paper",
    "PrintedForm",
    "ReviewedWords",
    "StoredFile",
    "WorkerTranslation",
]
