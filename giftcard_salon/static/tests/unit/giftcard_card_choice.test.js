/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {ConversionChoice} from "@giftcard_salon/app/giftcard/conversion/choice";
import {DeductionChoice} from "@giftcard_salon/app/giftcard/deduction/choice";

describe.current.tags("headless");
beforeEach(allowTranslations);

const round = (amount) => Math.round(amount * 100) / 100;
const euros = (amount) => `${amount.toFixed(2)} €`;

const massage = {
  id: 1,
  kind: "service",
  name: "Massage",
  quantity: 3,
  units_remaining: 3,
  available: 180,
  unit_prices: [60, 60, 60],
};
const tip = {
  id: 2,
  kind: "tip",
  name: "Tip",
  quantity: 0,
  units_remaining: 0,
  available: 5,
  unit_prices: [],
};

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
  const card = {available: 180, entitlements: [named]};
  const single = new DeductionChoice({card, order, format: euros});
  expect([single.usedText, ...single.remainingTexts, single.label]).toEqual([
    "2 × Massage",
    "1 of 3",
    "Use 2 × Massage",
  ]);
  single.toggle(single.redemptions[1]);
  expect([single.label, ...single.remainingTexts]).toEqual([
    "Use 1 × Massage",
    "2 of 3",
  ]);
  card.entitlements = [named, {...tip, tax_ids: [], like_tax_ids: []}];
  const both = new DeductionChoice({card, order, format: euros});
  expect(both.redemptions.map((redemption) => both.rowText(redemption))).toEqual([
    "1 × Massage",
    "1 × Massage",
    "5.00 €",
  ]);
  expect(both.usedText).toBe("2 × Massage, Tip 5.00 €");
  expect(both.remainingTexts).toEqual(["Massage 1 of 3", "Tip 0.00 €"]);
  both.redemptions.slice(1).forEach((redemption) => both.toggle(redemption));
  expect(both.sentence).toBe(
    "Pays Massage on this bill. Massage 2 of 3, Tip 5.00 € will be left on the card."
  );
  both.toggle(both.redemptions[0]);
  expect([both.usedText, both.canRedeem]).toEqual(["0.00 €", false]);
});

const stone = {
  id: 5,
  kind: "service",
  name: "Hot stone massage",
  quantity: 1,
  units_remaining: 1,
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
  const card = {available: 122, entitlements: [stone, {...lunch, product_id: 9}]};
  const choice = new DeductionChoice({card, order, format: euros});
  expect(choice.warning).toBe(
    "This card is not for Relaxing massage. What goes: 18.00 € of Hot stone massage. What stays: Hot stone massage 72.00 €."
  );
  expect([choice.sentence, choice.label]).toEqual(["", "Use 18.00 €"]);
  expect(choice.entitlementRows).toEqual([
    {id: 5, name: "Hot stone massage", goes: "18.00 €", stays: "72.00 €"},
    {id: 6, name: "Lunch", goes: "0.00 €", stays: "1 of 1"},
  ]);
  expect(choice.remainingTexts).toEqual(["Hot stone massage 72.00 €", "Lunch 1 of 1"]);
});

test("a card for one service warns as well, and is whole again for its service", () => {
  const three = {...massage, tax_ids: [20], like_tax_ids: [[20]], product_id: 7};
  const card = {available: 180, entitlements: [three]};
  const other = billOf({name: "Tea", gross: 20, productId: 4});
  const tea = new DeductionChoice({card, order: other, format: euros});
  expect(tea.warning).toMatch(/^This card is not for Tea/);
  expect([tea.label, ...tea.remainingTexts]).toEqual([
    "Use 20.00 €",
    "2 of 3 and 40.00 €",
  ]);
  const own = billOf({name: "Massage", gross: 60, productId: 7});
  const named = new DeductionChoice({card, order: own, format: euros});
  expect([named.warning, named.label]).toEqual(["", "Use 1 × Massage"]);
});

test("a broken unit pays of its own service what it has, the bill the rest", () => {
  const broken = {...stone, available: 72, unit_prices: [72], broken: 72};
  const card = {available: 72, entitlements: [broken]};
  const order = billOf({name: "Hot stone massage", gross: 90, productId: 8});
  const choice = new DeductionChoice({card, order, format: euros});
  expect([choice.warning, choice.label]).toEqual(["", "Use 72.00 €"]);
  expect(choice.stillToPay).toBe(18);
});

test("a card for one use and one tax says what is lost", () => {
  const care = {...tip, id: 4, kind: "amount", name: "Care", available: 60};
  const entitlement = {...care, tax_ids: [20], like_tax_ids: [[20]]};
  const card = {available: 60, is_single_use: true, entitlements: [entitlement]};
  const order = billOf({name: "Tea", gross: 20, productId: 4});
  const choice = new DeductionChoice({card, order, format: euros});
  expect(choice.warning).toBe(
    "This card can be used once. The 40.00 € that remain will be lost."
  );
  expect([choice.label, choice.lost, ...choice.remainingTexts]).toEqual([
    "Use 20.00 € and end the card",
    40,
    "0.00 €",
  ]);
});

test("a card that can pay nothing says what it is for and what it becomes", () => {
  const order = {remainingDue: 6.5, currency: {round}, getGiftcardDue: () => 6.5};
  const convert = (card) => new ConversionChoice({card, order, format: euros});
  const amount = {id: 3, kind: "amount", name: "Treatment card", available: 120};
  const ofAmount = convert({
    entitlements: [amount],
    good_for: "Treatments",
    available: 120,
  });
  expect(ofAmount.warning).toBe(
    "This card is for Treatments, which is not on the bill. You can change it into a 120.00 € gift card and use it now. Both steps are printed on the receipt."
  );
  expect(ofAmount.label).toBe("Change it and use 6.50 €");
  expect(ofAmount.remainingTexts).toEqual(["113.50 €"]);
  const ofEntitlements = convert({
    entitlements: [massage, {...tip, available: 0}],
    good_for: "3 × Massage, Tip",
    available: 180,
  });
  expect(ofEntitlements.warning).toMatch(/^This card is for Massage, which is not/);
});
