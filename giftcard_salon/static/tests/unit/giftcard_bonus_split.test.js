/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {describe, expect, test} from "@odoo/hoot";
import {presetLabel, worthOf} from "@giftcard_salon/app/giftcard/sale/amount";
import {mostWithBonus} from "@giftcard_salon/app/giftcard/bonus/most";
import {
  isSplitByWeight,
  openTaxGroups,
  taxGroupKey,
  taxGroupsOfLines,
} from "@giftcard_salon/app/giftcard/bonus/split";
import {
  fixBaseLine,
  fixedTaxData,
  isFixedIntact,
  reversedTaxData,
} from "@giftcard_salon/app/giftcard/fixed_amounts";

const round = (amount) => Math.round(amount * 100) / 100;
const VAT20 = {id: 20, amount_type: "percent"};
const VAT10 = {id: 10, amount_type: "percent"};
const GROUP = {id: 30, amount_type: "group", children_tax_ids: [VAT10, VAT20]};
const CHARGE = {id: 5, amount_type: "fixed"};

describe.current.tags("headless");

describe("rates", () => {
  const base = (taxes, included, excluded, delta, ...vat) => ({
    tax_ids: taxes,
    tax_details: {
      raw_total_included_currency: included,
      total_excluded_currency: excluded,
      delta_total_excluded_currency: delta,
      taxes_data: vat.map((tax_amount_currency) => ({tax_amount_currency})),
    },
  });
  const linesOf = (baseLines) =>
    Object.entries(baseLines).map(([uuid, {tax_ids}]) => ({uuid, tax_ids}));

  test("lines of the same taxes are one rate, with the cents of all of them", () => {
    // two items of 10.05 in round_globally: a cent moves between the lines
    const baseLines = {
      a: base([VAT20], 10.05, 8.38, -0.01, 1.68),
      b: base([VAT20], 10.05, 8.38, 0, 1.67),
      c: base([VAT10], 11, 10, 0, 1),
    };
    expect(taxGroupsOfLines(linesOf(baseLines), baseLines, round)).toEqual([
      {key: "20", tax_ids: [20], taxes: [VAT20], gross: 20.1},
      {key: "10", tax_ids: [10], taxes: [VAT10], gross: 11},
    ]);
  });

  test("a cent that core moves between rates is given back to its own", () => {
    const baseLines = {
      a: base([VAT10], 61.01, 55.46, -0.01, 5.55),
      b: base([VAT20], 31.89, 26.58, 0, 5.32),
    };
    const taxGroups = taxGroupsOfLines(linesOf(baseLines), baseLines, round);
    expect(taxGroups.map((taxGroup) => taxGroup.gross)).toEqual([61.01, 31.89]);
  });

  test("what prices behind the cents leave to the bill's total is not lost", () => {
    const baseLines = {
      a: base([VAT10], 8.495, 7.72, 0, 0.77),
      b: base([VAT20], 8.494, 7.08, 0, 1.42),
    };
    const taxGroups = taxGroupsOfLines(linesOf(baseLines), baseLines, round);
    expect(taxGroups.map((taxGroup) => taxGroup.gross)).toEqual([8.5, 8.49]);
  });

  test("a group of taxes is known by its taxes; a fixed charge is not lowered", () => {
    expect(taxGroupKey([GROUP])).toBe("10,20");
    expect(taxGroupKey([VAT20, VAT10])).toBe("10,20");
    expect(taxGroupKey([CHARGE, VAT20])).toBe("20");
    expect(taxGroupKey([])).toBe("");
  });

  test("the next card's bonus lowers what the ones before it left", () => {
    const supplies = [
      {key: "20", gross: 60},
      {key: "", gross: 10},
    ];
    const discounted = [{key: "20", gross: -12.5}];
    expect(openTaxGroups(supplies, discounted, round)).toEqual([
      {key: "20", gross: 47.5, discounted: 12.5},
      {key: "", gross: 10, discounted: 0},
    ]);
    expect(openTaxGroups([supplies[0]], [{key: "20", gross: -60}], round)).toEqual([]);
  });

  test("a bonus above the supplies lowers the amount", () => {
    const pool = (price, value) => ({
      available: value,
      available_consideration: price,
      pool_face: value,
      pool_consideration: price,
    });
    expect(mostWithBonus(66, 60, pool(100, 110), 2)).toBe(66);
    expect(mostWithBonus(70, 10, pool(10, 110), 2)).toBe(11);
    expect(mostWithBonus(26, 20, pool(0, 26), 2)).toBe(20);
    expect(mostWithBonus(6, 0, pool(0, 26), 2)).toBe(0);
    expect(mostWithBonus(6, 0, pool(100, 110), 2)).toBe(0);
    expect(mostWithBonus(6, 0, pool(50, 50), 2)).toBe(6);
    // a yen has no cents; a billion of them no noise
    expect(mostWithBonus(1e9, 0.5e9, pool(0, 1e9), 0)).toBe(0.5e9);
  });
});

