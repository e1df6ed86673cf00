import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {
  partsAfter,
  partsReturned,
  receiptRows,
} from "@giftcard_salon/app/giftcard/deduction/remaining";
import {GiftcardChange} from "@giftcard_salon/app/giftcard/conversion/choice";
import {GiftcardParts} from "@giftcard_salon/app/giftcard/deduction/choice";

describe.current.tags("headless");
beforeEach(allowTranslations);

const round = (amount) => Math.round(amount * 100) / 100;
const euros = (amount) => `${amount.toFixed(2)} €`;

const massage = {
  id: 1,
  kind: "service",
  name: "Massage",
  quantity: 3,
  units_left: 3,
  available: 180,
  unit_prices: [60, 60, 60],
};
const tip = {
  id: 2,
  kind: "tip",
  name: "Tip",
  quantity: 0,
  units_left: 0,
  available: 5,
  unit_prices: [],
};

function use(part, amount, parts, values) {
  const {id, name, kind} = part;
  const facts = {part_id: id, name, kind, amount, is_unit: kind === "service", parts};
  return {facts, amount, isBack: false, ...values};
}

function rows(uses) {
  return receiptRows(uses, euros).map(({label, text}) => [label, text]);
}

test("a package says all that is left, not only of what was used", () => {
  const left = partsAfter([massage, tip], new Map([[1, 60]]), round);
  expect(rows([use(massage, 60, left)])).toEqual([
    ["Used today", "1 × Massage"],
    ["Left", "Massage 2 of 3"],
    ["", "Tip 5.00 €"],
  ]);
});

test("what is left after the last of several uses", () => {
  const one = partsAfter([massage, tip], new Map([[1, 60]]), round);
  const both = partsAfter(
    [massage, tip],
    new Map([
      [1, 60],
      [2, 5],
    ]),
    round
  );
  expect(rows([use(massage, 60, one), use(tip, 5, both)])).toEqual([
    ["Used today", "1 × Massage"],
    ["Used today", "Tip 5.00 €"],
    ["Left", "Massage 2 of 3"],
    ["", "Tip 0.00 €"],
  ]);
});

test("a use that is undone is left again", () => {
  const both = partsAfter(
    [massage, tip],
    new Map([
      [1, 60],
      [2, 5],
    ]),
    round
  );
  const {facts} = use(massage, 60);
  expect(partsReturned(both, facts, round)).toEqual([
    {id: 1, name: "Massage", kind: "service", quantity: 3, units_left: 3, left: 180},
    {id: 2, name: "Tip", kind: "tip", quantity: 0, units_left: 0, left: 0},
  ]);
});

test("a card for one service needs no name", () => {
  const left = partsAfter([massage], new Map([[1, 120]]), round);
  const uses = [use(massage, 60, left), use(massage, 60, left)];
  expect(rows(uses)).toEqual([
    ["Used today", "2 × Massage"],
    ["Left", "1 of 3"],
  ]);
});

test("a service card given back says units and what is left", () => {
  const back = use(massage, 60, [{...massage, left: 180}], {isBack: true});
  expect(rows([back])).toEqual([
    ["Back on the card", "1 × Massage"],
    ["Left", "3 of 3"],
  ]);
  // the server has not answered yet
  expect(rows([{...back, facts: {...back.facts, parts: undefined}}])).toEqual([
    ["Back on the card", "1 × Massage"],
  ]);
});

test("the redeem popup speaks of units", () => {
  const item = {count: 1, gross: 60, productId: 7, taxIds: [20], isTip: false};
  const order = {
    remainingDue: 128,
    currency: {round},
    models: {"account.tax": new Map([[20, {}]])},
    getGiftcardItems: () => [
      {...item, uuid: "a", name: "Massage", count: 2},
      {
        ...item,
        uuid: "b",
        name: "Tip",
        gross: 8,
        productId: 9,
        taxIds: [],
        isTip: true,
      },
    ],
  };
  const named = {...massage, tax_ids: [20], like_tax_ids: [[20]], product_id: 7};
  const card = {available: 180, parts: [named]};
  const single = new GiftcardParts({card, order, format: euros});
  expect([single.usedText, ...single.leftTexts, single.label]).toEqual([
    "2 × Massage",
    "1 of 3",
    "Use 2 × Massage",
  ]);
  single.toggle(single.uses[1]);
  expect([single.label, ...single.leftTexts]).toEqual(["Use 1 × Massage", "2 of 3"]);
  card.parts = [named, {...tip, tax_ids: [], like_tax_ids: []}];
  const both = new GiftcardParts({card, order, format: euros});
  expect(both.uses.map((use) => both.rowText(use))).toEqual([
    "1 × Massage",
    "1 × Massage",
    "5.00 €",
  ]);
  expect(both.usedText).toBe("2 × Massage, Tip 5.00 €");
  expect(both.leftTexts).toEqual(["Massage 1 of 3", "Tip 0.00 €"]);
  both.uses.slice(1).forEach((use) => both.toggle(use));
  expect(both.sentence).toBe(
    "Pays Massage on this bill. Massage 2 of 3, Tip 5.00 € will be left on the card."
  );
  both.toggle(both.uses[0]);
  expect([both.usedText, both.canUse]).toEqual(["0.00 €", false]);
});

test("a card that can pay nothing says what it is for and what it becomes", () => {
  const order = {remainingDue: 6.5, currency: {round}, getGiftcardDue: () => 6.5};
  const change = (card) => new GiftcardChange({card, order, format: euros});
  const amount = {id: 3, kind: "amount", name: "Treatment card", available: 120};
  const ofAmount = change({parts: [amount], good_for: "Treatments", available: 120});
  expect(ofAmount.warning).toBe(
    "This card is for Treatments, which is not on the bill. You can change it into a 120.00 € gift card and use it now. Both steps are printed on the receipt."
  );
  expect(ofAmount.label).toBe("Change it and use 6.50 €");
  expect(ofAmount.leftTexts).toEqual(["113.50 €"]);
  const ofParts = change({
    parts: [massage, {...tip, available: 0}],
    good_for: "3 × Massage, Tip",
    available: 180,
  });
  expect(ofParts.warning).toMatch(/^This card is for Massage, which is not/);
});
