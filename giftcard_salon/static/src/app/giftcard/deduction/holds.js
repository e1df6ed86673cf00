import {_t} from "@web/core/l10n/translation";
import {uuidv4} from "@point_of_sale/utils";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {partsAfter} from "@giftcard_salon/app/giftcard/deduction/remaining";

/**
 * Single-purpose cards on a bill: holds of their parts, and the lines that go with them.
 *
 * A pair exists only with a hold; the deduction's uuid is the hold's key. So what a pair
 * says is always a server's answer, and whatever removes it gives the hold back.
 */
export class GiftcardPairs {
  constructor(terminal) {
    this.terminal = terminal;
    this.client = terminal.client;
    this.pos = terminal.pos;
  }

  /** Ask for several holds at once; nothing is held when one of them is refused. */
  async hold(keys, request, order) {
    keys.forEach((key) => {
      this.client.noted.note(key, 1);
      this.client.inFlight.add(key);
    });
    const answer = await this.client.ask("giftcard_hold", {
      ...request,
      session_id: this.pos.session.id,
      order_uuid: order.uuid,
      order_name: order.pos_reference,
      partner_id: order.partner_id?.id || false,
      fiscal_position_id: order.fiscal_position_id?.id || false,
    });
    keys.forEach((key) => this.client.inFlight.delete(key));
    return answer.problem || answer.state === "held"
      ? answer
      : {problem: "refused", text: _t("Nothing was taken. Scan the card again.")};
  }

  /**
   * Let a card pay what was chosen.
   *
   * @param {Object} order
   * @param {GiftcardParts} parts
   * @param {string} code
   * @param {Function} isWanted whether somebody still waits for it
   */
  async use(order, parts, code, isWanted = () => true) {
    const chosen = parts.chosen.map((use) => ({...use, key: uuidv4()}));
    const lines = new Map(order.lines.map((line) => [line.uuid, line]));
    const uses = chosen.map(({key, part, amount, item}) => {
      const line = lines.get(item.uuid);
      return {
        key,
        revision: 1,
        part_id: part.id,
        amount,
        item: {
          price_unit: line.price_unit,
          discount: line.getDiscount(),
          tax_ids: line.tax_ids.map((tax) => tax.id),
          product_id: line.product_id.id,
        },
      };
    });
    const keys = uses.map((use) => use.key);
    const answer = await this.hold(keys, {code, uses}, order);
    if (answer.problem || !isWanted()) {
      this.client.releaseOrphans();
      return answer;
    }
    const used = new Map();
    answer.uses.forEach((hold, index) => {
      const {part, item, isNamed} = chosen[index];
      const sum = parts.round((used.get(part.id) || 0) + hold.amount);
      used.set(part.id, sum);
      order.addGiftcardPair(lines.get(item.uuid), hold, {
        last4: hold.last4,
        part_id: part.id,
        name: part.name,
        kind: part.kind,
        is_unit: isNamed,
        amount: hold.amount,
        parts: partsAfter(parts.card.parts, used, parts.round),
        vat_receipt: part.vat_receipt,
      });
    });
    return answer;
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

  /** Take off every pair whose fixed amounts do not fit the bill any more. */
  dropBroken(order) {
    const broken = order
      .getGiftcardDeductions()
      .filter((line) =>
        [line, ...line.giftcardPartners].some((own) => !own.isGiftcardIntact)
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
