/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {CardChoice, lostText} from "@giftcard_salon/app/giftcard/card_choice";
import {planRedemptions} from "@giftcard_salon/app/giftcard/deduction/plan";
import {
  movedText,
  remainingText,
  entitlementsAfter,
  remainingTextsOf,
} from "@giftcard_salon/app/giftcard/deduction/remaining";

const sumOf = (redemptions) => redemptions.reduce((sum, {amount}) => sum + amount, 0);

const movedRedemption = ({entitlement, amount, isNamed}) => ({
  summary: {name: entitlement.name, is_unit: isNamed},
  amount,
});

/** What of the bill a single-purpose card pays, item by item. */
export class DeductionChoice extends CardChoice {
  constructor(params) {
    super(params);
    const {card, order} = params;
    const entitlements = card.entitlements.filter((entitlement) =>
      entitlement.tax_ids.every((id) => order.models["account.tax"].get(id))
    );
    this.planned = planRedemptions({
      entitlements,
      items: order.getGiftcardItems(),
      round: this.round,
    }).map((redemption, index) => ({...redemption, id: index, isChosen: true}));
    this.fitOpen();
  }

  /** Other payments may have left less to pay: the last ones go first. */
  fitOpen() {
    for (const redemption of [...this.planned].reverse()) {
      if (this.deducted > this.open) {
        redemption.isChosen = false;
      }
    }
  }

  // === GETTERS === //

  get redemptions() {
    return this.planned;
  }

  get chosen() {
    return this.redemptions.filter((redemption) => redemption.isChosen);
  }

  get amount() {
    return this.round(sumOf(this.chosen));
  }

  /** What the bill gets lower: the service a card names costs what the card says. */
  get deducted() {
    return this.round(
      this.chosen.reduce(
        (sum, {item, amount, isNamed}) => sum + (isNamed ? item.gross : amount),
        0
      )
    );
  }

  get isPackage() {
    return this.card.entitlements.length > 1;
  }

  /** Uses for a service that the card does not name: its value goes, no unit of it. */
  get others() {
    return this.chosen.filter((redemption) => redemption.isOther);
  }

  /** What is used of each part: "2 × Massage, Tip 5.00 €". */
  get usedText() {
    if (this.others.length) {
      return this.format(this.amount);
    }
    const used = this.card.entitlements.map((entitlement) =>
      this.chosen.filter((redemption) => redemption.entitlement.id === entitlement.id)
    );
    const texts = used
      .filter((redemptions) => redemptions.length)
      .map((redemptions) =>
        movedText(redemptions.map(movedRedemption), this.isPackage, this.format)
      );
    return texts.join(", ") || this.format(0);
  }

  /** The entitlements of the card once it paid what is chosen. */
  get entitlementsThen() {
    const used = new Map();
    for (const {entitlement, amount} of this.chosen) {
      used.set(entitlement.id, this.round((used.get(entitlement.id) || 0) + amount));
    }
    return entitlementsAfter(this.card.entitlements, used, this.round);
  }

  /** What is left of each part then: units of services, money of the rest. */
  get remainingTexts() {
    return this.card.is_single_use && this.chosen.length
      ? [this.format(0)]
      : remainingTextsOf(this.entitlementsThen, this.format);
  }

  /** What goes and what stays of each part of a package; no rows of other cards. */
  get entitlementRows() {
    return this.isPackage
      ? this.card.entitlements.map((entitlement) => this.entitlementRow(entitlement))
      : [];
  }

  entitlementRow(entitlement) {
    const redemptions = this.chosen.filter(
      (redemption) => redemption.entitlement.id === entitlement.id
    );
    const after = this.entitlementsThen.find(({id}) => id === entitlement.id);
    const isUnits =
      redemptions.length > 0 && redemptions.every((redemption) => redemption.isNamed);
    return {
      id: entitlement.id,
      name: entitlement.name,
      goes: isUnits ? redemptions.length : this.format(this.round(sumOf(redemptions))),
      stays: remainingText(after, this.format),
    };
  }

  /** The same of a package, without the entitlements that are used up. */
  get packageText() {
    const isThere = (_text, index) => this.entitlementsThen[index].remaining > 0;
    return this.remainingTexts.filter(isThere).join(", ");
  }

  rowText(redemption) {
    return movedText([movedRedemption(redemption)], false, this.format);
  }

  get problem() {
    return this.deducted > this.open
      ? _t("A part of the bill is paid already. Choose less.")
      : "";
  }

  get canRedeem() {
    return this.chosen.length > 0 && !this.problem;
  }

  /** What goes though the client may not mean it: a service for another one. */
  get warning() {
    if (this.lost > 0 && this.chosen.length) {
      return lostText(this.format(this.lost));
    }
    return this.others.length ? this.otherText : "";
  }

  get otherText() {
    const names = (all) => [...new Set(all)].join(", ");
    const entitlements = [...new Set(this.others.map(({entitlement}) => entitlement))];
    const after = entitlements.map(({id}) =>
      this.entitlementsThen.find((remaining) => remaining.id === id)
    );
    const stays = after.map(
      (remaining) => `${remaining.name} ${remainingText(remaining, this.format)}`
    );
    return _t(
      "This card is not for %(items)s. What goes: %(amount)s of %(parts)s. What stays: %(stays)s.",
      {
        items: names(this.others.map(({item}) => item.name)),
        amount: this.format(this.round(sumOf(this.others))),
        parts: names(entitlements.map(({name}) => name)),
        stays: stays.join(", "),
      }
    );
  }

  /** What will happen, as a sentence. */
  get sentence() {
    if (this.chosen.length !== 1 || this.warning) {
      return "";
    }
    const [{entitlement, item, amount, isNamed}] = this.chosen;
    const values = {item: item.name, amount: this.format(amount)};
    if (isNamed) {
      const units = entitlement.units_remaining - 1;
      return _t("Pays %(item)s on this bill. %(left)s will be left on the card.", {
        ...values,
        left: (this.isPackage ? this.packageText : units > 0 && units) || _t("Nothing"),
      });
    }
    return _t("Pays %(amount)s of %(item)s. %(left)s will be left on the card.", {
      ...values,
      left: this.format(this.round(this.card.available - this.amount)),
    });
  }

  // === ACTIONS === //

  toggle(redemption) {
    redemption.isChosen = !redemption.isChosen;
  }

  hold(attempt) {
    return attempt.holdEntitlements(this);
  }
}
