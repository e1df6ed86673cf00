# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Reads how a bill uses cards, and which of its lines the cards cover."""

from itertools import combinations

from case_names import NUMBER, Vocabulary, rate_key
from lib.bill import money
from vocabulary import TENDERS, USE

MOST_LINES = 12


class RedemptionReader(Vocabulary):
    """Puts all ways to say that cards are used into ``cards`` and ``uses``."""

    def _read_redemptions(self, step, data):
        self._take_spv(data)
        data.pop("kind", None)
        if "key" not in data and step["event"] == "capture":
            names = [data.get("card"), *(data.get("cards") or {})]
            data["key"] = next(
                (self.holds[name] for name in names if name in self.holds), None
            )
        if isinstance(data.get("cards"), dict):
            data["cards"] = {
                card: self._parse_redemption("cards", use, "face_used")
                for card, use in data["cards"].items()
            }
        data["uses"] = [
            self._parse_redemption("uses", use, "allocated_gross")
            for use in data.get("uses") or []
        ]
        for use in data["uses"]:
            self._require(use, "card")
        if not data["uses"]:
            del data["uses"]
        if step["event"] != "redeem_ic_issuer":
            self._read_bill(step, data)

    def _read_bill(self, step, data):
        name = data.get("card")
        is_multi = self.kinds.get(name) == "MPV"
        if is_multi and not data.get("cards") and "order_currency" not in data:
            self._move_to_cards(data)
        if "lines" not in data and data.get("cards") and "tax" in data:
            price = data.get("gross") or data.get("amount")
            if price:
                data["lines"] = [{"gross": price, "tax": data["tax"]}]
        singles = self._singles(data)
        if singles and data.get("lines"):
            self._take_covered(step, data, singles)

    @staticmethod
    def _move_to_cards(data):
        """Have a card that pays stand among the cards, as if it were one of several."""
        use = {
            word: data[word] for word in ("face_used", "face", "amount") if word in data
        }
        if "gross" in data and not use:
            use["face_used"] = data["gross"]
        if NUMBER.fullmatch(str(data.get("tender", ""))):
            use["tender"] = data.pop("tender")
        data["cards"] = {data.pop("card"): use}

    def _take_spv(self, data):
        """Read what ``spv`` says: a card, its use, several uses, or just yes."""
        told = data.pop("spv", None)
        if told is None or isinstance(told, bool):
            return
        if isinstance(told, str):
            if "card" not in data and not data.get("cards"):
                data["card"] = told
                return
            use = {word: data.pop(word) for word in USE & {*data}}
            told = [{"card": told, **use}]
        elif isinstance(told, dict):
            told = [told] if "card" in told else self._name_redemptions("spv", [told])
            if isinstance(told, dict):
                told = [
                    {
                        "card": card,
                        **self._parse_redemption("spv", use, "allocated_gross"),
                    }
                    for card, use in told.items()
                ]
        if not isinstance(told, list):
            self._fail(f"input spv '{told}' is not known")
            return
        uses = [{"card": use} if isinstance(use, str) else use for use in told]
        data["uses"] = [*(data.get("uses") or []), *uses]

    def _name_redemptions(self, what, uses):
        """Return uses by card, of a list of names, of uses, or of objects by card."""
        found = {}
        for use in uses:
            if isinstance(use, str):
                found[use] = {}
            elif isinstance(use, dict) and "card" in use:
                found[use["card"]] = {k: v for k, v in use.items() if k != "card"}
            elif isinstance(use, dict):
                found.update(use)
            else:
                self._fail(f"input {what} '{use}' is not known")
        return found

    def _singles(self, data):
        uses = [*(data.get("uses") or ())]
        uses += [
            {"card": card, **use} for card, use in (data.get("cards") or {}).items()
        ]
        names = {use.get("card") for use in uses}
        if "card" in data and data["card"] not in names:
            uses.append(data)
        return [use for use in uses if self.kinds.get(use.get("card")) == "SPV"]

    def _take_covered(self, step, data, singles):
        """Leave the lines that nobody pays for to the cards that cover them."""
        lines = data["lines"]
        if len(lines) > MOST_LINES or any("gross" not in line for line in lines):
            return
        paid = self._paid_otherwise(step, data)
        if paid is None:
            return
        # what stands beside the cards' own items is paid in full
        if paid >= sum(money(line["gross"]) for line in lines):
            return
        chosen = self._choose_covered(lines, paid, singles)
        if not chosen:
            if "refused" not in step:
                self._fail("input lines: which of them the card covers is not clear")
            return
        covered = [lines[place] for place in chosen]
        data["lines"] = [line for n, line in enumerate(lines) if n not in chosen]
        for use, line in zip(
            singles, covered if len(singles) > 1 else [self._join(covered)], strict=True
        ):
            target = self._redeem_own(data, use)
            top = paid - sum(money(line["gross"]) for line in data["lines"])
            if top and "service_price" not in use:
                target["service_price"] = line["gross"]
                if "allocated_gross" not in use:
                    target["allocated_gross"] = str(money(line["gross"]) - top)
            if line.get("tax") and {rate_key(line["tax"])} - self.rates.get(
                use.get("card"), {rate_key(line["tax"])}
            ):
                target["tax"] = line["tax"]
                target.setdefault("allocated_gross", line["gross"])

    @staticmethod
    def _redeem_own(data, use):
        """Return where the words of a use are kept."""
        if use is data or use in (data.get("uses") or ()):
            return use
        return data["cards"][use["card"]]

    @staticmethod
    def _join(lines):
        gross = sum(money(line["gross"]) for line in lines)
        return {**lines[0], "gross": str(gross)}

    def _paid_otherwise(self, step, data):
        """Return what is not paid by cards that cover lines; None when nobody says."""
        if data.get("other_tenders"):
            paid = sum(map(money, data["other_tenders"].values()))
        elif "journal" in step["unsaid"]:
            return None
        else:
            paid = sum(
                money(line["dr"]) - money(line["cr"])
                for line in step["journal"]
                if line["role"] in TENDERS
            )
        paid += money(data.get("promo_discount", 0)) - money(data.get("tip", 0))
        for card, use in (data.get("cards") or {}).items():
            if self.kinds.get(card) != "SPV":
                words = ("face_used", "face", "amount", "tender")
                face = next((use[word] for word in words if word in use), None)
                if face is None:
                    return None
                paid += money(face)
        return paid

    def _choose_covered(self, lines, paid, singles):
        """Return the places of the lines that cards cover, the likeliest first.

        The others are paid otherwise, in full; what is paid beyond them is a top-up.
        """
        allocated = [use.get("allocated_gross") for use in singles]
        wanted = None if None in allocated else sum(map(money, allocated))
        found = []
        for count in range(1, len(lines) + 1):
            if len(singles) > 1 and count != len(singles):
                continue
            for places in combinations(range(len(lines)), count):
                gross = sum(money(lines[place]["gross"]) for place in places)
                rest = sum(money(line["gross"]) for line in lines) - gross
                top = paid - rest
                if 0 <= top < gross and (wanted is None or gross - top == wanted):
                    found.append(
                        (bool(top), self._strangers(lines, places, singles), places)
                    )
        return min(found)[2] if found else ()

    def _strangers(self, lines, places, singles):
        """Count lines of another tax than the cards have."""
        rates = set().union(*(self.rates.get(use["card"], set()) for use in singles))
        return sum(rate_key(lines[place].get("tax")) not in rates for place in places)
