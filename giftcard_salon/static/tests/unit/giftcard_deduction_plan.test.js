/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {describe, expect, test} from "@odoo/hoot";
import {planRedemptions, unitsAfter} from "@giftcard_salon/app/giftcard/deduction/plan";

describe.current.tags("headless");

const round = (amount) => Math.round(amount * 100) / 100;

const massage = {
  id: 1,
  kind: "service",
  name: "Massage",
  available: 66.67,
  unit_prices: [33.34, 33.33],
  like_tax_ids: [[20, 21]],
  product_id: 7,
};
const tip = {
  id: 2,
  kind: "tip",
  name: "Tip",
  available: 5,
  unit_prices: [],
  like_tax_ids: [],
  product_id: false,
};
const amount = {...tip, id: 3, kind: "amount", available: 60, like_tax_ids: [[20, 21]]};

function item(uuid, values) {
  return {uuid, count: 1, gross: 40, productId: 7, taxIds: [20], ...values};
}

function plan(entitlements, items) {
  return planRedemptions({entitlements, items, round}).map((redemption) => [
    redemption.entitlement.id,
    redemption.item.uuid,
    redemption.amount,
    redemption.isNamed,
  ]);
}

test("the service that a card names is paid by units, whatever it costs now", () => {
  expect(plan([massage], [item("a"), item("b")])).toEqual([
    [1, "a", 33.34, true],
    [1, "b", 33.33, true],
  ]);
  expect(plan([massage], [item("a", {count: 3})]).length).toBe(2);
});

test("its tax may have changed since", () => {
  expect(plan([massage], [item("a", {taxIds: [10]})])).toEqual([[1, "a", 33.34, true]]);
});

test("another item of the same tax only when nothing is named", () => {
  const tea = item("tea", {productId: 8, gross: 20});
  expect(plan([massage], [tea])).toEqual([[1, "tea", 20, false]]);
  expect(plan([massage], [tea, item("a")])).toEqual([[1, "a", 33.34, true]]);
});

test("another tax is not paid", () => {
  expect(plan([massage], [item("lunch", {productId: 8, taxIds: [10]})])).toEqual([]);
});

test("an amount pays what has its tax until it is used up", () => {
  const items = [
    item("a", {productId: 8, gross: 35}),
    item("b", {productId: 9, gross: 42}),
    item("c", {productId: 9, gross: 10}),
  ];
  expect(plan([amount], items)).toEqual([
    [3, "a", 35, false],
    [3, "b", 25, false],
  ]);
});

test("a tip is paid by a tip only, and by nothing else", () => {
  const tipLine = item("tip", {productId: 9, gross: 8, taxIds: [], isTip: true});
  expect(plan([massage, tip], [item("a"), tipLine])).toEqual([
    [1, "a", 33.34, true],
    [2, "tip", 5, false],
  ]);
  expect(plan([amount], [{...tipLine, taxIds: [20]}])).toEqual([]);
});

test("a broken unit counts as left", () => {
  expect(unitsAfter([33.33, 33.34, 33.33], 33.33, round)).toBe(2);
  expect(unitsAfter([33.33, 33.34, 33.33], 20, round)).toBe(3);
  expect(unitsAfter([33.33, 33.34, 33.33], 100, round)).toBe(0);
});
