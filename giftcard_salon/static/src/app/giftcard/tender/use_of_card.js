import {_t} from "@web/core/l10n/translation";
import {localization} from "@web/core/l10n/localization";
import {GiftcardChange} from "@giftcard_salon/app/giftcard/conversion/choice";
import {GiftcardParts} from "@giftcard_salon/app/giftcard/deduction/choice";
import {GiftcardUse} from "@giftcard_salon/app/giftcard/tender/choice";

function refusalOf(use, {card, order, getRefusal}) {
  if (use.canUse) {
    return "";
  }
  return use.uses.length
    ? _t(
        "What this card pays for is partly paid already. Take the other payment off, then scan the card again."
      )
    : getRefusal(order, card);
}

/** A single-purpose card: what it pays of the bill, else what it may become. */
function useOfParts({card, order, format, getRefusal}) {
  const parts = new GiftcardParts({card, order, format});
  const use = parts.uses.length ? parts : new GiftcardChange({card, order, format});
  use.card = {...card, refusal: refusalOf(use, {card, order, getRefusal})};
  return use;
}

/**
 * What one card may do on one bill; `card.refusal` says why nothing.
 *
 * @param {Object} params
 * @param {Object} params.card facts of the server
 * @param {Object} params.order the bill
 * @param {Object} [params.line] the payment line whose amount is changed
 * @param {Function} params.format amount as text, with or without symbol
 * @param {Function} params.getRefusal why a card cannot pay a bill
 */
export function useOfCard({card, order, line, format, getRefusal}) {
  if (card.settles === "deduction" && !card.refusal) {
    return useOfParts({card, order, format, getRefusal});
  }
  const due = order.getGiftcardDueOf(card, line);
  const refusal = card.refusal || (due > 0 ? "" : getRefusal(order, card));
  const {decimalPoint} = localization;
  return new GiftcardUse({
    card: {...card, refusal},
    order,
    line,
    format,
    decimalPoint,
  });
}
