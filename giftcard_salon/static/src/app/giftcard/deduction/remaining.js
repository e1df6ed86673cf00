/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {unitsAfter} from "@giftcard_salon/app/giftcard/deduction/plan";

/**
 * What is left of the entitlements of a single-purpose card, in figures and in words.
 *
 * @typedef {Object} Remaining
 * @property {number} id of the entitlement
 * @property {string} name
 * @property {string} kind "service", "amount" or "tip"
 * @property {number} quantity units that were sold
 * @property {number} units_remaining
 * @property {number} remaining money
 * @property {number} broken money of a unit that paid for something else in part
 */

/** What of the first unit that is left is no whole unit any more; 0 when it is one. */
function brokenAfter({unit_prices, broken = 0}, used, round) {
  if (!used) {
    return broken;
  }
  let whole = 0;
  for (const [index, price] of unit_prices.entries()) {
    const remaining = round(whole + price - used);
    if (remaining > 0) {
      return remaining < price || (!index && broken) ? remaining : 0;
    }
    whole = round(whole + price);
  }
  return 0;
}

/**
 * @param {Entitlement[]} entitlements as for `deduction/plan`
 * @param {Map} used money by id of the entitlement
 * @param {Function} round to the currency's cents
 * @returns {Remaining[]}
 */
export function entitlementsAfter(entitlements, used, round) {
  return entitlements.map((entitlement) => {
    const {id, name, kind, quantity, available} = entitlement;
    const sum = used.get(id) || 0;
    const units_remaining = sum
      ? unitsAfter(entitlement.unit_prices, sum, round)
      : entitlement.units_remaining;
    const broken = brokenAfter(entitlement, sum, round);
    const remaining = round(available - sum);
    return {
      id,
      name,
      kind,
      quantity,
      units_remaining,
      remaining,
      ...(broken && {broken}),
    };
  });
}

/** The same once a redemption of one entitlement is undone. */
export function entitlementsReturned(
  entitlements,
  {entitlement_id, amount, is_unit},
  round
) {
  return entitlements.map((entitlement) =>
    entitlement.id === entitlement_id
      ? {
          ...entitlement,
          units_remaining: entitlement.units_remaining + Number(Boolean(is_unit)),
          remaining: round(entitlement.remaining + amount),
          // a unit that is whole again the server tells with the paid bill
          ...(entitlement.broken && {broken: is_unit ? entitlement.broken : 0}),
        }
      : entitlement
  );
}

/** "2 of 3", "5.00 €"; with a broken unit "1 of 3 and 42.00 €". */
export function remainingText(
  {kind, units_remaining, quantity, remaining = 0, broken},
  format
) {
  if (kind !== "service" || (broken && units_remaining === 1)) {
    return format(broken || remaining);
  }
  return broken
    ? _t("%(left)s of %(all)s and %(amount)s", {
        left: units_remaining - 1,
        all: quantity,
        amount: format(broken),
      })
    : _t("%(left)s of %(all)s", {left: units_remaining, all: quantity});
}

/** "2 of 3"; of a package "Massage 2 of 3", "Tip 5.00 €". */
export function remainingTextsOf(entitlements, format) {
  return entitlements.map((entitlement) => {
    const text = remainingText(entitlement, format);
    return entitlements.length > 1 ? `${entitlement.name} ${text}` : text;
  });
}

/** What was taken of one entitlement or given back: "2 × Massage", "5.00 €". */
export function movedText(redemptions, isPackage, format) {
  const {name} = redemptions[0].summary;
  if (redemptions.every(({summary}) => summary.is_unit)) {
    return `${redemptions.length} × ${name}`;
  }
  const sum = format(redemptions.reduce((all, {amount}) => all + amount, 0));
  return isPackage && name ? `${name} ${sum}` : sum;
}

/** The entitlements of a card after its last redemption: the server's word, else the till's. */
function entitlementsOf(redemptions) {
  const {entitlements} = redemptions.at(-1).summary;
  const byName = new Map(redemptions.map(({summary}) => [summary.name, summary]));
  return (
    entitlements ||
    [...byName.values()].filter(({remaining}) => remaining !== undefined)
  );
}

/**
 * The rows of a card's box on the receipt: what was used today, all that is left.
 *
 * @param {Object[]} redemptions of one card: `summary`, `amount` over zero, `isBack`
 * @param {Function} format an amount as text
 */
export function receiptRows(redemptions, format) {
  const entitlements = entitlementsOf(redemptions);
  const groups = new Map();
  for (const redemption of redemptions) {
    const key = `${redemption.isBack ? "back" : "used"} ${redemption.summary.name}`;
    groups.set(key, [...(groups.get(key) || []), redemption]);
  }
  const moved = [...groups].map(([id, moves]) => ({
    id,
    label: moves[0].isBack ? _t("Back on the card") : _t("Used today"),
    text: movedText(moves, entitlements.length > 1, format),
  }));
  const remaining = remainingTextsOf(entitlements, format).map((text, index) => ({
    id: `left ${index}`,
    label: index ? "" : _t("Left"),
    text,
    isBold: true,
  }));
  return [...moved, ...remaining];
}
