/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {
  entitlementsAfter,
  entitlementsReturned,
  receiptRows,
} from "@giftcard_salon/app/giftcard/deduction/remaining";

describe.current.tags("headless");
beforeEach(allowTranslations);

const round = (amount) => Math.round(amount * 100) / 100;
const euros = (amount) => `${amount.toFixed(2)} €`;

const massage = {
  id: 1,
  kind: "service",
  name: "Massage",
  quantity: 3,
  units_remaining: 3,
  available: 180,
  unit_prices: [60, 60, 60],
};
const tip = {
  id: 2,
  kind: "tip",
  name: "Tip",
  quantity: 0,
  units_remaining: 0,
  available: 5,
  unit_prices: [],
};

function redemption(entitlement, amount, entitlements, values) {
  const {id, name, kind} = entitlement;
  const summary = {
    entitlement_id: id,
    name,
    kind,
    amount,
    is_unit: kind === "service",
    entitlements,
  };
  return {summary, amount, isBack: false, ...values};
}

function rows(redemptions) {
  return receiptRows(redemptions, euros).map(({label, text}) => [label, text]);
}

test("a package says all that is left, not only of what was used", () => {
  const remaining = entitlementsAfter([massage, tip], new Map([[1, 60]]), round);
  expect(rows([redemption(massage, 60, remaining)])).toEqual([
    ["Used today", "1 × Massage"],
    ["Left", "Massage 2 of 3"],
    ["", "Tip 5.00 €"],
  ]);
});

test("what is left after the last of several uses", () => {
  const one = entitlementsAfter([massage, tip], new Map([[1, 60]]), round);
  const both = entitlementsAfter(
    [massage, tip],
    new Map([
      [1, 60],
      [2, 5],
    ]),
    round
  );
  expect(rows([redemption(massage, 60, one), redemption(tip, 5, both)])).toEqual([
    ["Used today", "1 × Massage"],
    ["Used today", "Tip 5.00 €"],
    ["Left", "Massage 2 of 3"],
    ["", "Tip 0.00 €"],
  ]);
});

test("a use that is undone is left again", () => {
  const both = entitlementsAfter(
    [massage, tip],
    new Map([
      [1, 60],
      [2, 5],
    ]),
    round
  );
  const {summary} = redemption(massage, 60);
  expect(entitlementsReturned(both, summary, round)).toEqual([
    {
      id: 1,
      name: "Massage",
      kind: "service",
      quantity: 3,
      units_remaining: 3,
      remaining: 180,
    },
    {id: 2, name: "Tip", kind: "tip", quantity: 0, units_remaining: 0, remaining: 0},
  ]);
});

test("a card for one service needs no name", () => {
  const remaining = entitlementsAfter([massage], new Map([[1, 120]]), round);
  const redemptions = [
    redemption(massage, 60, remaining),
    redemption(massage, 60, remaining),
  ];
  expect(rows(redemptions)).toEqual([
    ["Used today", "2 × Massage"],
    ["Left", "1 of 3"],
  ]);
});

test("a service card given back says units and what is left", () => {
  const back = redemption(massage, 60, [{...massage, remaining: 180}], {isBack: true});
  expect(rows([back])).toEqual([
    ["Back on the card", "1 × Massage"],
    ["Left", "3 of 3"],
  ]);
  // the server has not answered yet
  expect(
    rows([{...back, summary: {...back.summary, entitlements: undefined}}])
  ).toEqual([["Back on the card", "1 × Massage"]]);
});
