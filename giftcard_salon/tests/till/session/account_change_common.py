# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What tests of another account for cards share: the dialog and what is posted."""

from odoo.tests import Form, new_test_user

from ...deduction_common import GiftcardDeductionCommon


class GiftcardAccountChangeCommon(GiftcardDeductionCommon):
    """A till whose company has an accountant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env,
            "giftcard_books",
            groups="base.group_user,giftcard_salon.group_accountant,"
            "account.group_account_user",
            company_id=cls.company.id,
        )

    def _copy(self, role):
        account = self.company[f"giftcard_{role}_account_id"]
        return account.copy({"name": f"Other {role}"})

    def _choose(self, role, account):
        """What saving the settings does."""
        settings = self.env["res.config.settings"].create({})
        settings[f"giftcard_{role}_account_id"] = account
        settings.execute()

    def _dialog(self, role, account, user=None):
        wizards = self.env["giftcard.move.account"].with_user(user or self.accountant)
        with Form(wizards) as form:
            form.role = role
            form.account_id = account
        return form.record

    def _sum(self, account):
        items = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        return round(sum(items.mapped("balance")), 2)

    def _tie_out(self, **values):
        return self.env["giftcard.tie.out"].create(
            {"company_id": self.company.id, **values}
        )
