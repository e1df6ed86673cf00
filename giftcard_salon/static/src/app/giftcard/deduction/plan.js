/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

/**
 * What of a bill a single-purpose card may pay, and with which of its entitlements.
 *
 * @typedef {Object} Entitlement as the server tells it
 * @property {number} id
 * @property {string} kind "service", "amount" or "tip"
 * @property {number} available
 * @property {number[]} unit_prices what each unit that is left pays, in their order
 * @property {number[][]} like_tax_ids per tax that was counted when the card was sold
 *  all that are the same VAT
 * @property {number} product_id the service it names
 *
 * @typedef {Object} Item a line of the bill that no card pays yet
 * @property {string} uuid
 * @property {number} count how many of it
 * @property {number} gross of one, tax included
 * @property {number} productId
 * @property {number[]} taxIds after the fiscal position
 * @property {boolean} isTip
 *
 * @typedef {Object} Redemption
 * @property {Entitlement} entitlement
 * @property {Item} item
 * @property {number} amount
 * @property {boolean} isNamed a whole unit of the service that the entitlement names
 * @property {boolean} isOther a service that the entitlement does not name
 */

const isSameTax = (entitlement, item) =>
  entitlement.like_tax_ids.length === item.taxIds.length &&
  entitlement.like_tax_ids.every((alike) =>
    item.taxIds.some((id) => alike.includes(id))
  );

/**
 * How many units are left after some value was used: a broken one counts.
 *
 * @param {number[]} prices of the units that were left before
 * @param {number} used
 * @param {Function} round to the currency's cents
 */
export function unitsAfter(prices, used, round) {
  let whole = 0;
  return prices.filter((price) => {
    whole = round(whole + price);
    return whole > used;
  }).length;
}

/** The redemptions of one card while they are being chosen: what each entitlement and item has left. */
class Plan {
  constructor(entitlements, items, round) {
    this.entitlements = entitlements.map((entitlement) => ({
      entitlement,
      remaining: entitlement.available,
      units: [...entitlement.unit_prices],
      isBroken: Boolean(entitlement.broken),
    }));
    this.items = items.map((item) => ({item, remaining: item.count}));
    this.round = round;
    this.redemptions = [];
  }

  add(balance, target, amount, isNamed) {
    const {entitlement} = balance;
    const isService = entitlement.kind === "service";
    const isOther = isService && target.item.productId !== entitlement.product_id;
    balance.remaining = this.round(balance.remaining - amount);
    balance.units.shift();
    balance.isBroken = false;
    target.remaining -= 1;
    this.redemptions.push({entitlement, item: target.item, amount, isNamed, isOther});
  }

  /** Let an entitlement pay items one by one, while it has something left. */
  pay(balance, isPayable, amountOf, isNamed = () => false) {
    for (const target of this.items.filter(({item}) => isPayable(item))) {
      while (target.remaining > 0 && balance.remaining > 0) {
        const amount = this.round(Math.min(balance.remaining, amountOf(target.item)));
        if (amount <= 0) {
          break;
        }
        this.add(balance, target, amount, isNamed());
      }
    }
  }

  payNamed() {
    for (const balance of this.entitlements.filter(
      ({entitlement}) => entitlement.kind === "service"
    )) {
      // a whole unit pays its service whatever that costs, a broken one what it has
      this.pay(
        balance,
        (item) => item.productId === balance.entitlement.product_id,
        (item) =>
          Math.min(balance.isBroken ? item.gross : Infinity, balance.units[0] || 0),
        () => !balance.isBroken
      );
    }
  }

  payTips() {
    for (const balance of this.entitlements.filter(
      ({entitlement}) => entitlement.kind === "tip"
    )) {
      this.pay(
        balance,
        (item) => item.isTip,
        (item) => item.gross
      );
    }
  }

  payAmounts() {
    for (const balance of this.entitlements.filter(
      ({entitlement}) => entitlement.kind === "amount"
    )) {
      this.pay(
        balance,
        (item) => !item.isTip && isSameTax(balance.entitlement, item),
        (item) => item.gross
      );
    }
  }

  /** Another item of the same tax: a unit pays it as far as it goes. */
  payOthers() {
    for (const balance of this.entitlements.filter(
      ({entitlement}) => entitlement.kind === "service"
    )) {
      this.pay(
        balance,
        (item) => !item.isTip && isSameTax(balance.entitlement, item),
        (item) => Math.min(item.gross, balance.units[0] || 0)
      );
    }
  }
}

/**
 * The redemptions that are proposed: what the card names, else what it may pay as well.
 *
 * @param {Object} params
 * @param {Entitlement[]} params.entitlements
 * @param {Item[]} params.items
 * @param {Function} params.round to the currency's cents
 * @returns {Redemption[]}
 */
export function planRedemptions({entitlements, items, round}) {
  const plan = new Plan(entitlements, items, round);
  plan.payNamed();
  plan.payAmounts();
  const isEmpty = !plan.redemptions.length;
  plan.payTips();
  if (isEmpty) {
    plan.payOthers();
  }
  return plan.redemptions;
}
