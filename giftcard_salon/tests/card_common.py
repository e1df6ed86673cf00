# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Cards, holds and what must be true of them at any time."""

from uuid import uuid4

from odoo.fields import Command

from ..tools.origin import Origin


class GiftcardMixin:
    def setUp(self):
        super().setUp()
        if not type(self)._registry_patched:
            self.env.flush_all()
            self.registry_enter_test_mode()

    @classmethod
    def _make_type(cls, **values):
        return cls.env["giftcard.type"].create(
            {
                "name": "Test gift card",
                "currency_id": cls.env.company.currency_id.id,
                "amount_min": 0.01,
                "amount_max": 20000,
                "amount_ids": [Command.create({"amount": a}) for a in (50, 100)],
                **values,
            }
        )

    def _origin(self, **values):
        company = self.env.company
        own = {
            "company": company,
            "location": self.env["giftcard.location"]._get_default(company),
            "currency": company.currency_id,
            "channel": "office",
            "model": "res.company",
            "id": company.id,
            "name": "Test document",
            "key": "test-document",
        }
        return Origin(**{**own, **values})

    def _issue(self, value=100, card_type=None):
        card = self.env["giftcard.card"]._issue(
            card_type or self.card_type,
            [{"key": str(uuid4()), "value": value}],
            "issue",
            self._origin(),
        )
        self._commit()
        return card

    def _commit(self):
        """Stand for the end of a request: what it wrote may be held from now on."""
        self.env.flush_all()
        self.env.cr.postcommit.run()

    def _hold(self, card, amount, key=None, revision=1, **origin):
        return self.env["giftcard.redemption"]._hold(
            card, key or str(uuid4()), revision, amount, self._origin(**origin)
        )

    def _capture(self, key, amount, **origin):
        return self.env["giftcard.redemption"]._capture(
            key, amount, self._origin(**origin)
        )

    def assertCard(self, card, available, held=0, status=None):
        """The card's row, its holds and its ledger agree on these figures."""
        card.invalidate_recordset()
        self.assertEqual((card.available, card.held), (available, held))
        self.assertAlmostEqual(sum(card.entry_ids.mapped("face")), available + held, 2)
        if status:
            self.assertEqual(card.status, status)
