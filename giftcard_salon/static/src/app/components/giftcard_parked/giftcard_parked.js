/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {usePos} from "@point_of_sale/app/hooks/pos_hook";
import {Component} from "@odoo/owl";
import {parkedBills, parkedText} from "@giftcard_salon/app/giftcard/tender/parked";

/** Bills of this till that hold a card, and the way to them. */
export class GiftcardParked extends Component {
  static template = "giftcard_salon.GiftcardParked";
  static props = {
    card: Object,
    // what is said in a notice already is not said twice
    isTold: {type: Boolean, optional: true},
    close: Function,
  };

  setup() {
    this.pos = usePos();
  }

  get bills() {
    const format = (amount) => this.env.utils.formatCurrency(amount);
    const orders = this.pos.models["pos.order"].getAll();
    return parkedBills(this.props.card, orders)
      .filter((bill) => bill.order && bill.order !== this.pos.getOrder())
      .map((bill) => ({
        ...bill,
        text: this.props.isTold ? "" : parkedText(bill, format),
        label: _t("Open bill %s", bill.name),
      }));
  }

  open({order}) {
    this.props.close();
    this.pos.setOrder(order);
    this.pos.navigate("PaymentScreen", {orderUuid: order.uuid});
  }
}
