import {_t} from "@web/core/l10n/translation";
import {deserializeDate} from "@web/core/l10n/dates";

const PILLS = {
  active: "text-bg-success",
  partial: "text-bg-info",
  used: "text-bg-secondary",
  expired: "text-bg-danger",
  pending: "text-bg-warning",
};

/** The look of a status; its words come from the server. */
export function statusPill(status) {
  return PILLS[status] || "text-bg-dark";
}

/** What a cashier may want to know of a card, row by row. */
export function cardFacts(card) {
  if (!card.name) {
    return [];
  }
  const kind = card.is_single_use
    ? _t("%s, used once", card.name)
    : _t("%s, used in parts", card.name);
  const until = card.valid_until
    ? deserializeDate(card.valid_until).toLocaleString(luxon.DateTime.DATE_MED)
    : _t("No expiry");
  return [
    {label: _t("Kind"), value: kind},
    {label: _t("Valid until"), value: until},
    {label: _t("Good for"), value: card.good_for},
    {label: _t("Where"), value: card.where},
  ].filter((fact) => fact.value);
}
