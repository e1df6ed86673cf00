import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {patch} from "@web/core/utils/patch";
import {mostWithBonus} from "@giftcard_salon/app/giftcard/bonus/most";
import {
  isSplitByWeight,
  openRates,
  rateKey,
  ratesOfLines,
} from "@giftcard_salon/app/giftcard/bonus/split";

/** The discount lines beside the payment of a card that was not paid for in full. */
patch(PosOrder.prototype, {
  // === GETTERS === //

  /** @param {string} key uuid of the payment they belong to */
  getGiftcardBonusLines(key) {
    return this.lines.filter(
      (line) => line.isGiftcardBonus && line.giftcard_pair === key
    );
  },

  getGiftcardRatesOf(lines) {
    const {baseLineByLineUuids} = this.prices;
    return ratesOfLines(lines, baseLineByLineUuids, (amount) =>
      this.currency.round(amount)
    );
  },

  /**
   * What the bonus of a card may lower, by taxes: no other card, and no tip.
   *
   * @param {PosPayment} changed the card's line, if it has one
   */
  getGiftcardRates(changed) {
    const supplies = this.lines.filter(
      (line) =>
        !line.isStoredValue && !line.isGiftcardTenderBonus && !line.isGiftcardTip
    );
    const uses = this.getGiftcardUses();
    const place = changed ? uses.findIndex((use) => use.uuid === changed.uuid) : -1;
    const before = place < 0 ? uses : uses.slice(0, place);
    const taken = before.flatMap((use) => this.getGiftcardBonusLines(use.uuid));
    return openRates(
      this.getGiftcardRatesOf(supplies),
      this.getGiftcardRatesOf(taken),
      (amount) => this.currency.round(amount)
    );
  },

  /** What of the bill is a tip, less what cards for tips took off it. */
  getGiftcardTips(paysTips) {
    const tips = paysTips ? this.lines.filter((line) => line.isGiftcardTip) : [];
    const sum = tips.reduce((total, line) => total + line.priceIncl, 0);
    return Math.max(0, this.currency.round(sum));
  },

  /**
   * How much of an amount a card may give: its bonus must find something to lower.
   *
   * @param {number} amount
   * @param {Pool} pool the card's, before this use; without one nothing is known
   * @param {PosPayment} changed the card's line, if it has one
   */
  limitByGiftcardBonus(amount, pool, changed) {
    const rates = this.getGiftcardRates(changed);
    const room = rates.reduce((sum, rate) => sum + rate.gross, 0);
    return pool
      ? mostWithBonus(amount, room, pool, this.currency.decimal_places)
      : amount;
  },

  /**
   * How much one card may pay now, as far as is known of it.
   *
   * @param {Object} card its facts
   * @param {PosPayment} changed the card's line, if it has one
   */
  getGiftcardDueOf(card, changed) {
    const due = this.getGiftcardDue(card.pays_tips, changed);
    return this.limitByGiftcardBonus(due, card.pool, changed);
  },

  /** What goes back with this refund, by taxes. */
  getGiftcardReturnRates() {
    const goods = this.lines.filter(
      (line) => !line.isGiftcardBonus && !line.isGiftcardTip
    );
    return this.getGiftcardRatesOf(goods).map((rate) => ({
      ...rate,
      gross: -rate.gross,
    }));
  },

  /** Whether the discounts of a card are still what the server would make of the bill. */
  isGiftcardBonusFit(use) {
    const lines = this.getGiftcardBonusLines(use.uuid);
    if (!use.giftcard_bonus && !lines.length) {
      return true;
    }
    const rates = this.getGiftcardRates(use);
    const given = this.getGiftcardRatesOf(lines);
    const asked = this.uiState.giftcardTaken?.[use.uuid];
    const partOf = ({key}) => -(given.find((rate) => rate.key === key)?.gross || 0);
    return (
      lines.every((line) => line.isGiftcardIntact) &&
      given.length === lines.length &&
      (!asked || rates.every(({key, taken}) => asked[key] === taken)) &&
      given.every((rate) => rates.some(({key}) => key === rate.key)) &&
      isSplitByWeight(
        rates.map(partOf),
        use.giftcard_bonus,
        rates.map((rate) => rate.gross),
        this.currency.decimal_places
      )
    );
  },

  // === ACTIONS === //

  /**
   * Make the discount lines of a card's payment what the server said.
   *
   * Lines that are there already are changed in place.
   *
   * @param {string} key uuid of the payment
   * @param {Object[]} discounts of the server's answer
   * @param {Rate[]} rates they were asked for
   */
  setGiftcardBonus(key, discounts, rates) {
    const old = this.getGiftcardBonusLines(key);
    if (rates.length) {
      // the VAT of these lines was rounded together with that of the cards before
      const taken = Object.fromEntries(rates.map((rate) => [rate.key, rate.taken]));
      this.uiState.giftcardTaken = {...this.uiState.giftcardTaken, [key]: taken};
    }
    const byRate = new Map(
      old.map((line) => [rateKey(line.getBaseLine().tax_ids), line])
    );
    for (const discount of discounts) {
      const {taxes} = rates.find((rate) => rate.key === discount.key);
      const line = byRate.get(discount.key);
      if (line) {
        byRate.delete(discount.key);
        line.update({
          price_unit: discount.price_unit,
          extra_tax_data: discount.extra_tax_data,
        });
      } else {
        this.addGiftcardBonusLine(key, discount, taxes);
      }
    }
    [...byRate.values()].forEach((line) => line.delete());
    this.triggerRecomputeAllPrices();
  },

  addGiftcardBonusLine(key, discount, taxes, values = {}) {
    const selected = this.uiState.selected_orderline_uuid;
    const {bonus} = this.config._giftcard_line_products;
    const line = this.models["pos.order.line"].create({
      order_id: this,
      product_id: this.models["product.product"].get(bonus),
      qty: 1,
      price_unit: discount.price_unit,
      price_type: "automatic",
      tax_ids: taxes.map((tax) => ["link", tax]),
      extra_tax_data: discount.extra_tax_data,
      giftcard_role: "bonus",
      giftcard_pair: key,
      ...values,
    });
    this.uiState.selected_orderline_uuid = selected;
    return line;
  },

  removeGiftcardBonus(key) {
    const lines = this.getGiftcardBonusLines(key);
    lines.forEach((line) => line.delete());
    if (lines.length) {
      this.triggerRecomputeAllPrices();
    }
  },
});
