/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {Component} from "@odoo/owl";
import {splitSentence} from "@giftcard_salon/app/giftcard/card_code";

const LOOKS = {
  refused: ["alert-danger", "fa-times-circle"],
  offline: ["alert-warning", "fa-plug"],
  warning: ["alert-warning", "fa-exclamation-triangle"],
  info: ["alert-info", "fa-plus-circle"],
  done: ["alert-success", "fa-check-circle"],
};

/** A sentence with a sign and a colour; the why stands out from what to do. */
export class GiftcardNotice extends Component {
  static template = "giftcard_salon.GiftcardNotice";
  static props = {
    problem: String,
    text: String,
  };

  get look() {
    const [alert, icon] = LOOKS[this.props.problem];
    // good news waits until the reader has finished
    const role = ["done", "info"].includes(this.props.problem) ? "status" : "alert";
    return {alert, icon, role, ...splitSentence(this.props.text)};
  }
}
