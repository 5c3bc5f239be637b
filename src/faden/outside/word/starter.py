"""A template to begin with: a plain letter after DIN 5008, made with the fields it is given."""

from collections.abc import Mapping
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

FONT, SIZE, SMALL = "Arial", Pt(11), Pt(8)


def starter(words: Mapping[str, str]) -> bytes:
    """`words`: theirs, ours and greeting, as they stand in the letter."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, SIZE
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(45), Mm(25)
    section.header.paragraphs[0].text = "{{ traeger.name }}"
    section.header.add_paragraph("{{ dienst.name }}")
    footer = section.footer.paragraphs[0]
    footer.text = "{{ traeger.name }} · {{ dienst.anschrift }} · {{ dienst.kontakt }}"
    footer.runs[0].font.size = SMALL
    sender = document.add_paragraph()
    sender.add_run("{{ traeger.name }} · {{ dienst.anschrift }}").font.size = SMALL
    for line in ("{%p for zeile in anschrift_zeilen %}", "{{ zeile }}", "{%p endfor %}"):
        document.add_paragraph(line)
    for line in ("", "{%p if zeichen %}", f"{words['theirs']}: {{{{ zeichen }}}}", "{%p endif %}"):
        document.add_paragraph(line)
    document.add_paragraph(f"{words['ours']}: {{{{ unser_zeichen }}}}")
    document.add_paragraph("{{ heute }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()
    document.add_paragraph().add_run("{{ betreff }}").bold = True
    document.add_paragraph()
    document.add_paragraph("{%p for absatz in absaetze %}")
    document.add_paragraph("{{ absatz }}").paragraph_format.space_after = Pt(10)
    for line in ("{%p endfor %}", "", words["greeting"], "", "", "", "{{ fachkraft }}", "{{ dienst.name }}"):
        document.add_paragraph(line)
    made = BytesIO()
    document.save(made)
    return made.getvalue()
