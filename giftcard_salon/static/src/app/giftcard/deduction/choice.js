import {_t} from "@web/core/l10n/translation";
import {planUses} from "@giftcard_salon/app/giftcard/deduction/plan";
import {lostText} from "@giftcard_salon/app/giftcard/tender/choice";
import {
  movedText,
  partLeftText,
  partsAfter,
  partsLeftTexts,
} from "@giftcard_salon/app/giftcard/deduction/remaining";

const sumOf = (uses) => uses.reduce((sum, {amount}) => sum + amount, 0);

const movedUse = ({part, amount, isNamed}) => ({
  facts: {name: part.name, is_unit: isNamed},
  amount,
});

/**
 * One single-purpose card on one bill while what it pays is being chosen.
 *
 * The same face to the dialog as `GiftcardUse`: what it may pay, sums, sentences.
 *
 * @param {Object} params
 * @param {Object} params.card facts of the server, at least `parts`
 * @param {Object} params.order the bill
 * @param {Function} params.format amount as text
 */
export class GiftcardParts {
  constructor({card, order, format}) {
    Object.assign(this, {card, order, format});
    this.round = (amount) => order.currency.round(amount);
    this.open = order.remainingDue;
    const known = card.parts.filter((part) =>
      part.tax_ids.every((id) => order.models["account.tax"].get(id))
    );
    this.uses = planUses({
      parts: known,
      items: order.getGiftcardItems(),
      round: this.round,
    }).map((use, index) => ({...use, id: index, isChosen: true}));
    this.fitOpen();
  }

  /** Other payments may have left less to pay: the last uses go first. */
  fitOpen() {
    for (const use of [...this.uses].reverse()) {
      if (this.taken > this.open) {
        use.isChosen = false;
      }
    }
  }

  get isParts() {
    return true;
  }

  get chosen() {
    return this.uses.filter((use) => use.isChosen);
  }

  get amount() {
    return this.round(sumOf(this.chosen));
  }

  /** What the bill gets lower: the service a card names costs what the card says. */
  get taken() {
    return this.round(
      this.chosen.reduce(
        (sum, {item, amount, isNamed}) => sum + (isNamed ? item.gross : amount),
        0
      )
    );
  }

  get isPackage() {
    return this.card.parts.length > 1;
  }

  /** Uses for a service that the card does not name: its value goes, no unit of it. */
  get others() {
    return this.chosen.filter((use) => use.isOther);
  }

  /** What is used of each part: "2 × Massage, Tip 5.00 €". */
  get usedText() {
    if (this.others.length) {
      return this.format(this.amount);
    }
    const used = this.card.parts.map((part) =>
      this.chosen.filter((use) => use.part.id === part.id)
    );
    const texts = used
      .filter((uses) => uses.length)
      .map((uses) => movedText(uses.map(movedUse), this.isPackage, this.format));
    return texts.join(", ") || this.format(0);
  }

  /** The parts of the card once it paid what is chosen. */
  get partsLeft() {
    const used = new Map();
    for (const {part, amount} of this.chosen) {
      used.set(part.id, this.round((used.get(part.id) || 0) + amount));
    }
    return partsAfter(this.card.parts, used, this.round);
  }

  /** What is left of each part then: units of services, money of the rest. */
  get leftTexts() {
    return this.card.is_single_use && this.chosen.length
      ? [this.format(0)]
      : partsLeftTexts(this.partsLeft, this.format);
  }

  /** What goes and what stays of each part of a package; no rows of other cards. */
  get partRows() {
    return this.isPackage ? this.card.parts.map((part) => this.partRow(part)) : [];
  }

  partRow(part) {
    const uses = this.chosen.filter((use) => use.part.id === part.id);
    const after = this.partsLeft.find(({id}) => id === part.id);
    const isUnits = uses.length > 0 && uses.every((use) => use.isNamed);
    return {
      id: part.id,
      name: part.name,
      goes: isUnits ? uses.length : this.format(this.round(sumOf(uses))),
      stays: partLeftText(after, this.format),
    };
  }

  /** The same of a package, without the parts that are used up. */
  get restText() {
    const isRest = (_text, index) => this.partsLeft[index].left > 0;
    return this.leftTexts.filter(isRest).join(", ");
  }

  rowText(use) {
    return movedText([movedUse(use)], false, this.format);
  }

  get stillToPay() {
    return this.round(Math.max(0, this.open - this.taken));
  }

  get problem() {
    return this.taken > this.open
      ? _t("A part of the bill is paid already. Choose less.")
      : "";
  }

  get canUse() {
    return this.chosen.length > 0 && !this.problem;
  }

  /** What a card for one use loses: all that this use leaves on it. */
  get lost() {
    return this.card.is_single_use
      ? this.round(Math.max(0, this.card.available - this.amount))
      : 0;
  }

  /** What goes though the client may not mean it: a service for another one. */
  get warning() {
    if (this.lost > 0 && this.chosen.length) {
      return lostText(this.format(this.lost));
    }
    return this.others.length ? this.otherText : "";
  }

  get otherText() {
    const names = (own) => [...new Set(own)].join(", ");
    const parts = [...new Set(this.others.map(({part}) => part))];
    const after = parts.map(({id}) => this.partsLeft.find((left) => left.id === id));
    const stays = after.map(
      (left) => `${left.name} ${partLeftText(left, this.format)}`
    );
    return _t(
      "This card is not for %(items)s. What goes: %(amount)s of %(parts)s. What stays: %(stays)s.",
      {
        items: names(this.others.map(({item}) => item.name)),
        amount: this.format(this.round(sumOf(this.others))),
        parts: names(parts.map(({name}) => name)),
        stays: stays.join(", "),
      }
    );
  }

  /** What will happen, as a sentence. */
  get sentence() {
    if (this.chosen.length !== 1 || this.warning) {
      return "";
    }
    const [{part, item, amount, isNamed}] = this.chosen;
    const values = {item: item.name, amount: this.format(amount)};
    if (isNamed) {
      const units = part.units_left - 1;
      return _t("Pays %(item)s on this bill. %(left)s will be left on the card.", {
        ...values,
        left: (this.isPackage ? this.restText : units > 0 && units) || _t("Nothing"),
      });
    }
    return _t("Pays %(amount)s of %(item)s. %(left)s will be left on the card.", {
      ...values,
      left: this.format(this.round(this.card.available - this.amount)),
    });
  }

  get label() {
    return this.lost > 0 && this.canUse
      ? _t("Use %s and end the card", this.usedText)
      : _t("Use %s", this.usedText);
  }

  toggle(use) {
    use.isChosen = !use.isChosen;
  }

  type() {}
}
