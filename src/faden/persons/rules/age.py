"""Ages in whole years; who is born on 29 February comes of age on 1 March (§§ 187, 188 BGB)."""

from datetime import date

OF_AGE = 18


def eighteen_years_before(day: date) -> date:
    """Who was born on this day or earlier is of age on `day`."""
    try:
        return day.replace(year=day.year - OF_AGE)
    except ValueError:
        # 29 February, and 18 years before had none: who was born on the 28th is of age, the 1st of March is not.
        return date(day.year - OF_AGE, 2, 28)


def is_of_age(born: date, *, on: date) -> bool:
    """Whether somebody born on this day is 18 or older."""
    return born <= eighteen_years_before(on)


def comes_of_age_on(born: date) -> date:
    """The day from which somebody born on this day is of age."""
    try:
        return born.replace(year=born.year + OF_AGE)
    except ValueError:
        return date(born.year + OF_AGE, 3, 1)


def years(born: date, *, on: date) -> int:
    """Age in whole years, 0 before the first birthday."""
    had_birthday = (on.month, on.day) >= (born.month, born.day)
    return max(0, on.year - born.year - (0 if had_birthday else 1))


