/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {amountProblem, readAmount} from "@giftcard_salon/app/giftcard/typed_amount";

describe.current.tags("headless");
beforeEach(allowTranslations);

describe("typed amounts", () => {
  test("a point and a comma both stand for the cents", () => {
    for (const [text, amount] of [
      ["4,50", 4.5],
      ["4.50", 4.5],
      ["4,5", 4.5],
      ["4.", 4],
      [",5", 0.5],
      ["450", 450],
      [" 70 ", 70],
      ["0", 0],
    ]) {
      expect(readAmount(text, 2)).toBe(amount);
      expect(amountProblem(text, 2)).toBe("");
    }
  });

  test("where both stand, the last one is the cents'", () => {
    for (const text of [
      "1,234.50",
      "1.234,50",
      "1 234,50",
      "1\u202f234,50",
      "1'234.50",
    ]) {
      expect(readAmount(text, 2)).toBe(1234.5);
    }
    expect(readAmount("1,234,567.89", 2)).toBe(1234567.89);
    expect(readAmount("1.234.567", 2)).toBe(1234567);
  });

  test("what can be read in two ways is not read", () => {
    const wrong = [
      "1,234",
      "1.234",
      "12,3456",
      "1,23.45",
      "1,2,3",
      "4,5,0",
      "-5",
      "5 €",
    ];
    for (const text of wrong) {
      expect(readAmount(text, 2)).toBe(null);
      expect(amountProblem(text, 2)).toBe(
        `"${text}" can be misread. Type the amount without separators for thousands.`
      );
    }
    expect(amountProblem("", 2)).toBe("");
  });

  test("a currency without cents has thousands only", () => {
    expect(readAmount("1,234", 0)).toBe(1234);
    expect(readAmount("1.234", 0)).toBe(1234);
    expect(readAmount("4,5", 0)).toBe(null);
  });
});
