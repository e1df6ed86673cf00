/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {BadgeField, badgeField} from "@web/views/fields/badge/badge_field";
import {registry} from "@web/core/registry";

const PILLS = {
  pending: "text-bg-warning",
  active: "text-bg-success",
  partial: "text-bg-info",
  held: "text-bg-warning",
  expired: "text-bg-danger",
  blocked: "text-bg-dark",
};

/** The status of a card as a pill of its own colour. */
export class GiftcardStatus extends BadgeField {
  get badgeClass() {
    return PILLS[this.props.record.data[this.props.name]] || "text-bg-300";
  }
}

registry.category("fields").add("giftcard_status", {
  ...badgeField,
  component: GiftcardStatus,
});
