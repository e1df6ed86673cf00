/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

/**
 * What an item is before a card pays it, to make it that again.
 *
 * @param {PosOrderline} line
 */
export function itemBefore(line) {
  return {
    price_unit: line.price_unit,
    discount: line.getDiscount(),
    price_type: line.price_type,
    tax_ids: line.tax_ids.map((tax) => tax.id),
    pricelist_id: line.order_id.pricelist_id?.id || false,
  };
}

/**
 * The price of an item that no card pays any more. As it was; but when the bill has
 * another pricelist by now, what that says, unless the cashier typed the price.
 *
 * @param {PosOrderline} line
 * @param {Object} before of `itemBefore`
 */
export function priceOfFreed(line, {price_unit, price_type, pricelist_id}) {
  const {pricelist_id: pricelist} = line.order_id;
  const isSame = pricelist_id === (pricelist?.id || false);
  return price_type !== "original" || isSame
    ? price_unit
    : line.product_id.product_tmpl_id.getPrice(
        pricelist,
        line.getQuantity(),
        line.getPriceExtra(),
        false,
        line.product_id
      );
}
