"""Takes all chapters, or the named ones."""

import sys

from config.pictures.camera import FOLDER, PictureProblem, Studio, chromium, too_large
from config.pictures.chapters import CHAPTERS


def take_all(studio: Studio, names: list[str]) -> None:
    """All chapters, or the named ones."""
    from playwright.sync_api import Error  # noqa: PLC0415 -- only in the dev environment

    for chapter in CHAPTERS:
        if names and chapter.__name__ not in names:
            continue
        try:
            chapter(studio)
        except (PictureProblem, Error) as problem:
            studio.troubles.append(f"{chapter.__name__}: {str(problem).splitlines()[0]}")


def main(names: list[str]) -> int:
    """The names of chapters, all when none is given; 1 if a picture is missing or too large."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    troubles: list[str] = []
    try:
        with chromium() as browser:
            studio = Studio(browser)
            take_all(studio, names)
            troubles = studio.troubles
    except PictureProblem as problem:
        troubles = [str(problem)]
    for trouble in [*troubles, *(f"too large: {line}" for line in too_large(FOLDER))]:
        print(f"make pictures: {trouble}", file=sys.stderr)
    return 1 if troubles or too_large(FOLDER) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
