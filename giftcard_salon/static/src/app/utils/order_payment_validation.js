/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError, RPCError, rpc} from "@web/core/network/rpc";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import {patch} from "@web/core/utils/patch";
import {whatNeedsNetwork} from "@giftcard_salon/app/giftcard/sale/line_values";
import {askSoldCodes} from "@giftcard_salon/app/giftcard/sale/sold_codes";

patch(OrderPaymentValidation.prototype, {
  /** Override of `point_of_sale` to settle what gift cards need before the bill is. */
  async askBeforeValidation() {
    const sentence =
      this.getGiftcardDeductionProblem() ||
      (await this.getGiftcardSaleProblem()) ||
      (await this.getGiftcardRedemptionProblem());
    if (sentence) {
      this.pos.showGiftcardMessage(sentence);
      return false;
    }
    return super.askBeforeValidation(...arguments);
  },

  /** Override of `point_of_sale`: a bill that a phone paid has its slips as well. */
  async beforePostPushOrderResolve(order) {
    const result = await super.beforePostPushOrderResolve(...arguments);
    try {
      await askSoldCodes(this.pos, order);
    } catch {
      return false;
    }
    return result;
  },

  /** Override of `point_of_sale`: a card nobody paid for pays 0.00, and stays. */
  get paymentLines() {
    return super.paymentLines.filter(
      (line) => line.amount || !line.isGiftcard || !line.giftcardValue || !line.isDone()
    );
  },

  /** Override of `point_of_sale`: what has to be approved is, and sent again. */
  handleValidationError(error) {
    const approval = error instanceof RPCError && error.data.context?.giftcard_approval;
    if (!approval) {
      return super.handleValidationError(...arguments);
    }
    this.order.state = "draft";
    this.approveGiftcardPayout(approval);
    return error;
  },

  async approveGiftcardPayout(purpose) {
    if (await this.pos.approveGiftcard(purpose, this.order)) {
      await this.validateOrder(false);
    }
  },

  /** What a card takes off must be what the server will post, to the cent. */
  getGiftcardDeductionProblem() {
    return this.pos.dropBrokenGiftcardDeductions(this.order)
      ? _t("The bill has changed: look at what is still to pay.")
      : "";
  },

  /** Only printed cards that were checked before are sold without the network. */
  async getGiftcardSaleProblem() {
    const need = whatNeedsNetwork(this.order.getGiftcardsSold());
    if (!need || (await this.isServerThere())) {
      return "";
    }
    return need === "topup"
      ? _t(
          "No connection. Adding money to a gift card needs the network. The bill is kept."
        )
      : _t("No connection. A new gift card needs the network. The bill is kept.");
  },

  async isServerThere() {
    if (this.pos.data.network.offline) {
      return false;
    }
    try {
      await rpc("/pos/ping");
      return true;
    } catch (error) {
      return !(error instanceof ConnectionLostError);
    }
  },

  /** The bill may be lower than what the cards hold for it. */
  async getGiftcardRedemptionProblem() {
    const terminal =
      this.order.getGiftcardRedemptions()[0]?.payment_method_id.payment_terminal;
    const response = terminal ? await terminal.fit(this.order) : {};
    return response.problem ? response.text : "";
  },
});