describe("split", () => {
  const grosses = [49.99, 20.01, 10];

  test("a split that still fits the bill is known (C23, C24)", () => {
    expect(isSplitByWeight([8.33, 3.33, 1.67], 13.33, grosses, 2)).toBe(true);
    expect(isSplitByWeight([3.12, 1.25, 0.63], 5, grosses, 2)).toBe(true);
  });

  test("of another bill, another sum or another order it is not", () => {
    expect(isSplitByWeight([8.33, 3.33, 1.67], 13.33, [49.99, 20.01, 20], 2)).toBe(
      false
    );
    expect(isSplitByWeight([8.33, 3.33, 1.66], 13.33, grosses, 2)).toBe(false);
    expect(isSplitByWeight([3.33, 8.33, 1.67], 13.33, grosses, 2)).toBe(false);
    expect(isSplitByWeight([8.34, 3.33, 1.66], 13.33, grosses, 2)).toBe(false);
  });

  test("of equal remainders any may be first", () => {
    expect(isSplitByWeight([0.01, 0, 0], 0.01, [1, 1, 1], 2)).toBe(true);
    expect(isSplitByWeight([0, 0, 0.01], 0.01, [1, 1, 1], 2)).toBe(true);
    expect(isSplitByWeight([], 0, [], 2)).toBe(true);
    expect(isSplitByWeight([], 0.01, [], 2)).toBe(false);
  });
});

describe("forced amounts", () => {
  const currency = {id: 1, decimal_places: 2};
  const taxes = [{id: 20, base: -6.94, vat: -1.39, is_included: true}];
  const data = fixedTaxData("uuid", {base: -6.94, taxes}, 1);
  const line = {
    price_unit: -8.33,
    quantity: 1,
    discount: 0,
    currency_id: currency,
    tax_ids: [VAT20],
  };

  test("the tax engine gets base, tax and price", () => {
    expect(data.computation_key).toBe("giftcard,uuid");
    expect(round(data.price_unit)).toBe(-8.33);
    expect(data.manual_tax_amounts[20].tax_amount_currency).toBe(-1.39);
    expect(data.manual_total_excluded).toBe(-6.94);
    expect(fixedTaxData("uuid", {base: -5, taxes: []}, 1)).toEqual({
      computation_key: "giftcard,uuid",
    });
  });

  test("they hold for this very line, to the cent", () => {
    expect(isFixedIntact(data, line)).toBe(true);
    expect(isFixedIntact(data, {...line, price_unit: -8.34})).toBe(false);
    expect(isFixedIntact(data, {...line, quantity: 2})).toBe(false);
    expect(isFixedIntact(data, {...line, discount: 0.5})).toBe(false);
    expect(isFixedIntact(data, {...line, tax_ids: [VAT10]})).toBe(false);
    expect(isFixedIntact(data, {...line, tax_ids: [VAT20, VAT10]})).toBe(false);
    expect(isFixedIntact(null, line)).toBe(false);
  });

  test("a refund has the opposite of each, and no minus zero", () => {
    const back = reversedTaxData(data);
    expect(back.quantity).toBe(-1);
    expect(back.manual_total_excluded_currency).toBe(6.94);
    expect(back.manual_tax_amounts[20].base_amount).toBe(6.94);
    expect(reversedTaxData(reversedTaxData(data))).toEqual(data);
    const nil = fixedTaxData("uuid", {base: 0, taxes: [{...taxes[0], base: 0}]}, 1);
    expect(Object.is(reversedTaxData(nil).manual_total_excluded, 0)).toBe(true);
  });

  test("a base of zero is an amount; what does not fit is not taken", () => {
    const tiny = [{id: 20, base: 0, vat: -0.01, is_included: true}];
    const nil = fixedTaxData("uuid", {base: 0, taxes: tiny}, 1);
    const asked = {...line, price_unit: -0.01};
    const core = {manual_total_excluded_currency: null, manual_total_excluded: null};
    const discounted = fixBaseLine({...asked, ...core}, nil, asked);
    expect(discounted.manual_total_excluded_currency).toBe(0);
    const manual = {...core, manual_tax_amounts: data.manual_tax_amounts};
    const loose = fixBaseLine({...line, ...manual}, data, {
      ...line,
      price_unit: -9,
    });
    expect(loose.manual_tax_amounts).toBe(null);
    expect(loose.price_unit).toBe(-9);
  });
});

describe("sale", () => {
  const type = {
    bonus_rate: 10,
    amount_ids: [
      {amount: 50, value: 50},
      {amount: 100, value: 120},
    ],
  };
  const format = (amount, {digits} = {}) => `${amount.toFixed(digits ? 0 : 2)} €`;

  test("an amount on offer has its own value, another one the rate", () => {
    expect(worthOf(type, 50, round)).toBe(50);
    expect(worthOf(type, 100, round)).toBe(120);
    expect(worthOf(type, 33.33, round)).toBe(36.66);
    expect(worthOf({...type, bonus_rate: 0}, 33.33, round)).toBe(33.33);
  });

  test("the chip says what is paid and what the card is worth", () => {
    expect(presetLabel(100, 110, format)).toBe("100 € → 110 €");
    expect(presetLabel(50, 50, format)).toBe("50 €");
    expect(presetLabel(33.33, 36.66, format)).toBe("33.33 € → 36.66 €");
  });
});
