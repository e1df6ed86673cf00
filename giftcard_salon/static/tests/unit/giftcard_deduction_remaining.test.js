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

const stone = {
  id: 5,
  kind: "service",
  name: "Hot stone massage",
  quantity: 1,
  units_left: 1,
  available: 90,
  unit_prices: [90],
  tax_ids: [20],
  like_tax_ids: [[20]],
  product_id: 8,
};
const lunch = {...stone, id: 6, name: "Lunch", available: 32, unit_prices: [32]};

function billOf(...items) {
  const all = {count: 1, taxIds: [20], isTip: false};
  return {
    remainingDue: items.reduce((sum, {gross}) => sum + gross, 0),
    currency: {round},
    models: {"account.tax": new Map([[20, {}]])},
    getGiftcardItems: () =>
      items.map((item, index) => ({...all, uuid: String(index), ...item})),
  };
}

test("a package used for something else warns: what goes, what stays of each", () => {
  const order = billOf({name: "Relaxing massage", gross: 18, productId: 7});
  const card = {available: 122, parts: [stone, {...lunch, product_id: 9}]};
  const parts = new GiftcardParts({card, order, format: euros});
  expect(parts.warning).toBe(
    "This card is not for Relaxing massage. What goes: 18.00 € of Hot stone massage. What stays: Hot stone massage 72.00 €."
  );
  expect([parts.sentence, parts.label]).toEqual(["", "Use 18.00 €"]);
  expect(parts.partRows).toEqual([
    {id: 5, name: "Hot stone massage", goes: "18.00 €", stays: "72.00 €"},
    {id: 6, name: "Lunch", goes: "0.00 €", stays: "1 of 1"},
  ]);
  expect(parts.leftTexts).toEqual(["Hot stone massage 72.00 €", "Lunch 1 of 1"]);
});

test("a card for one service warns as well, and is whole again for its service", () => {
  const three = {...massage, tax_ids: [20], like_tax_ids: [[20]], product_id: 7};
  const card = {available: 180, parts: [three]};
  const other = billOf({name: "Tea", gross: 20, productId: 4});
  const tea = new GiftcardParts({card, order: other, format: euros});
  expect(tea.warning).toMatch(/^This card is not for Tea/);
  expect([tea.label, ...tea.leftTexts]).toEqual(["Use 20.00 €", "2 of 3 and 40.00 €"]);
  const own = billOf({name: "Massage", gross: 60, productId: 7});
  const named = new GiftcardParts({card, order: own, format: euros});
  expect([named.warning, named.label]).toEqual(["", "Use 1 × Massage"]);
});

test("a broken unit pays of its own service what it has, the bill the rest", () => {
  const broken = {...stone, available: 72, unit_prices: [72], broken: 72};
  const card = {available: 72, parts: [broken]};
  const order = billOf({name: "Hot stone massage", gross: 90, productId: 8});
  const parts = new GiftcardParts({card, order, format: euros});
  expect([parts.warning, parts.label]).toEqual(["", "Use 72.00 €"]);
  expect(parts.stillToPay).toBe(18);
});

test("a card for one use and one tax says what is lost", () => {
  const care = {...tip, id: 4, kind: "amount", name: "Care", available: 60};
  const part = {...care, tax_ids: [20], like_tax_ids: [[20]]};
  const card = {available: 60, is_single_use: true, parts: [part]};
  const order = billOf({name: "Tea", gross: 20, productId: 4});
  const parts = new GiftcardParts({card, order, format: euros});
  expect(parts.warning).toBe(
    "This card can be used once. The 40.00 € that remain will be lost."
  );
  expect([parts.label, parts.lost, ...parts.leftTexts]).toEqual([
    "Use 20.00 € and end the card",
    40,
    "0.00 €",
  ]);
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
