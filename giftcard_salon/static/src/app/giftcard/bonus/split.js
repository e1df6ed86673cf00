/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

/**
 * The share of a card nobody paid for, split over the taxes of a bill (R4).
 *
 * The server splits; the till sees whether the split still fits its bill. All sums are
 * in the currency's cents, as whole numbers.
 *
 * @typedef {Object} TaxGroup
 * @property {string} key the taxes, after the fiscal position
 * @property {number[]} tax_ids
 * @property {number} gross tax included, what a bonus may lower of it
 * @property {number} discounted what discounts of the cards before take off it
 * @property {Object[]} taxes of the bill's lines, before the fiscal position
 */

const CHARGES = ["fixed", "code"];

/** What the server is told of tax groups. */
export function taxGroupsForServer(taxGroups) {
  return taxGroups.map(({key, tax_ids, gross, discounted}) => ({
    key,
    tax_ids,
    gross,
    discounted,
  }));
}

/** The taxes that a discount lowers: it leaves fixed charges alone. */
function loweredTaxes(taxes) {
  return taxes
    .flatMap((tax) => (tax.children_tax_ids?.length ? tax.children_tax_ids : [tax]))
    .filter((tax) => !CHARGES.includes(tax.amount_type));
}

/** What names the taxes of a line. */
export function taxGroupKey(taxes) {
  return loweredTaxes(taxes)
    .map((tax) => tax.id)
    .sort((a, b) => a - b)
    .join(",");
}

/** What a line comes to: as its price says, and with the cents moved to it. */
function lineGross({manual_tax_amounts, tax_details}) {
  const vat = tax_details.taxes_data.reduce(
    (sum, data) => sum + data.tax_amount_currency,
    0
  );
  const rounded =
    tax_details.total_excluded_currency +
    tax_details.delta_total_excluded_currency +
    vat;
  const hasFixed = Object.keys(manual_tax_amounts || {}).length > 0;
  return [hasFixed ? rounded : tax_details.raw_total_included_currency, rounded];
}

/**
 * What lines come to by taxes; the sum is the bill's.
 *
 * Core may move a rounding cent from one rate's line to another's; here each rate is
 * what its prices say, as on the server. What is left to the sum goes to the largest.
 *
 * @param {Object[]} lines bill lines
 * @param {Object} baseLines of the bill's tax computation, by line uuid
 * @param {Function} round to the currency's cents
 * @returns {TaxGroup[]} in the order of the lines
 */
export function taxGroupsOfLines(lines, baseLines, round) {
  const taxGroups = new Map();
  let total = 0;
  for (const line of lines) {
    const {tax_ids} = baseLines[line.uuid];
    const [plain, rounded] = lineGross(baseLines[line.uuid]);
    const key = taxGroupKey(tax_ids);
    const taxGroup = taxGroups.get(key) || {
      key,
      tax_ids: loweredTaxes(tax_ids).map((tax) => tax.id),
      taxes: line.tax_ids.filter((tax) => !CHARGES.includes(tax.amount_type)),
      gross: 0,
    };
    taxGroups.set(key, {...taxGroup, gross: taxGroup.gross + plain});
    total += rounded;
  }
  const found = [...taxGroups.values()].map((taxGroup) => ({
    ...taxGroup,
    gross: round(taxGroup.gross),
  }));
  const odd = round(found.reduce((sum, taxGroup) => sum - taxGroup.gross, total));
  if (odd) {
    const largest = Math.max(...found.map((taxGroup) => Math.abs(taxGroup.gross)));
    const first = found.find((taxGroup) => Math.abs(taxGroup.gross) === largest);
    first.gross = round(first.gross + odd);
  }
  return found;
}

/**
 * What the bonus of one more card may lower, by taxes.
 *
 * @param {TaxGroup[]} supplies of the bill: no card, no tip
 * @param {TaxGroup[]} discounted discounts of the cards before, negative
 * @param {Function} round to the currency's cents
 * @returns {TaxGroup[]} without those of which nothing is left
 */
export function openTaxGroups(supplies, discounted, round) {
  return supplies
    .map((taxGroup) => {
      const before = discounted.find(({key}) => key === taxGroup.key)?.gross || 0;
      return {
        ...taxGroup,
        gross: round(taxGroup.gross + before),
        discounted: round(0 - before),
      };
    })
    .filter((taxGroup) => taxGroup.gross > 0);
}

/**
 * Whether shares are a split of a total by weights (R4); of equal remainders any may
 * be first.
 *
 * @param {number[]} shares
 * @param {number} total
 * @param {number[]} weights
 * @param {number} decimals of the currency
 */
export function isSplitByWeight(shares, total, weights, decimals) {
  const cents = (amount) => Math.round(amount * 10 ** decimals);
  const weighed = weights.map(cents);
  const whole = weighed.reduce((sum, weight) => sum + weight, 0);
  const shareCents = shares.map(cents);
  const sum = shareCents.reduce((all, share) => all + share, 0);
  if (!whole || sum !== cents(total)) {
    return sum === 0 && cents(total) === 0;
  }
  const plain = [];
  const raised = [];
  for (const [index, weight] of weighed.entries()) {
    const exact = sum * weight;
    const floor = Math.floor(exact / whole);
    if (shareCents[index] !== floor && shareCents[index] !== floor + 1) {
      return false;
    }
    (shareCents[index] === floor ? plain : raised).push(exact % whole);
  }
  return !raised.length || !plain.length || Math.min(...raised) >= Math.max(...plain);
}
