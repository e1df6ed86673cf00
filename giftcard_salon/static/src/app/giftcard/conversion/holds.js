import {uuidv4} from "@point_of_sale/utils";

/**
 * Change a card into a gift card and pay with it: credit lines, the new card's line,
 * and the payment. All of them are named by the payment.
 *
 * @param {GiftcardPairs} pairs what holds the card's parts
 * @param {Object} params
 * @param {Object} params.order the bill
 * @param {GiftcardChange} params.change what was chosen
 * @param {string} params.code
 * @param {Object} params.paymentMethod
 * @param {Function} params.isWanted whether somebody still waits for it
 */
export async function changeGiftcard(
  pairs,
  {order, change, code, paymentMethod, isWanted = () => true}
) {
  const keys = change.card.parts.map(() => uuidv4());
  const answer = await pairs.hold(keys, {code, change: {keys}}, order);
  if (answer.problem || !isWanted()) {
    pairs.client.releaseOrphans();
    return answer;
  }
  const key = uuidv4();
  order.addGiftcardChange(key, answer);
  order.addGiftcardUse(
    paymentMethod,
    {
      key,
      revision: 1,
      amount: change.amount,
      consideration: change.amount,
      bonus: 0,
      last4: answer.last4,
      available: order.currency.round(answer.amount - change.amount),
    },
    {pays_tips: change.card.pays_tips}
  );
  return answer;
}
