/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

/**
 * How much of a bill gift cards may pay, whatever the order they are scanned in.
 *
 * Together all cards pay at most the bill without the cards it sells; those that pay
 * no tips together at most that without its tips.
 *
 * @typedef {Object} Share what one card takes of the bill
 * @property {number} amount
 * @property {boolean} paysTips whether its card may pay tips too
 *
 * @typedef {Object} Payable
 * @property {number} withTips
 * @property {number} withoutTips
 */

function sum(shares) {
  return shares.reduce((total, share) => total + share.amount, 0);
}

/**
 * What one more card may pay beside the others.
 *
 * @param {Payable} payable
 * @param {Share[]} others
 * @param {boolean} paysTips
 */
export function payableByCard(payable, others, paysTips) {
  const open = payable.withTips - sum(others);
  if (paysTips) {
    return Math.max(0, open);
  }
  const tipless = others.filter((share) => !share.paysTips);
  return Math.max(0, Math.min(open, payable.withoutTips - sum(tipless)));
}

/**
 * The amounts that the cards of a bill may keep when it became lower.
 *
 * @param {Payable} payable
 * @param {Share[]} shares
 * @param {Function} round to the currency's cents
 * @returns {number[]} for each share, in their order
 */
export function fittedAmounts(payable, shares, round) {
  const kept = [];
  for (const {amount, paysTips} of shares) {
    const most = payableByCard(payable, kept, paysTips);
    kept.push({amount: round(Math.min(amount, most)), paysTips});
  }
  return kept.map((share) => share.amount);
}
