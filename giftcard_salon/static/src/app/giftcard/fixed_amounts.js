/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

/**
 * Lines whose amounts a gift card fixes to the cent.
 *
 * The tax engine takes such amounts from `extra_tax_data`, as long as price, quantity,
 * discount and taxes of the line are the ones told there. Core's own check of that in
 * the till rounds to multiples of two; the server's does not, so this one does not.
 *
 * @typedef {Object} FixedTax
 * @property {number} id of the tax, after the fiscal position
 * @property {number} base
 * @property {number} vat
 * @property {boolean} is_included in the price
 */

const AMOUNTS = [
  "base_amount_currency",
  "base_amount",
  "tax_amount_currency",
  "tax_amount",
];
const TINY = 1e-6;

const isSame = (a, b) => Math.abs((a || 0) - (b || 0)) < TINY;

/**
 * What `extra_tax_data` of a line with fixed amounts says.
 *
 * @param {string} key what belongs together: apart from it no cent is rounded
 * @param {Object} amounts of one unit, signed
 * @param {number} amounts.base without tax
 * @param {FixedTax[]} amounts.taxes
 * @param {number} currencyId
 * @param {number} quantity 1, or -1 on a refund
 */
export function fixedTaxData(key, {base, taxes}, currencyId, quantity = 1) {
  const computation_key = `giftcard,${key}`;
  if (!taxes.length) {
    return {computation_key};
  }
  const perTax = taxes.map((tax) => [
    tax.id,
    Object.fromEntries(
      AMOUNTS.map((name) => [
        name,
        quantity * (name.startsWith("tax") ? tax.vat : tax.base),
      ])
    ),
  ]);
  const included = taxes.filter((tax) => tax.is_included);
  return {
    computation_key,
    manual_total_excluded_currency: quantity * base,
    manual_total_excluded: quantity * base,
    manual_tax_amounts: Object.fromEntries(perTax),
    currency_id: currencyId,
    price_unit: included.reduce((sum, tax) => sum + tax.vat, base),
    discount: 0,
    quantity,
    rate: 1.0,
  };
}

/** The same amounts for a refund of the line: its quantity is the opposite. */
export function reversedTaxData(data) {
  if (!data?.manual_tax_amounts) {
    return data;
  }
  // no minus zero: JSON knows none
  const turn = (amount) => (amount ? -amount : 0);
  const perTax = Object.entries(data.manual_tax_amounts).map(([id, amounts]) => [
    id,
    Object.fromEntries(
      Object.entries(amounts).map(([name, amount]) => [name, turn(amount)])
    ),
  ]);
  return {
    ...data,
    quantity: turn(data.quantity),
    manual_total_excluded_currency: turn(data.manual_total_excluded_currency),
    manual_total_excluded: turn(data.manual_total_excluded),
    manual_tax_amounts: Object.fromEntries(perTax),
  };
}

/**
 * Whether the server will take the fixed amounts of a line.
 *
 * @param {Object} data its `extra_tax_data`
 * @param {Object} line price_unit, quantity, discount, currency_id, and tax_ids after
 *  the fiscal position
 */
export function isFixedIntact(data, line) {
  if (!data) {
    return false;
  }
  const taxes = line.tax_ids.flatMap((tax) =>
    tax.children_tax_ids?.length ? tax.children_tax_ids : [tax]
  );
  if (!taxes.length) {
    return isSame(line.discount, 0);
  }
  const taxIds = Object.keys(data.manual_tax_amounts || {});
  return (
    taxIds.length === taxes.length &&
    taxes.every((tax) => taxIds.includes(String(tax.id))) &&
    data.currency_id === line.currency_id.id &&
    isSame(data.price_unit, line.price_unit) &&
    isSame(data.quantity, line.quantity) &&
    isSame(data.discount, line.discount)
  );
}

/**
 * Make a base line of the tax engine say what the server's will say.
 *
 * @param {Object} baseLine as core prepared it; changed in place
 * @param {Object} data `extra_tax_data` of its line
 * @param {Object} asked the values core was asked with
 */
export function fixBaseLine(baseLine, data, asked) {
  if (!isFixedIntact(data, {...baseLine, ...asked})) {
    Object.assign(baseLine, {
      manual_total_excluded_currency: null,
      manual_total_excluded: null,
      manual_tax_amounts: null,
      price_unit: asked.price_unit,
    });
  } else if (data.manual_tax_amounts) {
    // core takes a zero for nothing
    baseLine.manual_total_excluded_currency = data.manual_total_excluded_currency;
    baseLine.manual_total_excluded = data.manual_total_excluded;
  }
  return baseLine;
}
