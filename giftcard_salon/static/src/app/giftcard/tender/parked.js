/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";

/**
 * The bills of this till that hold a card, with the number that their tab shows.
 *
 * @param {Object} card summary of the server
 * @param {Object[]} orders that this till has
 * @returns {Object[]} `name`, `amount`, and `order`, when it can be opened here
 */
export function parkedBills({parked = []}, orders) {
  return parked.map(({bill, name, amount}) => {
    const order = orders.find(
      (candidate) => candidate.uuid === bill && !candidate.finalized
    );
    return {id: bill, name: order?.getName() || name, amount, order};
  });
}

/** The server's refusal with the numbers that the cashier sees. */
export function withBillNames(card, orders) {
  const text = parkedBills(card, orders).reduce(
    (refusal, {name}, index) => refusal.replace(card.parked[index].name, name),
    card.refusal || ""
  );
  return card.parked?.length ? {...card, refusal: text} : card;
}

/** "48.00 € of this card is on bill 1244 of this till." */
export function parkedText({name, amount}, format) {
  return _t("%(amount)s of this card is on bill %(bill)s of this till.", {
    amount: format(amount),
    bill: name,
  });
}
