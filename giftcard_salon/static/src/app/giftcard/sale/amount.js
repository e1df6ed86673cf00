/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";

const MAX_DIGITS = 9;

/**
 * Return the text of an amount after one more key.
 *
 * @param {string} text as it stands
 * @param {string} key digit, ".", "," or "Backspace"
 * @param {Object} options
 * @param {boolean} options.isFresh the text is a proposal: a digit replaces it
 * @param {string} options.decimalPoint
 * @param {number} options.decimals digits after it that the currency has
 */
export function typeAmount(text, key, {isFresh, decimalPoint, decimals}) {
  const before = isFresh ? "" : text;
  if (key === "Backspace") {
    return before.slice(0, -1);
  }
  if (key === "." || key === ",") {
    const hasPoint = before.includes(decimalPoint) || !decimals;
    return hasPoint ? before : (before || "0") + decimalPoint;
  }
  return isFull(before.split(decimalPoint), decimals)
    ? before
    : before.replace(/^0$/, "") + key;
}

function isFull([units, cents], decimals) {
  return cents === undefined ? units.length >= MAX_DIGITS : cents.length >= decimals;
}

/** The amounts a type offers, in its order, and the one chosen at first. */
export function offeredAmounts(type) {
  const amounts = [...type.amount_ids]
    .sort((a, b) => a.sequence - b.sequence || a.amount - b.amount)
    .map((preset) => preset.amount);
  const chosen = amounts.includes(type.default_amount)
    ? type.default_amount
    : amounts[0];
  return {amounts, chosen};
}

/** "100 €", or "100 € → 110 €" for a card that is worth more than it costs. */
export function presetLabel(amount, worth, format) {
  return (worth > amount ? [amount, worth] : [amount])
    .map((sum) => format(sum, Number.isInteger(sum) ? {digits: [0, 0]} : {}))
    .join(" → ");
}

/**
 * What a card of a type is worth for which a client pays an amount.
 *
 * @param {Object} type
 * @param {number} paid
 * @param {Function} round to the currency's cents
 */
export function worthOf(type, paid, round) {
  const preset = type.amount_ids.find(({amount}) => round(amount - paid) === 0);
  return preset ? preset.value : round(paid + round((paid * type.bonus_rate) / 100));
}

/**
 * The last day on which a card of this type, sold at `now`, can be used; or null.
 *
 * @param {Object} type
 * @param {luxon.DateTime} now
 * @param {string|false} zone the company's, whose clock says which day it is
 */
export function validUntil(type, now, zone) {
  if (type.validity_mode === "date") {
    return type.validity_date || null;
  }
  if (type.validity_mode === "period") {
    const here = now.setZone(zone || "utc").startOf("day");
    const last = here.plus({[`${type.validity_unit}s`]: type.validity_count});
    return last.setZone("local", {keepLocalTime: true});
  }
  return null;
}

/** The last day of a card of this type that `company` sells now; or null. */
export function lastDayFrom(type, company) {
  return validUntil(type, luxon.DateTime.now(), company.giftcard_tz);
}

/** "Valid until 21 Nov 2027", in the user's own way to write a day. */
export function validityText(day) {
  return day
    ? _t("Valid until %s", day.toLocaleString(luxon.DateTime.DATE_MED))
    : _t("No expiry");
}
