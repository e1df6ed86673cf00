/**
 * How much of a bill gift cards may pay, whatever the order they are scanned in.
 *
 * Together all cards pay at most the bill without the cards it sells; those that pay
 * no tips together at most that without its tips.
 *
 * @typedef {Object} Use
 * @property {number} amount
 * @property {boolean} paysTips whether its card may pay tips too
 *
 * @typedef {Object} Payable
 * @property {number} withTips
 * @property {number} withoutTips
 */

function sum(uses) {
  return uses.reduce((total, use) => total + use.amount, 0);
}

/**
 * What one more card may pay beside the others.
 *
 * @param {Payable} payable
 * @param {Use[]} others
 * @param {boolean} paysTips
 */
export function roomForCard(payable, others, paysTips) {
  const room = payable.withTips - sum(others);
  if (paysTips) {
    return Math.max(0, room);
  }
  const tipless = others.filter((use) => !use.paysTips);
  return Math.max(0, Math.min(room, payable.withoutTips - sum(tipless)));
}

/**
 * The amounts that the cards of a bill may keep when it became lower.
 *
 * @param {Payable} payable
 * @param {Use[]} uses
 * @param {Function} round to the currency's cents
 * @returns {number[]} for each use, in their order
 */
export function fittedAmounts(payable, uses, round) {
  const kept = [];
  for (const {amount, paysTips} of uses) {
    const room = roomForCard(payable, kept, paysTips);
    kept.push({amount: round(Math.min(amount, room)), paysTips});
  }
  return kept.map((use) => use.amount);
}
