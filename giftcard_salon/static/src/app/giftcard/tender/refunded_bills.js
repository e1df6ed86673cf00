/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

/** The line that a line gives back, as far as this till has its bill. */
function refundedLine(line) {
  const id = line.raw?.refunded_orderline_id;
  return (
    line.refunded_orderline_id || (id && line.models["pos.order.line"].get(id)) || null
  );
}

/**
 * The bills that a refund gives back: its own one, then those before exchanges.
 *
 * @param {PosOrder} order
 * @returns {PosOrder[]} as far as this till has them, the nearest first
 */
export function refundedBills(order) {
  const bills = [];
  let bill = order;
  do {
    const lines = bill.lines.map((line) => refundedLine(line)?.order_id);
    bill = (bill === order && order.refunded_order_id) || lines.find(Boolean);
    if (bill) {
      bills.push(bill);
    }
  } while (bill && bills.indexOf(bill) === bills.length - 1);
  return [...new Set(bills)];
}

/**
 * Fetch the bills before exchanges that this till does not have: of another day, say.
 *
 * @param {PosData} data
 * @param {PosOrder} order a refund
 */
export async function loadRefundedBills(data, order) {
  for (;;) {
    const bill = refundedBills(order).at(-1) || order;
    const missing = bill.lines
      .filter((line) => line.raw?.refunded_orderline_id && !refundedLine(line))
      .map((line) => line.raw.refunded_orderline_id);
    if (!missing.length || data.network.offline) {
      return;
    }
    const found = await data.loadServerOrders([["lines", "in", missing]]);
    if (!found.length) {
      return;
    }
  }
}
