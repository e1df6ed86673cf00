/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {usePos} from "@point_of_sale/app/hooks/pos_hook";
import {Component} from "@odoo/owl";
import {lastDayFrom, validityText} from "@giftcard_salon/app/giftcard/sale/amount";

/** What the client gets: what the card is worth, until when, where, what for. */
export class GiftcardTerms extends Component {
  static template = "giftcard_salon.GiftcardTerms";
  static props = {
    type: Object,
    scan: Object,
    // what is paid for the card and what it is worth; both 0 while that is open
    amount: Number,
    worth: Number,
    isRow: Boolean,
  };

  setup() {
    this.pos = usePos();
  }

  /** What will be on a card that gets more money. */
  get afterText() {
    const {scan, worth} = this.props;
    const before = scan.isTopup ? scan.card.available : undefined;
    return before !== undefined && worth
      ? _t("Then %s on the card", this.format(before + worth))
      : "";
  }

  /** Says of a card that is worth more than it costs what it is worth; else "". */
  get worthText() {
    const {amount, worth} = this.props;
    return !this.afterText && worth > amount
      ? _t("The card is worth %s", this.format(worth))
      : "";
  }

  get validity() {
    const {type, scan} = this.props;
    const until = lastDayFrom(type, this.pos.company);
    return validityText(scan.isTopup ? scan.laterOf(until) : until);
  }

  get where() {
    return this.props.type.raw?.where || "";
  }

  format(amount) {
    return formatCurrency(amount, this.pos.currency.id);
  }
}
