/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {Component} from "@odoo/owl";
import {cardBalance, summaryRows} from "@giftcard_salon/app/giftcard/card_summary";

/** What is on a card, then what else a cashier may want to know of it. */
export class GiftcardSummary extends Component {
  static template = "giftcard_salon.GiftcardSummary";
  static props = {
    card: Object,
  };

  get summary() {
    return summaryRows({...this.props.card, format: this.format.bind(this)});
  }

  get balance() {
    return cardBalance(this.props.card, this.format.bind(this));
  }

  format(amount) {
    return this.env.utils.formatCurrency(amount);
  }
}
