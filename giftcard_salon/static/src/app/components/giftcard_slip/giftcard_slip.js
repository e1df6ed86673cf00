/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {deserializeDate} from "@web/core/l10n/dates";
import {generateQRCodeDataUrl} from "@point_of_sale/utils";
import {Component} from "@odoo/owl";
import {validityText} from "@giftcard_salon/app/giftcard/sale/amount";
import {groupedCode} from "@giftcard_salon/app/giftcard/card_code";
import {cardBalance, entitlementTexts} from "@giftcard_salon/app/giftcard/card_summary";

const QR_SIZE = 132;

/** A card on paper, for the printer only: its code is not shown on the screen. */
export class GiftcardSlip extends Component {
  static template = "giftcard_salon.GiftcardSlip";
  static props = {
    slip: Object,
    salon: String,
    phone: {type: String, optional: true},
  };

  get qr() {
    return generateQRCodeDataUrl(this.props.slip.code, {
      width: QR_SIZE,
      height: QR_SIZE,
    });
  }

  get code() {
    return groupedCode(this.props.slip.code);
  }

  get balance() {
    return cardBalance(this.props.slip, this.format.bind(this)).value;
  }

  get entitlements() {
    return entitlementTexts(this.props.slip, this.format.bind(this));
  }

  format(amount) {
    return this.env.utils.formatCurrency(amount);
  }

  get until() {
    const {valid_until} = this.props.slip;
    return validityText(valid_until && deserializeDate(valid_until));
  }
}
