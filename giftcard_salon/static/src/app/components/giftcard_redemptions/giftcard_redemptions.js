/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {Component} from "@odoo/owl";
import {redemptionRows} from "@giftcard_salon/app/giftcard/card_summary";

/** The last uses of a card: what, when, where, how much. */
export class GiftcardRedemptions extends Component {
  static template = "giftcard_salon.GiftcardRedemptions";
  static props = {
    redemptions: Array,
    isOwn: {type: Boolean, optional: true},
  };

  get redemptions() {
    return redemptionRows(this.props.redemptions, (amount) =>
      this.env.utils.formatCurrency(amount)
    );
  }
}
