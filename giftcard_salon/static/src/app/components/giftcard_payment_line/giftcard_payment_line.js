/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {PriceFormatter} from "@point_of_sale/app/components/price_formatter/price_formatter";
import {usePos} from "@point_of_sale/app/hooks/pos_hook";
import {Component} from "@odoo/owl";

/** A card's line on the payment screen: what it pays, what is left, the way back. */
export class GiftcardPaymentLine extends Component {
  static template = "giftcard_salon.GiftcardPaymentLine";
  static components = {PriceFormatter};
  static props = {
    line: Object,
    deleteLine: Function,
    sendPaymentRequest: Function,
  };

  setup() {
    this.pos = usePos();
  }

  get isWaiting() {
    return ["waiting", "waitingCancel"].includes(this.props.line.getPaymentStatus());
  }

  get isRefund() {
    return this.props.line.giftcardValue < 0;
  }

  /** What the card gives, or gets back, beside the payment: its bonus; else "". */
  get bonusText() {
    const {giftcardValue, giftcard_bonus} = this.props.line;
    if (!giftcard_bonus) {
      return "";
    }
    const format = (amount) => this.env.utils.formatCurrency(Math.abs(amount));
    const values = {value: format(giftcardValue), bonus: format(giftcard_bonus)};
    return this.isRefund
      ? _t("%(value)s back, %(bonus)s of it bonus", values)
      : _t("%(value)s used, %(bonus)s of it bonus", values);
  }

  get remainingText() {
    const amount = this.env.utils.formatCurrency(this.props.line.giftcard_remaining);
    return _t("%s left on the card", amount);
  }

  changeAmount() {
    const {line} = this.props;
    this.pos.redeemGiftcard({
      order: line.pos_order_id,
      paymentMethod: line.payment_method_id,
      line,
    });
  }
}
