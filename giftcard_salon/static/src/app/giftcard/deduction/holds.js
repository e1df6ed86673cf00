/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {uuidv4} from "@point_of_sale/utils";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {entitlementsAfter} from "@giftcard_salon/app/giftcard/deduction/remaining";

/** What a redemption of an entitlement asks for one of an item. */
function requestOf({key, entitlement, amount}, line) {
  return {
    key,
    revision: 1,
    entitlement_id: entitlement.id,
    amount,
    item: {
      price_unit: line.price_unit,
      discount: line.getDiscount(),
      tax_ids: line.tax_ids.map((tax) => tax.id),
      product_id: line.product_id.id,
    },
  };
}

/**
 * Let a single-purpose card pay what was chosen: the lines appear with the hold.
 *
 * @param {GiftcardAttempt} attempt
 * @param {DeductionChoice} choice
 */
export async function holdEntitlements(attempt, choice) {
  const {client, code, order, isWanted} = attempt;
  const chosen = choice.chosen.map((redemption) => ({...redemption, key: uuidv4()}));
  const lines = new Map(order.lines.map((line) => [line.uuid, line]));
  const redemptions = chosen.map((redemption) =>
    requestOf(redemption, lines.get(redemption.item.uuid))
  );
  const response = await client.hold(
    "giftcard_hold_entitlements",
    redemptions,
    {code, redemptions},
    order
  );
  if (response.problem || !isWanted()) {
    client.releaseOrphans();
    return response;
  }
  const used = new Map();
  response.redemptions.forEach((hold, index) => {
    const {entitlement, item, isNamed} = chosen[index];
    const {id, name, kind, vat_receipt} = entitlement;
    used.set(id, choice.round((used.get(id) || 0) + hold.amount));
    order.addGiftcardDeduction(lines.get(item.uuid), hold, {
      last4: hold.last4,
      entitlement_id: id,
      name,
      kind,
      is_unit: isNamed,
      amount: hold.amount,
      entitlements: entitlementsAfter(choice.card.entitlements, used, choice.round),
      vat_receipt,
    });
  });
  return response;
}

/**
 * Single-purpose cards on a bill: each item with the deduction that a card makes of it.
 *
 * A deduction exists only with a hold; its uuid is the hold's key. So what it says is
 * always a server's response, and whatever removes it gives the hold back.
 */
export class DeductionHolds {
  constructor(terminal) {
    this.client = terminal.client;
    this.pos = terminal.pos;
  }

  /** After a reload: take off what the server does not hold any more. */
  async resume(order) {
    const held = order.lines.filter((line) => line.isGiftcardHeld);
    const states = held.length
      ? await this.client.status(held.map((line) => line.uuid))
      : {};
    if (states.problem) {
      return;
    }
    for (const line of held) {
      if (["held", "captured"].includes(states[line.uuid]?.state)) {
        this.client.noted.note(line.uuid, states[line.uuid].revision);
      } else if (order.lines.includes(line)) {
        this.drop(line);
      }
    }
  }

  /** Take off every deduction whose fixed amounts do not fit the bill any more. */
  dropBroken(order) {
    const broken = order
      .getGiftcardDeductions()
      .filter((line) =>
        [line, ...line.giftcardPartners].some((other) => !other.isGiftcardIntact)
      );
    broken.forEach((line) => this.drop(line));
    return broken.length > 0;
  }

  drop(line) {
    const card = maskedCode(line.giftcard_last4);
    line.order_id.removeOrderline(line);
    this.pos.notification.add(
      _t(
        "What card %s pays does not fit the bill any more. Nothing was taken. Scan the card again.",
        card
      ),
      {type: "danger", sticky: true}
    );
  }
}
