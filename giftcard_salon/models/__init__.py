# core: knows cards, people and companies, no other app
from . import giftcard_location
from . import giftcard_type
from . import giftcard_type_amount
from . import giftcard_type_words
from . import giftcard_alias
from . import giftcard_attempt
from . import giftcard_card
from . import giftcard_card_code
from . import giftcard_card_status
from . import giftcard_card_issue
from . import giftcard_card_load
from . import giftcard_card_life
from . import giftcard_card_replace
from . import giftcard_card_adjust
from . import giftcard_card_send
from . import giftcard_card_stock
from . import giftcard_card_words
from . import giftcard_redemption
from . import giftcard_redemption_measure
from . import giftcard_redemption_hold
from . import giftcard_redemption_release
from . import giftcard_redemption_capture
from . import giftcard_entry
from . import giftcard_entry_words
from . import giftcard_seal
from . import giftcard_seal_verify

# accounting: chooses accounts and makes journal entries
from . import res_company
from . import account_chart_template
from . import account_giftcard_card
from . import account_move_line
from . import giftcard_accounting
from . import giftcard_accounting_setup

# adapters: one app each, thin
from . import barcode_rule
from . import product_account_move
from . import product_giftcard_type
from . import product_template
from . import pos_giftcard_card
from . import pos_giftcard_type
from . import pos_giftcard_sale
from . import pos_giftcard_desk
from . import pos_config
from . import pos_payment_method
from . import pos_payment
from . import pos_order_line
from . import pos_order
from . import pos_order_giftcard_rules
from . import pos_order_giftcard_undo
from . import pos_order_giftcard_owed
from . import pos_account_reconcile
from . import pos_res_users
from . import pos_session
from . import res_config_settings
