import {_t} from "@web/core/l10n/translation";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {uuidv4} from "@point_of_sale/utils";
import {patch} from "@web/core/utils/patch";
import {GiftcardPairs} from "@giftcard_salon/app/giftcard/deduction/holds";

/** Single-purpose cards at the till: selling their parts, giving them back. */
patch(PosStore.prototype, {
  async afterProcessServerData() {
    const result = await super.afterProcessServerData(...arguments);
    this.models["pos.order"].addEventListener("update", ({id, fields}) => {
      if (fields?.includes("fiscal_position_id")) {
        const order = this.models["pos.order"].get(id);
        // once the new taxes are on the lines
        Promise.resolve().then(() => order && this.dropBrokenGiftcardPairs(order));
      }
    });
    return result;
  },

  get giftcardPairs() {
    const terminal = this.giftcardMethods[0]?.payment_terminal;
    return terminal && new GiftcardPairs(terminal);
  },

  dropBrokenGiftcardPairs(order) {
    return !order.finalized && Boolean(this.giftcardPairs?.dropBroken(order));
  },

  /**
   * What a single-purpose card costs now, or why it cannot be sold.
   *
   * @param {Object} type
   * @param {Object} order
   * @param {number} price what the client pays, for a card for an amount
   */
  askGiftcardOffer(type, order, price = null) {
    return this.askAboutGiftcards(
      "giftcard_offer",
      type.id,
      this.session.id,
      price,
      order.fiscal_position_id?.id || false
    );
  },

  /**
   * Put a single-purpose card on the bill: one line per part, each with its VAT.
   *
   * @param {Object} order
   * @param {ProductTemplate} template of its type
   * @param {Object} offer the server's
   * @param {Object} texts names and message, scanned card
   */
  addGiftcardOfParts(order, template, offer, texts) {
    const key = uuidv4();
    const lines = offer.parts.map((part) =>
      this.models["pos.order.line"].create({
        order_id: order,
        product_id: template.product_variant_ids[0],
        qty: 1,
        price_type: "automatic",
        ...order.giftcardAmounts(key + part.number, part.amounts),
        tax_ids: order.giftcardTaxes(part.tax_ids).map((tax) => ["link", tax]),
        uuid: part.number ? uuidv4() : key,
        giftcard_role: "sale",
        giftcard_card_key: key,
        giftcard_part_number: part.number,
        giftcard_value: offer.value > offer.price ? offer.value : 0,
        giftcard_facts: {name: part.name, quantity: part.quantity, kind: part.kind},
        ...(part.number ? {} : texts),
      })
    );
    order.triggerRecomputeAllPrices();
    this.selectOrderLine(order, lines[0]);
    return lines[0];
  },

  // === REFUND === //

  /** Lines of a refund that give sold cards back. */
  giftcardLinesGivenBack(order) {
    return order.lines.filter((line) => {
      const sold = line.refunded_orderline_id;
      return sold?.giftcardType && !sold.giftcard_is_topup && line.qty < 0;
    });
  },

  /**
   * What is left of the cards that a refund gives back, by the line that sold them.
   *
   * @param {Object} order the refund
   */
  async askGiftcardRests(order) {
    const lines = this.giftcardLinesGivenBack(order);
    const sold = lines.map((line) => line.refunded_orderline_id.id);
    if (!sold.length) {
      return {};
    }
    if (sold.some((id) => typeof id !== "number")) {
      this.sayAboutGiftcard(
        _t("The first bill is not saved yet. Try again when the connection is back.")
      );
      return {};
    }
    const rests = await this.askAboutGiftcards("giftcard_rest", sold, this.session.id);
    if (rests.problem) {
      this.sayAboutGiftcard(rests.text);
      return {};
    }
    return rests;
  },

  /** Set what a refund gives back for sold cards to what is left of them. */
  fitGiftcardRefund(order, rests) {
    for (const line of this.giftcardLinesGivenBack(order)) {
      const rest = rests[line.refunded_orderline_id.id];
      if (rest) {
        line.giveGiftcardBack(rest);
      }
    }
    order.triggerRecomputeAllPrices();
  },
});
