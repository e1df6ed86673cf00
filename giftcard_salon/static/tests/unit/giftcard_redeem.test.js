/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {cardRow, foundCardSummary} from "@giftcard_salon/app/giftcard/card_summary";
import {moveByArrow} from "@giftcard_salon/app/giftcard/dialog_keys";
import {TenderChoice} from "@giftcard_salon/app/giftcard/tender/choice";
import {
  parkedBills,
  parkedText,
  withBillNames,
} from "@giftcard_salon/app/giftcard/tender/parked";
import {choiceForCard} from "@giftcard_salon/app/giftcard/choice_for_card";

describe.current.tags("headless");
beforeEach(allowTranslations);

const round = (amount) => Math.round(amount * 100) / 100;
const euros = (amount, hasSymbol = true) =>
  hasSymbol ? `${amount.toFixed(2)} €` : amount.toFixed(2);

function billOf(due) {
  return {
    remainingDue: due,
    currency: {round, decimal_places: 2},
    getGiftcardDue: () => due,
    getGiftcardDueOf: () => due,
    getGiftcardSales: () => [],
    hasGiftcardTip: false,
  };
}

describe("a card for one use", () => {
  const once = {available: 100, is_single_use: true, pays_tips: true};

  function choose(card, due) {
    const order = billOf(due);
    return new TenderChoice({card, order, format: euros, decimalPoint: "."});
  }

  test("has nothing left after it, and says what is lost", () => {
    const {remainingTexts, lost, warning, label} = choose(once, 60);
    expect([...remainingTexts, lost]).toEqual(["0.00 €", 40]);
    expect(warning).toBe(
      "This card can be used once. The 40.00 € that remain will be lost."
    );
    expect(label).toBe("Use 60.00 € and end the card");
  });

  test("loses nothing when all of it is used; others keep what is left", () => {
    const whole = choose(once, 100);
    expect([...whole.remainingTexts, whole.lost, whole.warning]).toEqual([
      "0.00 €",
      0,
      "",
    ]);
    const many = choose({...once, is_single_use: false}, 60);
    expect([...many.remainingTexts, many.lost, many.warning]).toEqual([
      "40.00 €",
      0,
      "",
    ]);
  });
});

describe("a parked card", () => {
  const order = {uuid: "bill-1", getName: () => "1244"};
  const card = {
    refusal: "100.00 of this card is on bill 262-1-001244 of this till. Open it.",
    parked: [{bill: "bill-1", name: "262-1-001244", amount: 100}],
  };

  test("is told with the number of the bill's tab", () => {
    expect(withBillNames(card, [order]).refusal).toBe(
      "100.00 of this card is on bill 1244 of this till. Open it."
    );
    const [bill] = parkedBills(card, [order]);
    expect([bill.name, bill.order]).toEqual(["1244", order]);
    expect(parkedText(bill, euros)).toBe(
      "100.00 € of this card is on bill 1244 of this till."
    );
  });

  test("on a bill that this device has not: its reference, and no way to open it", () => {
    for (const orders of [[], [{...order, finalized: true}]]) {
      const [bill] = parkedBills(card, orders);
      expect([bill.name, bill.order]).toEqual(["262-1-001244", undefined]);
      expect(withBillNames(card, orders).refusal).toBe(card.refusal);
    }
    expect(parkedBills({}, [order])).toEqual([]);
    expect(withBillNames({refusal: "No."}, [])).toEqual({refusal: "No."});
  });
});

test("a service card whose item is partly paid says so, and speaks of no tips", () => {
  const entitlement = {
    id: 1,
    kind: "service",
    name: "Massage",
    quantity: 3,
    units_remaining: 3,
    available: 270,
    unit_prices: [90, 90, 90],
    tax_ids: [],
    product_id: 7,
  };
  const item = {uuid: "a", name: "Massage", count: 1, gross: 90, productId: 7};
  const order = {
    ...billOf(38),
    models: {"account.tax": new Map()},
    getGiftcardItems: () => [{...item, taxIds: [], isTip: false}],
  };
  const card = {settles: "deduction", available: 270, entitlements: [entitlement]};
  const getRefusal = () => "something else";
  const choice = choiceForCard({card, order, format: euros, getRefusal});
  expect(choice.card.refusal).toMatch(
    /^What this card pays for is partly paid already/
  );
  const paid = choiceForCard({
    card,
    order: {...order, remainingDue: 90},
    format: euros,
  });
  expect([paid.card.refusal, paid.label]).toEqual(["", "Use 1 × Massage"]);
});

test("a card of a client is one row", () => {
  const card = {id: 5, name: "Gift card", last4: "WD3P", available: 60};
  expect(cardRow({...card, recipient: "Emma"}, euros)).toEqual({
    id: 5,
    card: {...card, recipient: "Emma"},
    remaining: "60.00 €",
    icon: "fa-gift",
    name: "Gift card ••WD3P",
    about: "no expiry · For Emma",
  });
  const massage = {kind: "service", name: "Massage", quantity: 3, units_remaining: 2};
  const row = cardRow({...card, entitlements: [massage]}, euros);
  expect([row.name, row.remaining, row.icon]).toEqual([
    "Massage ••WD3P",
    "2 of 3 left",
    "fa-leaf",
  ]);
  expect(foundCardSummary({...card, held: 48}, euros)).toEqual([
    "48.00 € on a bill just now",
  ]);
});

test("arrows move in a group, round its ends; other keys do not", () => {
  const focused = [];
  const all = [0, 1, 2].map((id) => ({id, focus: () => focused.push(id)}));
  const press = (key, target) =>
    moveByArrow({key, target, preventDefault: () => {}}, all);
  expect([press("ArrowDown", all[0]), press("ArrowLeft", all[0])]).toEqual([1, 2]);
  expect([press("ArrowRight", all[2]), press("Enter", all[1])]).toEqual([0, -1]);
  expect(focused).toEqual([1, 2, 0]);
});
