/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {localization} from "@web/core/l10n/localization";
import {ConversionChoice} from "@giftcard_salon/app/giftcard/conversion/choice";
import {DeductionChoice} from "@giftcard_salon/app/giftcard/deduction/choice";
import {TenderChoice} from "@giftcard_salon/app/giftcard/tender/choice";

function refusalOf(choice, {card, order, getRefusal}) {
  if (choice.canRedeem) {
    return "";
  }
  return choice.redemptions.length
    ? _t(
        "What this card pays for is partly paid already. Take the other payment off, then scan the card again."
      )
    : getRefusal(order, card);
}

/** A single-purpose card: what it pays of the bill, else what it may become. */
function choiceOfEntitlements({card, order, format, getRefusal}) {
  const params = {card, order, format};
  const deduction = new DeductionChoice(params);
  const choice = deduction.redemptions.length
    ? deduction
    : new ConversionChoice(params);
  choice.card = {...card, refusal: refusalOf(choice, {card, order, getRefusal})};
  return choice;
}

/**
 * What one card may do on one bill; `card.refusal` says why nothing.
 *
 * @param {Object} params
 * @param {Object} params.card summary of the server
 * @param {Object} params.order the bill
 * @param {Object} [params.line] the payment line whose amount is changed
 * @param {Function} params.format amount as text, with or without symbol
 * @param {Function} params.getRefusal why a card cannot pay a bill
 * @returns {CardChoice}
 */
export function choiceForCard({card, order, line, format, getRefusal}) {
  if (card.settles === "deduction" && !card.refusal) {
    return choiceOfEntitlements({card, order, format, getRefusal});
  }
  const due = order.getGiftcardDueOf(card, line);
  const refusal = card.refusal || (due > 0 ? "" : getRefusal(order, card));
  const {decimalPoint} = localization;
  return new TenderChoice({
    card: {...card, refusal},
    order,
    line,
    format,
    decimalPoint,
  });
}
