# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Reads what goes back: of which bill, or of which sale."""

from case_names import Vocabulary, names_used, rate_key
from lib.bill import money


class RefundReader(Vocabulary):
    """Finds the step that a refund means, and says what kind of refund it is."""

    def _read_refund(self, step, data):
        """Say which bill goes back; a plain ``refund`` says so by what it moves."""
        data.pop("spv", None)
        data.pop("kind", None)
        told = data.pop("reverses_step", data.pop("original_step", None))
        original = self._find_step(told) if told is not None else None
        if told is not None and not original:
            self._fail(f"input original_step {told}: no such step before")
            return
        if not original:
            is_sale = step["event"] == "refund" and self._is_sale_given_back(step, data)
            original = (
                self._find_sale(data.get("card"))
                if is_sale
                else self._find_redemption(step, data)
            )
        if not original:
            self._fail("no step before sold or used what goes back")
            return
        if "card" not in data and not data.get("cards"):
            names = sorted(names_used(original["input"]))
            if len(names) == 1:
                data["card"] = names[0]
        if original["event"] in ("sale", "reload", "issue_promo"):
            if step["event"] == "undo_redeem":
                self._fail(f"step {original['n']} used no card")
            step["event"] = "refund_card_sale"
            return
        if original["event"] not in ("redeem", "capture", "redeem_ic_issuer"):
            self._fail(f"step {original['n']} {original['event']} is no bill")
            return
        if step["event"] == "undo_redeem" or self._is_all_single(original["input"]):
            step["event"] = "undo_redeem"
            data["reverses_step"] = original["n"]
        else:
            step["event"] = "refund_to_card"
            data["original_step"] = original["n"]

    def _is_all_single(self, data):
        """Tell whether single-purpose cards covered all of a bill."""
        names = names_used(data)
        return (
            bool(names)
            and all(self.kinds.get(name) == "SPV" for name in names)
            and not data.get("lines")
        )

    def _is_sale_given_back(self, step, data):
        """Tell whether a card goes back, not what it paid for: as the journal shows."""
        owed = sum(
            money(line["dr"]) - money(line["cr"])
            for line in step["journal"]
            if line["role"] in ("gc_liability", "spv_deferred")
        )
        return owed > 0 if owed else not self._find_redemption(step, data)

    def _find_step(self, number):
        return next(
            (step for step in self.steps if str(step["n"]) == str(number)), None
        )

    def _find_sale(self, name):
        sales = [
            step
            for step in self.steps
            if step["event"] in ("sale", "issue_promo", "reload")
            and name in (step["input"].get("card"), *(step["input"].get("cards") or ()))
        ]
        return sales[-1] if sales else None

    def _find_redemption(self, step, data):
        """Return the step of the bill that a refund means: the last one that fits."""
        name = data.get("card")
        names = {name} if name is not None else {*(data.get("cards") or ())}
        undone = [
            str(
                other["input"].get("reverses_step")
                or other["input"].get("original_step")
            )
            for other in self.steps
            if other["event"] in ("undo_redeem", "refund_to_card")
        ]
        fitting = []
        for other in self.steps:
            used = names_used(other["input"])
            if (
                other["event"] in ("redeem", "capture")
                and "refused" not in other
                and (not names or names & used)
            ):
                fitting.append((self._fits(other, data), str(other["n"]) not in undone))
                fitting[-1] += (len(fitting), other)
        return max(fitting)[3] if fitting else None

    @staticmethod
    def _fits(step, data):
        """Tell whether a bill has what a refund gives back, at its tax."""
        lines = step["input"].get("lines") or []
        grosses = [
            money(line.get("gross", 0))
            for line in lines
            if "tax" not in data or rate_key(line.get("tax")) == rate_key(data["tax"])
        ]
        wanted = data.get("gross") or data.get("amount")
        return bool(grosses) and (wanted is None or money(wanted) <= sum(grosses))
