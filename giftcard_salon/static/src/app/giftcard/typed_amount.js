/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";

const SPACES = /[\s\u00a0\u202f']/g;
const DIGITS = /^\d+$/;

/** Digits in groups of three, as thousands are written; or null. */
function joinThousands(groups) {
  const [first, ...others] = groups;
  const isGrouped =
    DIGITS.test(first) &&
    first.length <= 3 &&
    others.every((group) => DIGITS.test(group) && group.length === 3);
  return isGrouped ? groups.join("") : null;
}

/** The number that groups around one kind of separator stand for; or null. */
function readGroups(groups, decimals) {
  if (groups.length > 2) {
    return joinThousands(groups);
  }
  const [units, cents] = groups.map((group) => group || "0");
  if (!DIGITS.test(units + cents)) {
    return null;
  }
  if (groups[1].length === 3) {
    // 1,234: thousands where there are no cents, else nobody knows
    return decimals ? null : joinThousands(groups);
  }
  return groups[1].length <= decimals ? `${units}.${cents}` : null;
}

/**
 * What a typed text says as money, whichever separator people are used to.
 *
 * A point and a comma both stand for the cents; where a text has both, the last one
 * does. What could be read in two ways is not read at all.
 *
 * @param {string} text
 * @param {number} decimals digits after the separator that the currency has
 * @returns {number|null} null for what is no amount, or an ambiguous one
 */
export function readAmount(text, decimals) {
  const typed = text.replace(SPACES, "");
  if (DIGITS.test(typed)) {
    return Number(typed);
  }
  const last = Math.max(typed.lastIndexOf("."), typed.lastIndexOf(","));
  const separators = new Set(typed.match(/[.,]/g));
  let number = null;
  if (separators.size === 2) {
    const other = typed[last] === "." ? "," : ".";
    const units = joinThousands(typed.slice(0, last).split(other));
    number = units && readGroups([units, typed.slice(last + 1)], decimals);
  } else if (separators.size === 1) {
    number = readGroups(typed.split(typed[last]), decimals);
  }
  return number === null ? null : Number(number);
}

/** Why a text is not taken as an amount, as a sentence; else "". */
export function amountProblem(text, decimals) {
  return text.trim() && readAmount(text, decimals) === null
    ? _t('"%s" can be misread. Type the amount without separators for thousands.', text)
    : "";
}
