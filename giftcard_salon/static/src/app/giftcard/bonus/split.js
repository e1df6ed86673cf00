/**
 * The part of a card nobody paid for, split over the taxes of a bill (R4).
 *
 * The server splits; the till sees whether the split still fits its bill. All sums are
 * in the currency's cents, as whole numbers.
 *
 * @typedef {Object} Rate
 * @property {string} key the taxes, after the fiscal position
 * @property {number[]} tax_ids
 * @property {number} gross tax included, what a bonus may lower of it
 * @property {number} taken what discounts of the cards before take off it
 * @property {Object[]} taxes of the bill's lines, before the fiscal position
 */

const CHARGES = ["fixed", "code"];

/** The taxes that a discount lowers: it leaves fixed charges alone. */
function loweredTaxes(taxes) {
  return taxes
    .flatMap((tax) => (tax.children_tax_ids?.length ? tax.children_tax_ids : [tax]))
    .filter((tax) => !CHARGES.includes(tax.amount_type));
}

/** What names the taxes of a line. */
export function rateKey(taxes) {
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
 * @returns {Rate[]} in the order of the lines
 */
export function ratesOfLines(lines, baseLines, round) {
  const rates = new Map();
  let total = 0;
  for (const line of lines) {
    const {tax_ids} = baseLines[line.uuid];
    const [plain, rounded] = lineGross(baseLines[line.uuid]);
    const key = rateKey(tax_ids);
    const rate = rates.get(key) || {
      key,
      tax_ids: loweredTaxes(tax_ids).map((tax) => tax.id),
      taxes: line.tax_ids.filter((tax) => !CHARGES.includes(tax.amount_type)),
      gross: 0,
    };
    rates.set(key, {...rate, gross: rate.gross + plain});
    total += rounded;
  }
  const found = [...rates.values()].map((rate) => ({
    ...rate,
    gross: round(rate.gross),
  }));
  const rest = round(found.reduce((left, rate) => left - rate.gross, total));
  if (rest) {
    const largest = Math.max(...found.map((rate) => Math.abs(rate.gross)));
    const first = found.find((rate) => Math.abs(rate.gross) === largest);
    first.gross = round(first.gross + rest);
  }
  return found;
}

/**
 * What the bonus of one more card may lower, by taxes.
 *
 * @param {Rate[]} supplies of the bill: no card, no tip
 * @param {Rate[]} taken discounts of the cards before, negative
 * @param {Function} round to the currency's cents
 * @returns {Rate[]} without those of which nothing is left
 */
export function openRates(supplies, taken, round) {
  return supplies
    .map((rate) => {
      const before = taken.find(({key}) => key === rate.key)?.gross || 0;
      return {...rate, gross: round(rate.gross + before), taken: round(0 - before)};
    })
    .filter((rate) => rate.gross > 0);
}

/**
 * Whether parts are a split of a total by weights (R4); of equal remainders any may
 * be first.
 *
 * @param {number[]} parts
 * @param {number} total
 * @param {number[]} weights
 * @param {number} decimals of the currency
 */
export function isSplitByWeight(parts, total, weights, decimals) {
  const cents = (amount) => Math.round(amount * 10 ** decimals);
  const shares = weights.map(cents);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const told = parts.map(cents);
  const sum = told.reduce((all, part) => all + part, 0);
  if (!whole || sum !== cents(total)) {
    return sum === 0 && cents(total) === 0;
  }
  const plain = [];
  const raised = [];
  for (const [index, share] of shares.entries()) {
    const exact = sum * share;
    const floor = Math.floor(exact / whole);
    if (told[index] !== floor && told[index] !== floor + 1) {
      return false;
    }
    (told[index] === floor ? plain : raised).push(exact % whole);
  }
  return !raised.length || !plain.length || Math.min(...raised) >= Math.max(...plain);
}
