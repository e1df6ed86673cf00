# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What tests of cards in another currency share: a till that sells in it."""

from odoo.fields import Command, Date

from ...common import GiftcardTillCommon


class GiftcardCurrencyMixin:
    """The company's currency is the dollar; others get a rate and a till."""

    def _make_foreign_till(self, currency):
        """A till whose journals are in another currency; 1 of ours is 2 of it."""
        currency.active = True
        currency.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 2, "name": Date.today()}
        )
        journals = [
            self.env["account.journal"].create(
                {
                    "name": f"{kind} {currency.name}",
                    "type": kind,
                    "code": f"{currency.name}{number}",
                    "currency_id": currency.id,
                }
            )
            for number, kind in enumerate(("cash", "sale", "sale"))
        ]
        pricelist = self.env["product.pricelist"].create(
            {"name": currency.name, "currency_id": currency.id}
        )
        cash = self.env["pos.payment.method"].create(
            {"name": f"Cash {currency.name}", "journal_id": journals[0].id}
        )
        config = self.env["pos.config"].create(
            {
                "name": f"Till {currency.name}",
                "journal_id": journals[1].id,
                "invoice_journal_id": journals[2].id,
                "use_pricelist": True,
                "available_pricelist_ids": [Command.set(pricelist.ids)],
                "pricelist_id": pricelist.id,
                "payment_method_ids": [Command.set(cash.ids)],
            }
        )
        config.giftcard_enabled = True
        return self._open(config)

    def _sell_foreign(self, session, amount):
        card_type = self._make_type(
            currency_id=session.currency_id.id, amount_min=1, amount_ids=[]
        )
        line = self._line(card_type.product_ids.product_variant_ids, amount)
        payment = self._payment(self.cash_of(session), amount)
        order, _answer = self._sync(self._payload(session, [line], [payment]))
        return order.lines.giftcard_card_id

    def _set_rate(self, currency, rate):
        """From now on 1 of ours is ``rate`` of ``currency``."""
        currency.rate_ids.rate = rate
        self.env.invalidate_all()


class GiftcardCurrencyCommon(GiftcardCurrencyMixin, GiftcardTillCommon):
    """A company with a till of its own currency, and one of another."""

    def _bill(self, session, payments, price, rate=20):
        lines = [self._line(self.services[rate], price)]
        return self._sync(self._payload(session, lines, payments))[0]
