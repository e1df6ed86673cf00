/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

/**
 * What a single-purpose card costs: the server says it, with the VAT of every part.
 *
 * Cards whose VAT is counted when they are used need none of this.
 */
export class GiftcardQuote {
  constructor(pos, {type, line}) {
    Object.assign(this, {pos, type, line});
    this.response = null;
    this.notice = null;
    this.isBusy = false;
  }

  // === GETTERS === //

  /** VAT is counted when the card is sold. */
  get isTaxed() {
    return this.type.vat_mode === "spv";
  }

  /** The card stands for services: there is no amount to choose. */
  get isService() {
    return this.type.kind === "service";
  }

  /** The card stands on the bill already: its price and VAT stay. */
  get isSold() {
    return Boolean(this.line?.isGiftcardEntitlementSale);
  }

  /** Whether the cashier chooses an amount. */
  get hasAmounts() {
    return !this.isService && !this.isSold;
  }

  /** Whether the server has not said yet what a card for this amount costs. */
  get isAmountOpen() {
    return this.isTaxed && this.hasAmounts;
  }

  get price() {
    if (this.isSold) {
      const {order_id, giftcardSaleLines} = this.line;
      const sum = giftcardSaleLines.reduce((all, line) => all + line.priceIncl, 0);
      return order_id.currency.round(sum);
    }
    return this.response?.price || 0;
  }

  /** What the card stands for, row by row. */
  get rows() {
    if (this.isSold) {
      return this.line.giftcardSaleLines.map((line) => ({
        id: line.uuid,
        name: line.giftcardLineNotes[0] || line.getFullProductName(),
        amount: line.priceIncl,
      }));
    }
    return (this.response?.entitlements || []).map(
      ({number, name, kind, quantity, amounts}) => ({
        id: number,
        name: kind === "service" ? `${quantity} × ${name}` : name,
        amount: amounts.gross,
      })
    );
  }

  // === ACTIONS === //

  start() {
    return this.isService && !this.isSold ? this.load() : undefined;
  }

  /**
   * Ask for price and VAT.
   *
   * @param {number} price what the client pays, for a card for an amount
   * @returns {Promise<boolean>} whether the card can be sold
   */
  async load(price = null) {
    this.isBusy = true;
    const order = this.pos.getOrder();
    const response = await this.pos.askGiftcardQuote(this.type, order, price);
    this.isBusy = false;
    this.notice = response.problem ? response : null;
    this.response = response.problem ? null : response;
    return !response.problem;
  }
}
