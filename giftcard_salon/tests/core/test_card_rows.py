# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from uuid import uuid4

from odoo.exceptions import UserError

from ..common import GiftcardCommon

# what differs from card to card, and what the later of two makings has later
OF_ONE = ("id", "name", "last4", "code_hash", "code_cipher", "create_date")


class TestCardRows(GiftcardCommon):
    """A stock of cards is made in one statement, and each is as the ORM makes one."""

    def _count(self, verb):
        marks = (f"{verb} giftcard_", f'{verb} "giftcard_')
        texts = map(str, self.queries)
        return sum(any(mark in text for mark in marks) for text in texts)

    def _issue_many(self, count, **values):
        requests = [
            {"key": str(uuid4()), "value": 50, **values} for _number in range(count)
        ]
        cards = self.env["giftcard.card"]
        return cards._issue(self.card_type, requests, "issue", self._origin())

    def test_many_cards_and_their_entries_are_two_statements(self):
        self._issue_many(1)
        self.queries = []
        execute = self.env.cr.execute
        self.patch(
            self.env.cr,
            "execute",
            lambda query, *args, **kwargs: (
                self.queries.append(query) or execute(query, *args, **kwargs)
            ),
        )
        cards = self._issue_many(300)
        self.env.flush_all()
        self.assertEqual(len(cards), 300)
        self.assertEqual((self._count("INSERT INTO"), self._count("UPDATE")), (2, 0))
        self.assertLess(len(self.queries), 25)

    def test_each_has_what_a_created_one_has(self):
        card = self._issue_many(3, recipient="Ada", message="For you")[1].sudo()
        self.env.flush_all()
        names = [
            name
            for name, field in card._fields.items()
            if field.column_type and field.store and name not in OF_ONE
        ]
        values = {
            name: card._fields[name].convert_to_write(card[name], card)
            for name in names
        }
        twin = card.with_context(tracking_disable=True).create(
            {**values, "last4": card.last4}
        )
        self.env.flush_all()
        rows = []
        for own in (card, twin):
            self.env.cr.execute("SELECT * FROM giftcard_card WHERE id = %s", [own.id])
            row = self.env.cr.dictfetchone()
            rows.append({name: row[name] for name in (*names, "name")})
        self.assertEqual(*rows)
        self.assertEqual(rows[0]["name"], f"••{card.last4}")
        self.assertTrue(rows[0]["sold_on"])

    def test_the_cache_says_what_the_database_says(self):
        card = self._issue_many(2)[0].sudo()
        names = [name for name, field in card._fields.items() if field.store]
        told = {name: card[name] for name in names}
        self.env.invalidate_all()
        self.assertEqual(told, {name: card[name] for name in names})

    def test_each_code_is_its_own_cards(self):
        cards = self._issue_many(40)
        codes = [card._reveal() for card in cards]
        self.assertEqual(len(set(codes)), 40)
        find = self.env["giftcard.card"]._find_by_code
        self.assertEqual([find(code) for code in codes], list(cards))

    def test_one_amount_that_is_not_offered_stops_all(self):
        self.card_type.sudo().write({"amount_max": 60})
        requests = [{"key": str(uuid4()), "value": value} for value in (50, 50, 61, 50)]
        cards = self.env["giftcard.card"].sudo()
        count = cards.search_count([])
        with self.assertRaisesRegex(UserError, "to .*60.00"):
            cards._issue(self.card_type, requests, "issue", self._origin())
        self.assertEqual(cards.search_count([]), count)

    def test_all_of_them_are_sealed_and_verified(self):
        self._issue_many(30)
        self._commit()
        seals = self.env["giftcard.seal"].sudo()
        seals._seal_pending(self.env.company)
        found = seals._verify(self.env.company)
        self.assertTrue(seals._is_sound(found), found)
        self.assertEqual(found["pending"], 0)
