/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {Component} from "@odoo/owl";

/** How many cards of the same kind are sold at once. */
export class GiftcardCount extends Component {
  static template = "giftcard_salon.GiftcardCount";
  static props = {
    value: Number,
    most: Number,
    onChange: Function,
  };

  step(difference) {
    const {value, most, onChange} = this.props;
    onChange(Math.min(most, Math.max(1, value + difference)));
  }

  /** One stop of Tab for both buttons and the number. */
  onKey(event) {
    const step = {ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1}[event.key];
    if (step) {
      event.preventDefault();
      this.step(step);
    }
  }
}
