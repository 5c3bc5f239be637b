"""What must never stand in the sources: inline style, inline script, colours that are not KERN's."""

import re
from pathlib import Path

LOOK = Path(__file__).parents[2] / "src" / "faden" / "look"
TEMPLATES = sorted((LOOK / "templates").rglob("*.html"))
STYLES = sorted((LOOK / "static" / "look").glob("*.css"))
KERN = (LOOK / "static" / "vendor" / "kern" / "kern.min.css").read_text("utf-8")
FORBIDDEN = {
    "style": r"\sstyle\s*=|<style",
    "script": r"\son[a-z]+\s*=|hx-on|javascript:|[\"']js:|<script(?![^>]*\ssrc=)",
    "trigger filter": r"hx-trigger=\"[^\"]*\[",
    "other host": r"(src|href)=\"(https?:)?//",
}


def test_templates_hold_neither_style_nor_script() -> None:
    found = [
        (path.name, what)
        for path in TEMPLATES
        for what, pattern in FORBIDDEN.items()
        if re.search(pattern, path.read_text("utf-8"))
    ]
    assert found == []


def test_what_is_wrong_stands_once_above_a_form() -> None:
    """A whole form brings its summary along: with a second one both take the focus, and a screen reader says all twice."""
    files = LOOK.parent.rglob("templates/**/*.html")
    texts = {str(path.relative_to(LOOK.parent)): path.read_text("utf-8") for path in files}
    found = [
        (name, form)
        for name, text in texts.items()
        for form in re.findall(r'<c-error-summary :form="(\w+)"', text)
        if re.search(r"\{\{ " + form + r" \}\}", text)
    ]
    assert len(texts) > len(TEMPLATES)
    assert found == []
    assert [name for name, text in texts.items() if "non_field_errors" in text] == [
        "look/templates/look/forms/error_summary.html"
    ]


def test_every_icon_is_drawn() -> None:
    """A name nobody drew is a plain square."""
    drawn = set(re.findall(r"\.kern-icon--([\w-]+)", KERN + "".join(path.read_text("utf-8") for path in STYLES)))
    used = {
        (path.name, name)
        for path in LOOK.parent.rglob("templates/**/*.html")
        for name in re.findall(r'(?:icon|c-icon name)="([a-z-]+)"', path.read_text("utf-8"))
    }
    assert len(used) > 50
    assert [one for one in sorted(used) if one[1] not in drawn] == []


def test_templates_are_short() -> None:
    assert [path.name for path in TEMPLATES if path.read_text("utf-8").count("\n") > 150] == []


def test_every_token_exists_in_kern() -> None:
    known = set(re.findall(r"(--kern-[\w-]+):", KERN))
    used = {name for path in STYLES for name in re.findall(r"var\((--kern-[\w-]+)", path.read_text("utf-8"))}
    assert used - known == set()


def test_colours_come_from_kern_only() -> None:
    literal = re.compile(r"#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(", re.IGNORECASE)
    found = [
        (path.name, line.strip()[:80])
        for path in STYLES
        for line in re.sub(r'url\("data:[^"]*"\)', "", path.read_text("utf-8")).splitlines()
        if literal.search(line)
    ]
    assert found == []


def test_directions_are_logical() -> None:
    """Never left or right, so that Arabic and Farsi fit; undoing KERN is allowed."""
    physical = re.compile(
        r"(margin|padding|border)-(left|right)\s*:|[\s;{](left|right)\s*:|text-align:\s*(left|right)"
    )
    reset = re.compile(
        r"(margin-right|padding-left|padding-right|border-left|right): (none|auto|var\(--kern-0\))"
    )
    found = [
        (path.name, line.strip()[:100])
        for path in STYLES
        for line in path.read_text("utf-8").splitlines()
        if physical.search(reset.sub("", line))
    ]
    assert found == []
