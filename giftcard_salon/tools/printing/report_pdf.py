# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A report's tables as a PDF. Plain Python on the dict that the screen shows."""

import io

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

INK, PALE, LINE = colors.HexColor("#1f2937"), colors.HexColor("#6b7280"), colors.black
SIZE = 8
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=15, leading=19)
TABLE = ParagraphStyle("table", fontName="Helvetica-Bold", fontSize=11, leading=14)
NOTE = ParagraphStyle("note", fontName="Helvetica", fontSize=SIZE, textColor=PALE)
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=SIZE, leading=10)
STRONG = ParagraphStyle("strong", parent=TEXT, fontName="Helvetica-Bold")
DETAIL = ParagraphStyle("detail", parent=TEXT, leftIndent=4 * mm)
HEAD = ParagraphStyle("head", parent=STRONG, alignment=2)
HEADS = {"text": STRONG}
LABELS = {"": TEXT, "strong": STRONG, "total": STRONG, "detail": DETAIL}
WIDTH = landscape(A4)[0] - 30 * mm
# more than these do not stand side by side on a page
MOST_COLUMNS = 13


def make_pdf(report, write):
    """Return the bytes of a PDF, all tables one below the other.

    :param dict report: as of ``giftcard.report.get_report``
    :param write: function of a column and a value that returns its text
    :rtype: bytes
    """
    content = io.BytesIO()
    document = SimpleDocTemplate(
        content,
        pagesize=landscape(A4),
        leftMargin=15 * mm,
        rightMargin=15 * mm,
        topMargin=14 * mm,
        bottomMargin=14 * mm,
        title=report["title"],
        author=report["company"],
    )
    heading = f"{report['company']}, {report['period']}"
    story = [Paragraph(_safe(report["title"]), TITLE), Paragraph(_safe(heading), NOTE)]
    if banner := report["banner"]:
        story += [Spacer(0, 4 * mm), Paragraph(_safe(banner["title"]), STRONG)]
        story.append(Paragraph(_safe(banner["text"]), TEXT))
    for table in report["tables"]:
        # a title does not stand at the foot of a page without its table
        story += [CondPageBreak(40 * mm), Spacer(0, 6 * mm)]
        story.append(Paragraph(_safe(table["title"]), TABLE))
        if table.get("note"):
            story.append(Paragraph(_safe(table["note"]), NOTE))
        columns = table["columns"]
        for first in range(0, len(columns) or 1, MOST_COLUMNS):
            piece = columns[first : first + MOST_COLUMNS]
            story += [Spacer(0, 2 * mm), _draw_table(piece, table["rows"], write)]
    document.build(story, onFirstPage=_number_page, onLaterPages=_number_page)
    return content.getvalue()


def _draw_table(columns, rows, write):
    heads = [
        Paragraph(_safe(column["label"]), HEADS.get(column["type"], HEAD))
        for column in columns
    ]
    cells, styles = (
        [["", *heads]],
        [
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, LINE),
            ("LINEBELOW", (0, 1), (-1, -1), 0.25, PALE),
            ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("FONTSIZE", (0, 0), (-1, -1), SIZE),
            ("TEXTCOLOR", (0, 0), (-1, -1), INK),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ],
    )
    for number, row in enumerate(rows, 1):
        style = row.get("style") or ""
        texts = [_draw_cell(write, column, row["cells"]) for column in columns]
        cells.append([Paragraph(_safe(row["label"]), LABELS[style]), *texts])
        if style in ("total", "strong"):
            styles.append(("FONTNAME", (1, number), (-1, number), "Helvetica-Bold"))
        if style == "total":
            styles.append(("LINEABOVE", (0, number), (-1, number), 0.8, LINE))
    return Table(cells, colWidths=_spread(columns), style=styles, repeatRows=1)


def _draw_cell(write, column, cells):
    value = cells.get(column["key"])
    if value is None or value is False:
        return ""
    text = write(column, value)
    return Paragraph(_safe(text), TEXT) if column["type"] == "text" else text


def _spread(columns):
    """Return the widths of the label and of the columns, texts wider than figures."""
    shares = [2 if column["type"] == "text" else 1 for column in columns]
    label = max(WIDTH * 0.2, WIDTH - sum(shares) * 32 * mm)
    return [label, *((WIDTH - label) * share / sum(shares) for share in shares)]


def _safe(text):
    for sign, code in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, code)
    return text.replace("\u202f", " ").replace("\u2212", "-")


def _number_page(canvas, document):
    canvas.setFont("Helvetica", SIZE)
    canvas.drawRightString(landscape(A4)[0] - 15 * mm, 8 * mm, str(document.page))
