import {uuidv4} from "@point_of_sale/utils";
import {changeGiftcard} from "@giftcard_salon/app/giftcard/conversion/holds";

/**
 * One card that is about to pay a bill: the same request again has the same key.
 *
 * @param {Object} params
 * @param {string} params.code
 * @param {Object} params.order the bill
 * @param {Object} params.paymentMethod
 * @param {Object} params.pairs holds of single-purpose cards
 * @param {Function} params.isWanted whether somebody still waits for it
 */
export class GiftcardAttempt {
  constructor({code, order, paymentMethod, pairs, isWanted}) {
    Object.assign(this, {code, order, paymentMethod, pairs, isWanted});
    this.key = uuidv4();
    this.revision = 0;
  }

  /** Hold the parts that were chosen; the pairs of lines appear with them. */
  holdParts(use) {
    const {code, order, paymentMethod, pairs, isWanted} = this;
    return use.isChange
      ? changeGiftcard(pairs, {order, change: use, code, paymentMethod, isWanted})
      : pairs.use(order, use, code, isWanted);
  }

  /** Ask for a new hold of an amount; the payment line appears with it. */
  async holdAmount({card, amount}) {
    const {order, paymentMethod} = this;
    const {payment_terminal: terminal} = paymentMethod;
    if (this.amount !== amount) {
      Object.assign(this, {amount, revision: this.revision + 1});
    }
    const answer = await terminal.holdNew(order, this, card);
    if (!this.isWanted()) {
      terminal.client.releaseOrphans();
    } else if (!answer.problem) {
      order.addGiftcardUse(paymentMethod, answer, card, answer.rates);
    }
    return answer;
  }
}
