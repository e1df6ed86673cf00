# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""A report's tables as a workbook. Plain Python on the dict that the screen shows."""

import io
from datetime import date

import xlsxwriter

FORMATS = {
    "money": "#,##0.00",
    "count": "#,##0",
    "percent": "0.0%",
    "date": "yyyy-mm-dd",
}
STYLES = {
    "": {},
    "strong": {"bold": True},
    "total": {"bold": True, "top": 1},
    "detail": {"indent": 1},
}
LABEL_WIDTH, COLUMN_WIDTH, TEXT_WIDTH = 46, 16, 28
# no name of a sheet may have them
FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\"), " ")


def make_xlsx(report):
    """Return the bytes of a workbook, one sheet per table.

    :param dict report: as of ``giftcard.report.get_report``
    :rtype: bytes
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        for number, table in enumerate(report["tables"], 1):
            name = f"{number} {table['title']}".translate(FORBIDDEN)[:31]
            _write_table(workbook, workbook.add_worksheet(name), report, table)
    return content.getvalue()


def _write_table(workbook, sheet, report, table):
    title = workbook.add_format({"bold": True, "font_size": 14})
    head = workbook.add_format(
        {"bold": True, "bottom": 1, "text_wrap": True, "align": "right"}
    )
    sheet.write_string(0, 0, table["title"], title)
    sheet.write_string(1, 0, f"{report['company']}, {report['period']}")
    sheet.write_string(2, 0, table.get("note") or "")
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.freeze_panes(5, 1)
    for index, column in enumerate(table["columns"], 1):
        is_text = column["type"] == "text"
        sheet.set_column(index, index, TEXT_WIDTH if is_text else COLUMN_WIDTH)
        sheet.write_string(4, index, column["label"], head)
    for line, row in enumerate(table["rows"], 5):
        style = STYLES[row.get("style") or ""]
        sheet.write_string(line, 0, row["label"], workbook.add_format(style))
        plain = {name: style[name] for name in style if name != "indent"}
        for index, column in enumerate(table["columns"], 1):
            value = row["cells"].get(column["key"])
            if value is not None and value is not False:
                number = {"num_format": FORMATS.get(column["type"], "General")}
                _write_cell(
                    sheet,
                    line,
                    index,
                    column,
                    value,
                    workbook.add_format(plain | number),
                )


def _write_cell(sheet, line, index, column, value, style):
    if column["type"] == "text":
        sheet.write_string(line, index, str(value), style)
    elif column["type"] == "date":
        sheet.write_datetime(line, index, date.fromisoformat(str(value)[:10]), style)
    else:
        sheet.write_number(line, index, value, style)
