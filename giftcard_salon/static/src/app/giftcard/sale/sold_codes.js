import {reactive} from "@odoo/owl";

/**
 * Codes of the cards that were sold just now, by the uuid of their bill line.
 *
 * A code is money: it lives here until its receipt is left, in memory only, and is
 * kept away from the records, which go to the browser's database and to the log.
 */
export const soldCodes = reactive(new Map());

/** Take the codes out of the answer of `sync_from_ui`, before anybody stores it. */
export function takeSoldCodes(answer) {
  for (const line of answer?.["pos.order.line"] || []) {
    if (line.giftcard_code) {
      soldCodes.set(line.uuid, line.giftcard_code);
    }
    delete line.giftcard_code;
  }
}

/** Forget the codes of a bill whose receipt was shown. */
export function forgetSoldCodes(order) {
  order?.lines.forEach((line) => soldCodes.delete(line.uuid));
}
