/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {Component} from "@odoo/owl";
import {formatMonetary} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** What is left on a card, as a figure, as a bar and in words. */
export class GiftcardBar extends Component {
  static template = "giftcard_salon.GiftcardBar";
  static props = {...standardFieldProps};

  get data() {
    return this.props.record.data;
  }

  format(amount) {
    return formatMonetary(amount, {currencyId: this.data.currency_id.id});
  }

  get used() {
    return Math.max(this.data.value - this.data.available - this.data.held, 0);
  }

  get whole() {
    return this.data.available + this.data.held + this.used;
  }

  width(amount) {
    return this.whole ? `width: ${(100 * amount) / this.whole}%` : "width: 0";
  }
}

registry.category("fields").add("giftcard_bar", {
  component: GiftcardBar,
  supportedTypes: ["monetary"],
  fieldDependencies: [
    {name: "value", type: "monetary", readonly: true},
    {name: "held", type: "monetary", readonly: true},
    {name: "held_note", type: "char", readonly: true},
    {name: "currency_id", type: "many2one", relation: "res.currency"},
  ],
});
