/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {uuidv4} from "@point_of_sale/utils";

/**
 * Convert a card into a gift card and pay with it: credit lines, the new card's line,
 * and the payment. All of them are named by the payment.
 *
 * @param {GiftcardAttempt} attempt
 * @param {ConversionChoice} choice what was chosen
 */
export async function holdConversion(attempt, choice) {
  const {client, code, order, paymentMethod, isWanted} = attempt;
  const keys = choice.card.entitlements.map(() => uuidv4());
  const response = await client.hold(
    "giftcard_hold_conversion",
    keys.map((key) => ({key, revision: 1})),
    {code, keys},
    order
  );
  if (response.problem || !isWanted()) {
    client.releaseOrphans();
    return response;
  }
  const key = uuidv4();
  order.addGiftcardConversion(key, response);
  order.addGiftcardRedemption(
    paymentMethod,
    {
      key,
      revision: 1,
      amount: choice.amount,
      consideration: choice.amount,
      bonus: 0,
      last4: response.last4,
      available: order.currency.round(response.amount - choice.amount),
    },
    {pays_tips: choice.card.pays_tips}
  );
  return response;
}
