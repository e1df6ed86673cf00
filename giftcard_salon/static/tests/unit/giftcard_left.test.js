import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {
  partsAfter,
  partsReturned,
  receiptRows,
} from "@giftcard_salon/app/utils/giftcard_left";

describe.current.tags("headless");
beforeEach(allowTranslations);

const round = (amount) => Math.round(amount * 100) / 100;
const euros = (amount) => `${amount.toFixed(2)} €`;

const massage = {
  id: 1,
  kind: "service",
  name: "Massage",
  quantity: 3,
  units_left: 3,
  available: 180,
  unit_prices: [60, 60, 60],
};
const tip = {
  id: 2,
  kind: "tip",
  name: "Tip",
  quantity: 0,
  units_left: 0,
  available: 5,
  unit_prices: [],
};

function use(part, amount, parts, values) {
  const {id, name, kind} = part;
  const facts = {part_id: id, name, kind, amount, is_unit: kind === "service", parts};
  return {facts, amount, isBack: false, ...values};
}

function rows(uses) {
  return receiptRows(uses, euros).map(({label, text}) => [label, text]);
}

test("a package says all that is left, not only of what was used", () => {
  const left = partsAfter([massage, tip], new Map([[1, 60]]), round);
  expect(rows([use(massage, 60, left)])).toEqual([
    ["Used today", "1 × Massage"],
    ["Left", "Massage 2 of 3"],
    ["", "Tip 5.00 €"],
  ]);
});

test("what is left after the last of several uses", () => {
  const one = partsAfter([massage, tip], new Map([[1, 60]]), round);
  const both = partsAfter(
    [massage, tip],
    new Map([
      [1, 60],
      [2, 5],
    ]),
    round
  );
  expect(rows([use(massage, 60, one), use(tip, 5, both)])).toEqual([
    ["Used today", "1 × Massage"],
    ["Used today", "Tip 5.00 €"],
    ["Left", "Massage 2 of 3"],
    ["", "Tip 0.00 €"],
  ]);
});

test("a use that is undone is left again", () => {
  const both = partsAfter(
    [massage, tip],
    new Map([
      [1, 60],
      [2, 5],
    ]),
    round
  );
  const {facts} = use(massage, 60);
  expect(partsReturned(both, facts, round)).toEqual([
    {id: 1, name: "Massage", kind: "service", quantity: 3, units_left: 3, left: 180},
    {id: 2, name: "Tip", kind: "tip", quantity: 0, units_left: 0, left: 0},
  ]);
});

test("a card for one service needs no name", () => {
  const left = partsAfter([massage], new Map([[1, 120]]), round);
  const uses = [use(massage, 60, left), use(massage, 60, left)];
  expect(rows(uses)).toEqual([
    ["Used today", "2 × Massage"],
    ["Left", "1 of 3"],
  ]);
});

test("a service card given back says units and what is left", () => {
  const back = use(massage, 60, [{...massage, left: 180}], {isBack: true});
  expect(rows([back])).toEqual([
    ["Back on the card", "1 × Massage"],
    ["Left", "3 of 3"],
  ]);
  // the server has not answered yet
  expect(rows([{...back, facts: {...back.facts, parts: undefined}}])).toEqual([
    ["Back on the card", "1 × Massage"],
  ]);
});
