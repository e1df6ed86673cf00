/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const ICONS = {
  sale: "fa-gift",
  issue: "fa-gift",
  topup: "fa-plus-circle",
  redeem: "fa-shopping-bag",
  forfeit: "fa-scissors",
  refund: "fa-undo",
  refund_sale: "fa-undo",
  refund_topup: "fa-undo",
  cancel: "fa-times-circle",
  adjust: "fa-sliders",
  move_out: "fa-sign-out",
  move_in: "fa-sign-in",
  activate: "fa-check-circle",
  extend: "fa-calendar-plus-o",
  block: "fa-lock",
  unblock: "fa-unlock",
  show: "fa-eye",
  print: "fa-print",
  send: "fa-envelope-o",
};

/** One line of a card's history: icon, sentence, and its document as a link. */
export class GiftcardEvent extends Component {
  static template = "giftcard_salon.GiftcardEvent";
  static props = {...standardFieldProps};

  setup() {
    this.action = useService("action");
  }

  get icon() {
    return ICONS[this.props.record.data.kind] || "fa-circle-o";
  }

  /** The sentence around the name of its document. */
  get segments() {
    const {description, document_name: name} = this.props.record.data;
    const at = name ? description.lastIndexOf(name) : -1;
    if (at < 0) {
      return {before: description, name: "", after: ""};
    }
    const after = description.slice(at + name.length);
    return {before: description.slice(0, at), name, after};
  }

  openDocument() {
    const {resId, resModel} = this.props.record;
    return this.action.doActionButton({
      type: "object",
      name: "action_open_document",
      resModel,
      resId,
    });
  }
}

registry.category("fields").add("giftcard_event", {
  component: GiftcardEvent,
  supportedTypes: ["char"],
  fieldDependencies: [
    {name: "kind", type: "selection", readonly: true},
    {name: "document_name", type: "char", readonly: true},
  ],
});
