/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {validUntil} from "@giftcard_salon/app/giftcard/sale/amount";

/** What the bill line of a card keeps of the card that was scanned for it. */
export function scannedValues(scan) {
  return {
    giftcard_reference: scan?.reference || false,
    giftcard_is_topup: scan?.purpose === "topup",
    giftcard_scanned_last4: scan?.last4 || false,
  };
}

/** What people say of a card that is sold. */
export const SALE_TEXTS = ["giftcard_recipient", "giftcard_sender", "giftcard_message"];

/**
 * The values of the bill line that sells a card.
 *
 * A card that gets more money keeps its names: they are not asked, nor sold.
 */
export function saleValues({amount, worth, scan, texts}) {
  const said = (name) => (scan.isTopup ? "" : texts[name].trim());
  return {
    price_unit: amount,
    giftcard_value: worth > amount ? worth : 0,
    ...scannedValues(scan.card),
    ...Object.fromEntries(SALE_TEXTS.map((name) => [name, said(name)])),
  };
}

/**
 * The bill line that sells a printed card already, on whatever bill of this till.
 *
 * @param {Object[]} lines all that the till knows
 * @param {Object} scan the server's response
 * @param {Object} editedLine the line that is being changed, if any
 */
export function lineOfPrintedCard(lines, scan, editedLine) {
  return lines.find(
    (line) =>
      scan.purpose === "new" &&
      line.isGiftcardSale &&
      !line.giftcard_is_topup &&
      line.giftcard_reference === scan.reference &&
      line.uuid !== editedLine?.uuid
  );
}

/**
 * What of a sale cannot be done without the network.
 *
 * A printed card was checked when it was scanned, and the client leaves with its
 * code. A new one gets its code from the server; what a card is loaded up to only the
 * server knows.
 *
 * @param {Object[]} sales bill lines that sell cards
 * @returns {string} "code", "topup" or ""
 */
export function whatNeedsNetwork(sales) {
  if (sales.some((line) => !line.giftcard_reference)) {
    return "code";
  }
  return sales.some((line) => line.giftcard_is_topup) ? "topup" : "";
}

/** Whether the server has made or loaded the card of a bill line: a saved bill is not. */
export function isSettled(line) {
  return Boolean(line.giftcard_last4);
}

/**
 * The last day of the card of a bill line: the server's, or as its type says so far.
 *
 * @param {Object} line
 * @param {luxon.DateTime} soldAt
 * @param {string|false} zone the company's
 */
export function soldUntil(line, soldAt, zone) {
  return isSettled(line)
    ? line.giftcard_valid_until
    : validUntil(line.giftcardType, soldAt, zone);
}
