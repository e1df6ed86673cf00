/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {describe, expect, test} from "@odoo/hoot";
import {itemBefore, priceOfFreed} from "@giftcard_salon/app/giftcard/deduction/item";

describe.current.tags("headless");

const prices = {1: 60, 2: 48};

function item(values = {}) {
  return {
    price_unit: 60,
    price_type: "original",
    tax_ids: [{id: 20}],
    order_id: {pricelist_id: {id: 1}},
    product_id: {product_tmpl_id: {getPrice: (list) => (list ? prices[list.id] : 65)}},
    getDiscount: () => 0,
    getQuantity: () => 1,
    getPriceExtra: () => 0,
    ...values,
  };
}

/** The price after a pair that stood while another pricelist was chosen. */
function freed(line, pricelist) {
  const before = itemBefore(line);
  line.order_id = {pricelist_id: pricelist};
  return priceOfFreed(line, before);
}

test("without its pair an item costs what the bill's pricelist says by now", () => {
  expect(freed(item(), {id: 2})).toBe(48);
  expect(freed(item(), undefined)).toBe(65);
});

test("a price that was typed stays, and so does one of the same pricelist", () => {
  const typed = item({price_unit: 50, price_type: "manual"});
  expect(freed(typed, {id: 2})).toBe(50);
  expect(freed(item({price_unit: 59.99}), {id: 1})).toBe(59.99);
  const none = item({order_id: {}, price_unit: 64});
  expect(freed(none, undefined)).toBe(64);
});
