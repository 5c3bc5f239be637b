"""Word templates of an office: looked through before they are taken, filled without running anything of theirs."""

from faden.outside.word.limits import examined, filled, words_of
from faden.outside.word.problems import Known, NotTaken, Problem

__all__ = ["Known", "NotTaken", "Problem", "examined", "filled", "words_of"]
