"""All paths, in the order of the page: what Baustein III is for comes first."""

from faden.law.paths import (
    p9,
    p9a,
    p16g_60c,
    p18,
    p18c,
    p19d,
    p24,
    p25a,
    p25b,
    p26,
    p28,
    p35,
    p44,
    p60d,
    p104c,
    pstag4,
    pstag9,
    pstag10,
)

PATHS = (
    p25b.PERSON, p25b.FAMILY, p25b.AFTER_60D, p25a.YOUNG, p25a.RELATIVES,
    pstag10.PERSON, pstag10.FAMILY, pstag9.SPOUSE, pstag4.CHILD,
    p104c.CHANCE, p16g_60c.TITLE, p16g_60c.DULDUNG, p60d.WORKER,
    p19d.WORKER,
    p18c.SETTLED,
    p18.VOCATIONAL, p18.ACADEMIC, p18.BLUE_CARD,
    p26.REFUGEE, p26.OTHERS, p9.PERSON, p9a.PERSON,
    p28.FAMILY, p35.CHILD, p24.TEMPORARY,
    p44.COURSE,
)  # fmt: skip
