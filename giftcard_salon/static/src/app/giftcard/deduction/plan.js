/**
 * What of a bill a single-purpose card may pay, and with which of its parts.
 *
 * @typedef {Object} Part as the server tells it
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
 * @typedef {Object} Use
 * @property {Part} part
 * @property {Item} item
 * @property {number} amount
 * @property {boolean} isNamed a whole unit of the service that the part names
 * @property {boolean} isOther a service that the part does not name
 */

const isSameTax = (part, item) =>
  part.like_tax_ids.length === item.taxIds.length &&
  part.like_tax_ids.every((alike) => item.taxIds.some((id) => alike.includes(id)));

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

/** The uses of one card while they are being chosen: what each part and item has left. */
class Plan {
  constructor(parts, items, round) {
    this.parts = parts.map((part) => ({
      part,
      left: part.available,
      units: [...part.unit_prices],
      isBroken: Boolean(part.broken),
    }));
    this.items = items.map((item) => ({item, left: item.count}));
    this.round = round;
    this.uses = [];
  }

  add(own, place, amount, isNamed) {
    const {part} = own;
    const isService = part.kind === "service";
    const isOther = isService && place.item.productId !== part.product_id;
    own.left = this.round(own.left - amount);
    own.units.shift();
    own.isBroken = false;
    place.left -= 1;
    this.uses.push({part, item: place.item, amount, isNamed, isOther});
  }

  /** Let a part pay items one by one, while it has something left. */
  pay(own, isPayable, amountOf, isNamed = () => false) {
    for (const place of this.items.filter(({item}) => isPayable(item))) {
      while (place.left > 0 && own.left > 0) {
        const amount = this.round(Math.min(own.left, amountOf(place.item)));
        if (amount <= 0) {
          break;
        }
        this.add(own, place, amount, isNamed());
      }
    }
  }

  payNamed() {
    for (const own of this.parts.filter(({part}) => part.kind === "service")) {
      // a whole unit pays its service whatever that costs, a broken one what it has
      this.pay(
        own,
        (item) => item.productId === own.part.product_id,
        (item) => Math.min(own.isBroken ? item.gross : Infinity, own.units[0] || 0),
        () => !own.isBroken
      );
    }
  }

  payTips() {
    for (const own of this.parts.filter(({part}) => part.kind === "tip")) {
      this.pay(
        own,
        (item) => item.isTip,
        (item) => item.gross
      );
    }
  }

  payAmounts() {
    for (const own of this.parts.filter(({part}) => part.kind === "amount")) {
      this.pay(
        own,
        (item) => !item.isTip && isSameTax(own.part, item),
        (item) => item.gross
      );
    }
  }

  /** Another item of the same tax: a unit pays it as far as it goes. */
  payOthers() {
    for (const own of this.parts.filter(({part}) => part.kind === "service")) {
      this.pay(
        own,
        (item) => !item.isTip && isSameTax(own.part, item),
        (item) => Math.min(item.gross, own.units[0] || 0)
      );
    }
  }
}

/**
 * The uses that are proposed: what the card names, else what it may pay as well.
 *
 * @param {Object} params
 * @param {Part[]} params.parts
 * @param {Item[]} params.items
 * @param {Function} params.round to the currency's cents
 * @returns {Use[]}
 */
export function planUses({parts, items, round}) {
  const plan = new Plan(parts, items, round);
  plan.payNamed();
  plan.payAmounts();
  const isEmpty = !plan.uses.length;
  plan.payTips();
  if (isEmpty) {
    plan.payOthers();
  }
  return plan.uses;
}
