import {_t} from "@web/core/l10n/translation";
import {unitsAfter} from "@giftcard_salon/app/giftcard/deduction/plan";

/**
 * What is left of the parts of a single-purpose card, in figures and in words.
 *
 * @typedef {Object} Left
 * @property {number} id of the part
 * @property {string} name
 * @property {string} kind "service", "amount" or "tip"
 * @property {number} quantity units that were sold
 * @property {number} units_left
 * @property {number} left money
 * @property {number} broken money of a unit that paid for something else in part
 */

/** What of the first unit that is left is no whole unit any more; 0 when it is one. */
function brokenAfter({unit_prices, broken = 0}, used, round) {
  if (!used) {
    return broken;
  }
  let whole = 0;
  for (const [index, price] of unit_prices.entries()) {
    const rest = round(whole + price - used);
    if (rest > 0) {
      return rest < price || (!index && broken) ? rest : 0;
    }
    whole = round(whole + price);
  }
  return 0;
}

/**
 * @param {Part[]} parts as for `giftcard_plan`
 * @param {Map} used money by id of the part
 * @param {Function} round to the currency's cents
 * @returns {Left[]}
 */
export function partsAfter(parts, used, round) {
  return parts.map((part) => {
    const {id, name, kind, quantity, available} = part;
    const sum = used.get(id) || 0;
    const units_left = sum ? unitsAfter(part.unit_prices, sum, round) : part.units_left;
    const broken = brokenAfter(part, sum, round);
    const left = round(available - sum);
    return {id, name, kind, quantity, units_left, left, ...(broken && {broken})};
  });
}

/** The same once a use of one part is undone. */
export function partsReturned(parts, {part_id, amount, is_unit}, round) {
  return parts.map((part) =>
    part.id === part_id
      ? {
          ...part,
          units_left: part.units_left + Number(Boolean(is_unit)),
          left: round(part.left + amount),
          // a unit that is whole again the server tells with the paid bill
          ...(part.broken && {broken: is_unit ? part.broken : 0}),
        }
      : part
  );
}

/** "2 of 3", "5.00 €"; with a broken unit "1 of 3 and 42.00 €". */
export function partLeftText({kind, units_left, quantity, left = 0, broken}, format) {
  if (kind !== "service" || (broken && units_left === 1)) {
    return format(broken || left);
  }
  return broken
    ? _t("%(left)s of %(all)s and %(amount)s", {
        left: units_left - 1,
        all: quantity,
        amount: format(broken),
      })
    : _t("%(left)s of %(all)s", {left: units_left, all: quantity});
}

/** "2 of 3"; of a package "Massage 2 of 3", "Tip 5.00 €". */
export function partsLeftTexts(parts, format) {
  return parts.map((part) => {
    const text = partLeftText(part, format);
    return parts.length > 1 ? `${part.name} ${text}` : text;
  });
}

/** What was taken of one part or given back: "2 × Massage", "5.00 €". */
export function movedText(uses, isPackage, format) {
  const {name} = uses[0].facts;
  if (uses.every(({facts}) => facts.is_unit)) {
    return `${uses.length} × ${name}`;
  }
  const sum = format(uses.reduce((all, {amount}) => all + amount, 0));
  return isPackage && name ? `${name} ${sum}` : sum;
}

/** The parts of a card after its last use: the server's word, else the till's. */
function partsOf(uses) {
  const {parts} = uses.at(-1).facts;
  const own = new Map(uses.map(({facts}) => [facts.name, facts]));
  return parts || [...own.values()].filter(({left}) => left !== undefined);
}

/**
 * The rows of a card's box on the receipt: what was used today, all that is left.
 *
 * @param {Object[]} uses of one card: `facts`, `amount` over zero, `isBack`
 * @param {Function} format an amount as text
 */
export function receiptRows(uses, format) {
  const parts = partsOf(uses);
  const groups = new Map();
  for (const use of uses) {
    const key = `${use.isBack ? "back" : "used"} ${use.facts.name}`;
    groups.set(key, [...(groups.get(key) || []), use]);
  }
  const moved = [...groups].map(([id, own]) => ({
    id,
    label: own[0].isBack ? _t("Back on the card") : _t("Used today"),
    text: movedText(own, parts.length > 1, format),
  }));
  const left = partsLeftTexts(parts, format).map((text, index) => ({
    id: `left ${index}`,
    label: index ? "" : _t("Left"),
    text,
    isBold: true,
  }));
  return [...moved, ...left];
}
