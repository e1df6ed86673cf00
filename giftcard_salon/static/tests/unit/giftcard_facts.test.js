import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {
  cardFacts,
  cardUses,
  foundCardFacts,
  isCodeOfUse,
  statusPill,
} from "@giftcard_salon/app/utils/giftcard_facts";

describe.current.tags("headless");
beforeEach(allowTranslations);

const euros = (amount) => `${amount.toFixed(2)} €`;

test("a use has its day, its place and a sign", () => {
  const uses = [
    {day: "2026-11-03", where: "Bellecour", kind: "Used", amount: -48},
    {day: "2026-10-01", where: "", kind: "Sold", amount: 100},
  ];
  expect(cardUses(uses, euros)).toEqual([
    {id: 0, kind: "Used", where: "Nov 3, 2026 · Bellecour", amount: "−48.00 €"},
    {id: 1, kind: "Sold", where: "Oct 1, 2026", amount: "+100.00 €"},
  ]);
});

test("a found card tells what is known of it and no more", () => {
  const card = {
    buyer: "Sofia Laurent",
    recipient: "Emma",
    sold_on: "2026-11-03",
    sold_at: "Bellecour",
    bill: "262-1-000318",
  };
  expect(foundCardFacts(card)).toEqual([
    "Bought by Sofia Laurent",
    "For Emma",
    "Sold on Nov 3, 2026, Bellecour",
    "Bill 262-1-000318",
  ]);
  const issued = {...card, buyer: "", recipient: "", sold_at: "", bill: ""};
  expect(foundCardFacts(issued)).toEqual(["Sold on Nov 3, 2026"]);
  expect(foundCardFacts({...issued, sold_on: false})).toEqual([]);
});

test("the code of a card that ended is not given out again", () => {
  const given = ["active", "partial", "pending", "expired", "used"];
  expect(given.every((status) => isCodeOfUse({status}))).toBe(true);
  const kept = ["blocked", "cancelled", "refunded", "replaced"];
  expect(kept.some((status) => isCodeOfUse({status}))).toBe(false);
});

test("a card without an end says so; an unknown one says nothing", () => {
  const labels = cardFacts({name: "Gift card", valid_until: false, where: ""});
  expect(labels.map(({value}) => value)).toEqual([
    "Gift card, used in parts",
    "No expiry",
  ]);
  expect(cardFacts({})).toEqual([]);
  expect(statusPill("blocked")).toBe("text-bg-dark");
});
