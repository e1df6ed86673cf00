# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Types of card for what a case sells, made and changed as a manager would."""

from charts import find_currency

from odoo.fields import Command

# above any amount of a case; the till's limits have tests of their own
HIGHEST_CARD = 1_000_000


class CardTypes:
    """The types of one case's world.

    Cases share them, since tills ask for new types only when they open; a type is
    told its offer anew before each sale.

    :param world: the case's world
    """

    def __init__(self, world):
        self._world = world
        # what ends or breaks has a type of its own, which others do not disturb
        self._own = ""
        if world.has_income_by_use:
            self._own = f" {world.case['id']}"

    @property
    def chart(self):
        return self._world.company.chart

    def amount(self, price, face, until=None):
        """Return a type that sells ``face`` for ``price``, VAT at its use."""
        mode = "none" if self.chart.is_us else "mpv"
        card_type = self._find(mode, until, vat_mode=mode)
        return self.offer(card_type, price, face)

    def single_amount(self, rate, price, face, until=None):
        """Return a type for an amount whose VAT is counted at the sale."""
        service = self.chart.service(rate)
        card_type = self._find(
            f"spv {rate}",
            until,
            vat_mode="spv",
            categ_ids=[Command.set(service["product"].categ_id.ids)],
        )
        return self.offer(card_type, price, face)

    def package(self, parts, until=None):
        """Return a type for services.

        :param list[dict] parts: ``tax``, ``units``, ``gross`` each; a tip has no tax
        """
        services = [Command.clear()]
        for part in parts:
            is_tip = part.get("is_tip", False)
            product = not is_tip and self.chart.service(part["tax"])["product"]
            services.append(
                Command.create(
                    {
                        "quantity": part.get("units") or 1,
                        "price": float(part["gross"]),
                        "is_tip": is_tip,
                        "product_id": product and product.id,
                    }
                )
            )
        name = "package " + "+".join(str(part.get("tax")) for part in parts)
        card_type = self._find(
            name, until, vat_mode="spv", kind="service", service_ids=services
        )
        card_type.service_ids = services
        return card_type

    def offer(self, card_type, price, face):
        """Have a type sell ``face`` for ``price``, also at tills that are open.

        A price above the value is no offer; a bill that says so is refused.
        """
        price, face = float(price), float(face)
        known = card_type.amount_ids.filtered(lambda offer: offer.amount == price)
        if known and price <= face:
            known.value = face
        elif price < face:
            card_type.amount_ids = [Command.create({"amount": price, "value": face})]
        self._world.refresh()
        return card_type

    def _find(self, name, until, **values):
        """Return the type of this name, making it for all companies of the case."""
        world = self._world
        currency = find_currency(world.env, world.selling)
        if currency != world.company.record.currency_id:
            name = f"{name} {currency.name}"
        records = world.env["res.company"].browse(
            [company.record.id for company in world.companies.values()]
        )
        name = f"{name} {until or ''}{self._own} {world.company.record.name}"
        types = world.env["giftcard.type"]
        found = types.search([("name", "=", name)], limit=1)
        if found:
            if records - found.company_ids:
                found.company_ids |= records
            return found
        made = types.create(
            {
                "name": name,
                "currency_id": currency.id,
                "company_ids": [Command.set(records.ids)],
                "is_free_amount": True,
                "amount_min": 0.01,
                "amount_max": HIGHEST_CARD,
                "pays_tips": True,
                "validity_mode": "date" if until else "unlimited",
                "validity_date": until,
                **values,
            }
        )
        self.chart.version += 1
        return made
