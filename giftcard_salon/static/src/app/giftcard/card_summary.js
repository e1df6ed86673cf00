import {_t} from "@web/core/l10n/translation";
import {deserializeDate} from "@web/core/l10n/dates";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {partLeftText} from "@giftcard_salon/app/giftcard/deduction/remaining";

const PILLS = {
  active: "text-bg-success",
  partial: "text-bg-info",
  held: "text-bg-warning",
  used: "text-bg-secondary",
  expired: "text-bg-danger",
  pending: "text-bg-warning",
};

const OVER = ["blocked", "cancelled", "refunded", "replaced"];

/** The look of a status; its words come from the server. */
export function statusPill(status) {
  return PILLS[status] || "text-bg-dark";
}

/** A day as the server writes it, in the user's own way. */
function shortDay(day) {
  return deserializeDate(day).toLocaleString(luxon.DateTime.DATE_MED);
}

/** The one service that a card stands for; undefined for other cards. */
function onlyService({parts = []}) {
  return parts.length === 1 && parts[0].kind === "service" ? parts[0] : undefined;
}

/** What people call a card: "Service card ••5PLD". */
export function cardTitle({last4, parts = []}) {
  const isService = parts.some((part) => part.kind === "service");
  return isService
    ? _t("Service card %s", maskedCode(last4))
    : _t("Gift card %s", maskedCode(last4));
}

/** The figure that counts most: what is left, in money or in units. */
export function cardBalance(card, format) {
  const service = onlyService(card);
  return service
    ? {label: _t("Left"), value: partLeftText(service, format)}
    : {label: _t("Balance"), value: format(card.available)};
}

/** What each service and tip of a card still stands for: "Massage: 2 of 3 left". */
export function partTexts({parts = []}, format) {
  return parts
    .filter((part) => part.kind !== "amount")
    .map((part) => `${part.name}: ${_t("%s left", partLeftText(part, format))}`);
}

/** What a single-purpose card still stands for, row by row. */
function partFacts({parts = [], format = String}) {
  if (onlyService({parts})) {
    return [{label: _t("Service"), value: parts[0].name}];
  }
  return parts
    .filter((part) => part.kind !== "amount")
    .map((part) => ({
      label: part.name,
      value: _t("%s left", partLeftText({left: part.available, ...part}, format)),
    }));
}

/** What a cashier may want to know of a card, row by row. */
export function cardFacts(card) {
  if (!card.name) {
    return [];
  }
  const kind = card.is_single_use
    ? _t("%s, used once", card.name)
    : _t("%s, used in parts", card.name);
  const until = card.valid_until ? shortDay(card.valid_until) : _t("No expiry");
  return [
    {label: _t("Kind"), value: kind},
    ...partFacts(card),
    {label: _t("Valid until"), value: until},
    {label: _t("Good for"), value: card.good_for},
    {label: _t("Where"), value: card.where},
  ].filter((fact) => fact.value);
}

/**
 * The last uses of a card, as words.
 *
 * @param {Object[]} uses of the server's answer
 * @param {Function} format an amount as text
 */
export function cardUses(uses, format) {
  return uses.map(({day, where, kind, amount}, index) => ({
    id: index,
    kind,
    where: [shortDay(day), where].filter(Boolean).join(" · "),
    amount: `${amount < 0 ? "−" : "+"}${format(Math.abs(amount))}`,
  }));
}

/** Whether a client can be given the code again: not of a card that ended. */
export function isCodeOfUse({status}) {
  return !OVER.includes(status);
}

/** A leaf stands for services, a gift for money. */
export function cardIcon({parts = []}) {
  const isService = parts.some((part) => part.kind === "service");
  return isService ? "fa-leaf" : "fa-gift";
}

/** A card of a client as one row: what it is, until when, what is left. */
export function cardRow(card, format) {
  const until = card.valid_until
    ? _t("until %s", shortDay(card.valid_until))
    : _t("no expiry");
  const service = onlyService(card);
  const left = service
    ? _t("%s left", partLeftText(service, format))
    : format(card.available);
  const recipient = card.recipient && _t("For %s", card.recipient);
  return {
    id: card.id,
    card,
    left,
    icon: cardIcon(card),
    name: `${service ? service.name : card.name} ${maskedCode(card.last4)}`,
    about: [until, recipient].filter(Boolean).join(" · "),
  };
}

/** What tells a found card from others: whose it is, where it was sold. */
export function foundCardFacts(card, format) {
  const sold = {day: card.sold_on && shortDay(card.sold_on), place: card.sold_at};
  const whenSold = sold.place
    ? _t("Sold on %(day)s, %(place)s", sold)
    : _t("Sold on %(day)s", sold);
  return [
    card.buyer && _t("Bought by %s", card.buyer),
    card.recipient && _t("For %s", card.recipient),
    sold.day && whenSold,
    card.bill && _t("Bill %s", card.bill),
    card.held && format && _t("%s on a bill just now", format(card.held)),
  ].filter(Boolean);
}
