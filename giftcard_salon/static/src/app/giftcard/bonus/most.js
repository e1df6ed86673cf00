/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

/**
 * What decides on the bonus in a use of a card, as the server tells it.
 *
 * @typedef {Object} Pool
 * @property {number} available value that is left
 * @property {number} available_consideration what was paid for it
 * @property {number} pool_face value in all
 * @property {number} pool_consideration what was paid for all of it
 */

/** Half up, exact also where the product is more than a number can say. */
function shareOf(total, numerator, denominator) {
  const [t, n, d] = [total, numerator, denominator].map(BigInt);
  return d ? Number((2n * t * n + d) / (2n * d)) : 0;
}

/** What of a use nobody paid for (R5), all in the currency's smallest unit. */
function bonusOf(amount, pool) {
  const used = pool.pool_face - pool.available + amount;
  const kept =
    pool.pool_consideration - shareOf(pool.pool_consideration, used, pool.pool_face);
  return amount - Math.max(0, Math.min(pool.available_consideration - kept, amount));
}

/**
 * The largest use of a card of which no more than `payable` was not paid for.
 *
 * @param {number} most the use that is wanted
 * @param {number} payable what a bonus may lower
 * @param {Pool} pool
 * @param {number} decimals of the currency
 */
export function mostWithBonus(most, payable, pool, decimals) {
  const unit = 10 ** decimals;
  const cents = (amount) => Math.round(amount * unit);
  const poolCents = Object.fromEntries(
    Object.entries(pool).map(([name, amount]) => [name, cents(amount)])
  );
  const fits = (amount) => bonusOf(amount, poolCents) <= cents(payable);
  let [low, high] = [0, cents(most)];
  if (fits(high)) {
    return most;
  }
  if (cents(payable) <= 0) {
    // not the few cents whose bonus is rounded away
    return 0;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low / unit;
}
