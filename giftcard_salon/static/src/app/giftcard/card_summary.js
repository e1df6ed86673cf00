/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {deserializeDate} from "@web/core/l10n/dates";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {remainingText} from "@giftcard_salon/app/giftcard/deduction/remaining";

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
function onlyService({entitlements = []}) {
  return entitlements.length === 1 && entitlements[0].kind === "service"
    ? entitlements[0]
    : undefined;
}

/** What people call a card: "Service card ••5PLD". */
export function cardTitle({last4, entitlements = []}) {
  const isService = entitlements.some((entitlement) => entitlement.kind === "service");
  return isService
    ? _t("Service card %s", maskedCode(last4))
    : _t("Gift card %s", maskedCode(last4));
}

/** The figure that counts most: what is left, in money or in units. */
export function cardBalance(card, format) {
  const service = onlyService(card);
  return service
    ? {label: _t("Left"), value: remainingText(service, format)}
    : {label: _t("Balance"), value: format(card.available)};
}

/** What each service and tip of a card still stands for: "Massage: 2 of 3 left". */
export function entitlementTexts({entitlements = []}, format) {
  return entitlements
    .filter((entitlement) => entitlement.kind !== "amount")
    .map(
      (entitlement) =>
        `${entitlement.name}: ${_t("%s left", remainingText(entitlement, format))}`
    );
}

/** What a single-purpose card still stands for, row by row. */
function entitlementRows({entitlements = [], format = String}) {
  if (onlyService({entitlements})) {
    return [{label: _t("Service"), value: entitlements[0].name}];
  }
  return entitlements
    .filter((entitlement) => entitlement.kind !== "amount")
    .map((entitlement) => ({
      label: entitlement.name,
      value: _t(
        "%s left",
        remainingText({remaining: entitlement.available, ...entitlement}, format)
      ),
    }));
}

/** What a cashier may want to know of a card, row by row. */
export function summaryRows(card) {
  if (!card.name) {
    return [];
  }
  const kind = card.is_single_use
    ? _t("%s, used once", card.name)
    : _t("%s, used in parts", card.name);
  const until = card.valid_until ? shortDay(card.valid_until) : _t("No expiry");
  return [
    {label: _t("Kind"), value: kind},
    ...entitlementRows(card),
    {label: _t("Valid until"), value: until},
    {label: _t("Good for"), value: card.good_for},
    {label: _t("Where"), value: card.where},
  ].filter((row) => row.value);
}

/**
 * The last uses of a card, as words.
 *
 * @param {Object[]} redemptions of the server's response
 * @param {Function} format an amount as text
 */
export function redemptionRows(redemptions, format) {
  return redemptions.map(({day, where, kind, amount}, index) => ({
    id: index,
    kind,
    where: [shortDay(day), where].filter(Boolean).join(" · "),
    amount: `${amount < 0 ? "−" : "+"}${format(Math.abs(amount))}`,
  }));
}

/** Whether a client can be given the code again: not of a card that ended. */
export function isCodeUsable({status}) {
  return !OVER.includes(status);
}

/** A leaf stands for services, a gift for money. */
export function cardIcon({entitlements = []}) {
  const isService = entitlements.some((entitlement) => entitlement.kind === "service");
  return isService ? "fa-leaf" : "fa-gift";
}

/** A card of a client as one row: what it is, until when, what is left. */
export function cardRow(card, format) {
  const until = card.valid_until
    ? _t("until %s", shortDay(card.valid_until))
    : _t("no expiry");
  const service = onlyService(card);
  const remaining = service
    ? _t("%s left", remainingText(service, format))
    : format(card.available);
  const recipient = card.recipient && _t("For %s", card.recipient);
  return {
    id: card.id,
    card,
    remaining,
    icon: cardIcon(card),
    name: `${service ? service.name : card.name} ${maskedCode(card.last4)}`,
    about: [until, recipient].filter(Boolean).join(" · "),
  };
}

/** What tells a found card from others: whose it is, where it was sold. */
export function foundCardSummary(card, format) {
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
