/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {reactive} from "@odoo/owl";

/**
 * Codes of the cards that were sold just now, by the uuid of their bill line.
 *
 * A code is money: it lives here until its receipt is left, in memory only, and is
 * kept away from the records, which go to the browser's database and to the log.
 */
export const soldCodes = reactive(new Map());

/** Take the codes out of the server's response, before anybody stores it. */
export function takeSoldCodes(response) {
  for (const line of response?.["pos.order.line"] || []) {
    if (line.giftcard_code) {
      soldCodes.set(line.uuid, line.giftcard_code);
    }
    delete line.giftcard_code;
  }
}

/**
 * Ask for what the receipt says of cards whose bill was paid behind the till's back.
 *
 * @param {PosStore} pos
 * @param {PosOrder} order paid on the server, by the client's phone say
 */
export async function askSoldCodes(pos, order) {
  const isUntold = (line) => !line.giftcard_last4 && !soldCodes.has(line.uuid);
  if (order.isSynced && order.getGiftcardSales().some(isUntold)) {
    const response = await pos.data.call("pos.order", "giftcard_sold", [[order.id]]);
    pos.models.connectNewData(response);
  }
}

/** Forget the codes of a bill whose receipt was shown. */
export function forgetSoldCodes(order) {
  order?.lines.forEach((line) => soldCodes.delete(line.uuid));
}
