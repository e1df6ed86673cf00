import {_t} from "@web/core/l10n/translation";

/**
 * A single-purpose card that can pay nothing of the bill: it may become a gift card.
 *
 * @param {Object} params as for `GiftcardParts`
 */
export class GiftcardChange {
  constructor({card, order, format}) {
    Object.assign(this, {card, order, format});
    this.round = (amount) => order.currency.round(amount);
    this.open = order.remainingDue;
    this.due = order.getGiftcardDue(card.pays_tips);
    this.amount = this.round(Math.min(card.available, this.due));
  }

  get isParts() {
    return true;
  }

  get isChange() {
    return true;
  }

  get uses() {
    return [];
  }

  get usedText() {
    return this.format(this.amount);
  }

  get leftTexts() {
    return [this.format(this.round(this.card.available - this.amount))];
  }

  get stillToPay() {
    return this.round(Math.max(0, this.open - this.amount));
  }

  get problem() {
    return "";
  }

  get sentence() {
    return "";
  }

  get canUse() {
    return this.amount > 0;
  }

  get warning() {
    const parts = this.card.parts.filter((part) => part.available > 0);
    // a card for an amount is named after its type: what it is good for says more
    const names = parts.map((part) =>
      part.kind === "amount" ? this.card.good_for : part.name
    );
    return _t(
      "This card is for %(names)s, which is not on the bill. You can change it into a %(amount)s gift card and use it now. Both steps are printed on the receipt.",
      {names: names.join(", "), amount: this.format(this.card.available)}
    );
  }

  get label() {
    return _t("Change it and use %s", this.format(this.amount));
  }

  type() {}
}
