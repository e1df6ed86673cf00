/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {CardChoice} from "@giftcard_salon/app/giftcard/card_choice";

/** A single-purpose card that can pay nothing of the bill: it may become a gift card. */
export class ConversionChoice extends CardChoice {
  constructor(params) {
    super(params);
    this.due = this.order.getGiftcardDue(this.card.pays_tips);
  }

  get amount() {
    return this.round(Math.min(this.card.available, this.due));
  }

  /** A card for one use is one no more. */
  get lost() {
    return 0;
  }

  get warning() {
    const open = this.card.entitlements.filter(({available}) => available > 0);
    // a card for an amount is named after its type: what it is good for says more
    const names = open.map(({kind, name}) =>
      kind === "amount" ? this.card.good_for : name
    );
    return _t(
      "This card is for %(names)s, which is not on the bill. You can change it into a %(amount)s gift card and use it now. Both steps are printed on the receipt.",
      {names: names.join(", "), amount: this.format(this.card.available)}
    );
  }

  get label() {
    return _t("Change it and use %s", this.format(this.amount));
  }

  hold(attempt) {
    return attempt.holdConversion(this);
  }
}
