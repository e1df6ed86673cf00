from odoo import api, models


class GiftcardReportVat(models.AbstractModel):
    _inherit = "giftcard.report.vat"

    @api.model
    def _sum_documents(self, options):
        """Override: bills of tills, as their own tax computation has them."""
        documents, discounts = super()._sum_documents(options)
        uses = self._find_uses(options, "pos.order")
        orders = self.env["pos.order"].browse(set(uses.mapped("source_id")))
        for order in orders.filtered(lambda own: own.company_id == options["company"]):
            for line, split in order._get_giftcard_splits().items():
                if line._is_giftcard_sale() or line.giftcard_role in (
                    "deduction",
                    "change_in",
                    "change_out",
                ):
                    continue
                self._add_split(documents, split)
                if line.giftcard_role == "bonus":
                    self._add_split(discounts, split)
        return documents, discounts

    @api.model
    def _add_split(self, sums, split):
        taxes = self.env["account.tax"]
        if not split["taxes"]:
            sums[taxes]["base"] += split["base"]
        for tax_id, amounts in split["taxes"].items():
            own = sums[taxes.browse(tax_id)]
            own["base"] += amounts["base"]
            own["vat"] += amounts["amount"]
