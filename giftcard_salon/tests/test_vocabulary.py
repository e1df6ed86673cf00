# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo.tests import BaseCase, tagged

from .vocabulary import (
    find_retired_words,
    get_python_names,
    get_retired_words,
    get_script_names,
)


@tagged("post_install", "-at_install", "giftcard_salon")
class TestVocabulary(BaseCase):
    """The add-on's own definitions use the field's words."""

    def test_no_definition_has_a_retired_word(self):
        found = find_retired_words()
        self.assertFalse(found, "\n".join(found))

    def test_each_kind_of_name_is_looked_at(self):
        names = get_python_names(
            "class CardFacts:\n"
            "    pair = 1\n\n"
            "    def _say(self, taken):\n"
            "        own = 2\n"
        )
        words = {word for name in names for word in get_retired_words(name)}
        self.assertEqual(words, {"facts", "pair", "say", "taken", "own"})

    def test_each_kind_of_name_in_a_script_is_looked_at(self):
        names = get_script_names(
            "// const forced = 1\n"
            "const pairOf = (told, {known}) => told;\n"
            "class Bill {\n"
            "  say(room, rest = 0) {\n"
            "    const {left, facts: [own]} = this.read();\n"
            "    if (room.books) {\n"
            "      this.taken = own;\n"
            "    }\n"
            "  }\n"
            "}\n"
        )
        words = {word for name in names for word in get_retired_words(name)}
        found = {"pair", "told", "known", "say", "room", "rest", "left", "facts", "own"}
        self.assertEqual(words, found | {"taken"})

    def test_a_word_inside_another_is_none(self):
        for name in ("used", "user_id", "department", "is_single_use", "partner_id"):
            self.assertFalse(get_retired_words(name), name)
