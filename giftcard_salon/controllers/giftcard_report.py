from odoo.http import Controller, content_disposition, request, route
from odoo.tools import format_date, formatLang

from ..tools.report_pdf import make_pdf
from ..tools.report_xlsx import make_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class GiftcardReportController(Controller):
    """The accountant's reports as files."""

    @route("/giftcard_salon/report/<string:kind>.xlsx", type="http", auth="user")
    def xlsx(self, kind, **options):
        """Return a report as a workbook; options as of ``giftcard.report``."""
        report = self._read_report(kind, options)
        return self._respond(report, make_xlsx(report), "xlsx", XLSX)

    @route("/giftcard_salon/report/<string:kind>.pdf", type="http", auth="user")
    def pdf(self, kind, **options):
        """Return a report as a PDF; options as of ``giftcard.report``."""
        report = self._read_report(kind, options)
        content = make_pdf(report, self._write)
        return self._respond(report, content, "pdf", "application/pdf")

    @route("/giftcard_salon/verify/<int:wizard_id>.pdf", type="http", auth="user")
    def verify(self, wizard_id):
        """Verify the ledger anew and return the result as a PDF."""
        wizard = request.env["giftcard.verify"].browse(wizard_id).exists()
        report = wizard._get_report()
        content = make_pdf(report, self._write)
        return self._respond(report, content, "pdf", "application/pdf")

    def _read_report(self, kind, options):
        company_id = options.pop("company_id", "")
        if company_id.isdecimal():
            options["company_id"] = int(company_id)
            request.update_context(
                allowed_company_ids=[
                    int(company_id),
                    *(own for own in request.env.user.company_ids.ids),
                ]
            )
        return request.env["giftcard.report"].get_report(kind, options)

    def _write(self, column, value):
        kind = column["type"]
        if kind == "text":
            return str(value)
        if kind == "date":
            return format_date(request.env, str(value)[:10])
        if kind == "percent":
            return f"{formatLang(request.env, 100 * value, digits=1)} %"
        return formatLang(request.env, value, digits=0 if kind == "count" else 2)

    def _respond(self, report, content, extension, mime):
        name = f"{report['title']} {report['options']['date_to']}.{extension}"
        return request.make_response(
            content,
            [
                ("Content-Type", mime),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
