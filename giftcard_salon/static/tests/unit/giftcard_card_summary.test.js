/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {
  cardBalance,
  summaryRows,
  redemptionRows,
  foundCardSummary,
  isCodeUsable,
  entitlementTexts,
  statusPill,
} from "@giftcard_salon/app/giftcard/card_summary";

describe.current.tags("headless");
beforeEach(allowTranslations);

const euros = (amount) => `${amount.toFixed(2)} €`;

test("a use has its day, its place and a sign", () => {
  const redemptions = [
    {day: "2026-11-03", where: "Bellecour", kind: "Used", amount: -48},
    {day: "2026-10-01", where: "", kind: "Sold", amount: 100},
  ];
  expect(redemptionRows(redemptions, euros)).toEqual([
    {id: 0, kind: "Used", where: "Nov 3, 2026 · Bellecour", amount: "−48.00 €"},
    {id: 1, kind: "Sold", where: "Oct 1, 2026", amount: "+100.00 €"},
  ]);
});

test("a found card tells what is known of it and no more", () => {
  const card = {
    buyer: "Sofia Laurent",
    recipient: "Emma",
    sold_on: "2026-11-03",
    sold_at: "Bellecour",
    bill: "262-1-000318",
  };
  expect(foundCardSummary(card)).toEqual([
    "Bought by Sofia Laurent",
    "For Emma",
    "Sold on Nov 3, 2026, Bellecour",
    "Bill 262-1-000318",
  ]);
  const issued = {...card, buyer: "", recipient: "", sold_at: "", bill: ""};
  expect(foundCardSummary(issued)).toEqual(["Sold on Nov 3, 2026"]);
  expect(foundCardSummary({...issued, sold_on: false})).toEqual([]);
});

test("the code of a card that ended is not given out again", () => {
  const given = ["active", "partial", "pending", "expired", "used"];
  expect(given.every((status) => isCodeUsable({status}))).toBe(true);
  const kept = ["blocked", "cancelled", "refunded", "replaced"];
  expect(kept.some((status) => isCodeUsable({status}))).toBe(false);
});

test("a card without an end says so; an unknown one says nothing", () => {
  const labels = summaryRows({name: "Gift card", valid_until: false, where: ""});
  expect(labels.map(({value}) => value)).toEqual([
    "Gift card, used in parts",
    "No expiry",
  ]);
  expect(summaryRows({})).toEqual([]);
  expect(statusPill("blocked")).toBe("text-bg-dark");
});

test("a card for one service counts units, a package says each part", () => {
  const massage = {kind: "service", name: "Massage", quantity: 3, units_remaining: 2};
  const card = {name: "Day package", available: 125, entitlements: [massage]};
  expect(cardBalance(card, euros)).toEqual({label: "Left", value: "2 of 3"});
  const tip = {kind: "tip", name: "Tip", quantity: 1, units_remaining: 1, available: 5};
  const summary = summaryRows({...card, entitlements: [massage, tip], format: euros});
  expect(summary.slice(1, 3)).toEqual([
    {label: "Massage", value: "2 of 3 left"},
    {label: "Tip", value: "5.00 € left"},
  ]);
});

test("a card that is found again tells what is left of each service and tip", () => {
  const massage = {kind: "service", name: "Massage", quantity: 3, units_remaining: 2};
  const tip = {kind: "tip", name: "Tip", quantity: 1, units_remaining: 1, remaining: 5};
  expect(entitlementTexts({entitlements: [massage, tip]}, euros)).toEqual([
    "Massage: 2 of 3 left",
    "Tip: 5.00 € left",
  ]);
  const money = {kind: "amount", name: "Spa card", quantity: 1, remaining: 100};
  expect(entitlementTexts({entitlements: [money]}, euros)).toEqual([]);
  expect(entitlementTexts({}, euros)).toEqual([]);
});
