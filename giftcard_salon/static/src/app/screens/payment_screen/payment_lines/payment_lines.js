import {PaymentScreenPaymentLines} from "@point_of_sale/app/screens/payment_screen/payment_lines/payment_lines";
import {GiftcardPaymentLine} from "@giftcard_salon/app/components/giftcard_payment_line/giftcard_payment_line";

PaymentScreenPaymentLines.components = {
  ...PaymentScreenPaymentLines.components,
  GiftcardPaymentLine,
};
