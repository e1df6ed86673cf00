/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {Component} from "@odoo/owl";
import {statusPill} from "@giftcard_salon/app/giftcard/card_summary";

/** The head of a dialog about gift cards; with the card's status once it is known. */
export class GiftcardTitle extends Component {
  static template = "giftcard_salon.GiftcardTitle";
  static props = {
    id: String,
    text: String,
    card: {type: [Object, {value: null}], optional: true},
    close: Function,
  };

  get pill() {
    return statusPill(this.props.card.status);
  }
}
