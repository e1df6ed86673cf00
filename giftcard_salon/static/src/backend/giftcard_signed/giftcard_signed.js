/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {Component, xml} from "@odoo/owl";
import {formatMonetary} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** An amount that came onto a card or left it: +100.00 or −28.00. */
export class GiftcardSigned extends Component {
  static template = xml`<span class="text-nowrap" t-esc="text"/>`;
  static props = {...standardFieldProps};

  get text() {
    const {[this.props.name]: amount, currency_id: currency} = this.props.record.data;
    const money = formatMonetary(Math.abs(amount), {currencyId: currency.id});
    return `${amount < 0 ? "−" : "+"}${money}`;
  }
}

registry.category("fields").add("giftcard_signed", {
  component: GiftcardSigned,
  supportedTypes: ["monetary"],
});
