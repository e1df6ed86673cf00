/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {soldUntil} from "@giftcard_salon/app/giftcard/sale/line_values";
import {soldCodes} from "@giftcard_salon/app/giftcard/sale/sold_codes";

function soldEntitlement(line) {
  const {name, kind, quantity} = line.giftcard_summary || {};
  return {name, kind, quantity, units_remaining: quantity, remaining: line.priceIncl};
}

/**
 * The slips of the cards that a paid bill sold, as far as their codes are here.
 *
 * @param {PosOrder} order
 * @returns {Object[]} as of the server's `giftcard_reprint`
 */
export function soldSlips(order) {
  const sold = order.finalized ? order.getGiftcardsSold() : [];
  return sold
    .filter((line) => soldCodes.has(line.uuid))
    .map((line) => ({
      code: soldCodes.get(line.uuid),
      last4: line.giftcard_last4,
      name: line.product_id.display_name,
      available:
        line.giftcard_value ||
        line.giftcardSaleLines.reduce((sum, saleLine) => sum + saleLine.priceIncl, 0),
      entitlements: line.isGiftcardEntitlementSale
        ? line.giftcardSaleLines.map(soldEntitlement)
        : [],
      valid_until:
        soldUntil(line, order.date_order, order.company.giftcard_tz)?.toISODate() ||
        false,
      recipient: line.giftcard_recipient,
      sender: line.giftcard_sender,
      message: line.giftcard_message,
      is_pending: line.giftcard_is_pending,
      is_single_use: line.giftcardType.is_single_use,
    }));
}
