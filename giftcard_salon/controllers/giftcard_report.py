# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from datetime import date

from odoo.exceptions import AccessError
from odoo.http import Controller, content_disposition, request
from odoo.tools import formatLang

from ..tools.printing.report_pdf import make_pdf
from ..tools.printing.report_xlsx import make_xlsx
from .routes import giftcard_route

PATH = "/giftcard_salon/report/<string:kind>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class GiftcardReportController(Controller):
    """The accountant's reports as files."""

    @giftcard_route(f"{PATH}.xlsx", type="http", auth="user", methods=["GET"])
    def xlsx(self, kind, **options):
        """Return a report as a workbook; options as of ``giftcard.report``."""
        report = self._read_report(kind, options)
        return self._respond(report, make_xlsx(report), "xlsx", XLSX)

    @giftcard_route(f"{PATH}.pdf", type="http", auth="user", methods=["GET"])
    def pdf(self, kind, **options):
        """Return a report as a PDF; options as of ``giftcard.report``."""
        report = self._read_report(kind, options)
        content = make_pdf(report, self._write)
        return self._respond(report, content, "pdf", "application/pdf")

    @giftcard_route(
        "/giftcard_salon/verify/<int:wizard_id>.pdf",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def verify(self, wizard_id, **_options):
        """Verify the ledger anew and return the result as a PDF."""
        wizard = request.env["giftcard.verify"].browse(wizard_id).exists()
        if not wizard:
            raise request.not_found()
        report = wizard._get_report()
        content = make_pdf(report, self._write)
        return self._respond(report, content, "pdf", "application/pdf")

    def _read_report(self, kind, options):
        if named := options.pop("company_id", ""):
            companies = request.env.user.company_ids
            company = companies.filtered(lambda one: str(one.id) == named)
            if not company:
                raise AccessError(request.env._("This company is not among yours."))
            options["company_id"] = company.id
            request.update_context(allowed_company_ids=(company | companies).ids)
        return request.env["giftcard.report"].get_report(kind, options)

    def _write(self, column, value):
        kind = column["type"]
        if kind == "text":
            return str(value)
        if kind == "date":
            return request.env["giftcard.card"]._format_day(
                date.fromisoformat(str(value)[:10])
            )
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
