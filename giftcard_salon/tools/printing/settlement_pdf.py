# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The settlement note between two companies, drawn as a PDF. No ORM in here."""

from io import BytesIO

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

PLAIN = ParagraphStyle("plain", fontName="Helvetica", fontSize=9, leading=12)
SMALL = ParagraphStyle("small", parent=PLAIN, fontSize=8, leading=10)
RIGHT = ParagraphStyle("right", parent=SMALL, alignment=2)
TITLE = ParagraphStyle(
    "title", parent=PLAIN, fontName="Helvetica-Bold", fontSize=16, leading=20
)
HEAD = ParagraphStyle(
    "head", parent=PLAIN, fontName="Helvetica-Bold", fontSize=10, leading=14
)
STRONG = ParagraphStyle(
    "strong", parent=PLAIN, fontName="Helvetica-Bold", fontSize=11, leading=16
)
GREY = colors.HexColor("#dddddd")


def draw_note(note):
    """Return the PDF of a settlement note.

    :param dict note: ``title``, ``lines`` under it, ``parties`` (two lists of lines),
        ``sections`` (dicts of ``title``, ``columns``, ``rows`` of texts with the
        figures last, ``figures`` how many those are, ``total`` row), ``result`` and
        ``remarks``
    :rtype: bytes
    """
    parties = Table(
        [[_join(lines) for lines in note["parties"]]], colWidths=[85 * mm, 85 * mm]
    )
    parties.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
    story = [
        Paragraph(_escape(note["title"]), TITLE),
        _join(note["lines"]),
        Spacer(1, 6 * mm),
        parties,
        Spacer(1, 6 * mm),
    ]
    for section in note["sections"]:
        story += [Paragraph(_escape(section["title"]), HEAD), _draw_table(section)]
        story.append(Spacer(1, 5 * mm))
    story += [Paragraph(_escape(note["result"]), STRONG), _join(note["remarks"])]
    target = BytesIO()
    SimpleDocTemplate(
        target,
        pagesize=A4,
        title=note["title"],
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
    ).build(story)
    return target.getvalue()


def _draw_table(section):
    count = len(section["columns"])
    figures = section["figures"]
    styles = [SMALL] * (count - figures) + [RIGHT] * figures
    rows = [section["columns"], *section["rows"], section["total"]]
    table = Table(
        [
            [
                Paragraph(_escape(text), style)
                for text, style in zip(row, styles, strict=True)
            ]
            for row in rows
        ],
        colWidths=[170 * mm / count] * count,
        repeatRows=1,
    )
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), GREY),
                ("LINEBELOW", (0, 0), (-1, -2), 0.25, GREY),
                ("LINEABOVE", (0, -1), (-1, -1), 0.75, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return table


def _join(lines):
    return Paragraph("<br/>".join(map(_escape, lines)), PLAIN)


def _escape(text):
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
