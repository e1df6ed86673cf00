# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Pictures of what the demo chain sells: drawn here, a few kB each."""

import base64
from io import BytesIO

from PIL import Image, ImageDraw

SIDE = 192
# drawn larger and made smaller, so that edges are smooth
SCALE = 4
INK = "#ffffff"
# by category of the till: colours of the ground, from top to bottom
GROUNDS = {
    "Gift cards": ("#d8b46a", "#a8762f"),
    "Treatments": ("#8fc1b5", "#3f7f76"),
    "Hair": ("#c9a7c7", "#7d5683"),
    "Tea room": ("#e3b693", "#a9673f"),
    "Shop": ("#a5b8d8", "#56709f"),
}
# by English name; the others have what their category has
DRAWINGS = {
    "Facial care": "drop",
    "Hammam and sauna, half a day": "steam",
    "Manicure": "bottle",
    "Pedicure": "bottle",
    "Colour": "drop",
    "Blow-dry": "steam",
    "Spa lunch": "plate",
    "Pastry of the day": "plate",
    "Massage oil 100 ml": "drop",
    "Scented candle": "candle",
    "Herbal infusion 100 g": "leaf",
    "Three massages": "stones",
    "Spa day": "stones",
    "Treatment card": "drop",
}
USUAL = {
    "Gift cards": "card",
    "Treatments": "stones",
    "Hair": "comb",
    "Tea room": "cup",
    "Shop": "jar",
}


class Pen:
    """Draws in white on hundredths of the picture's side."""

    def __init__(self, image):
        self.draw = ImageDraw.Draw(image)
        self.unit = image.width / 100

    def _at(self, *numbers):
        return [number * self.unit for number in numbers]

    def oval(self, *box):
        self.draw.ellipse(self._at(*box), fill=INK)

    def box(self, *box, radius=3):
        self.draw.rounded_rectangle(self._at(*box), radius * self.unit, fill=INK)

    def shape(self, *points):
        self.draw.polygon(self._at(*points), fill=INK)

    def line(self, *points, width=3):
        self.draw.line(
            self._at(*points), fill=INK, width=int(width * self.unit), joint="curve"
        )

    def arc(self, *box, start=0, end=180, width=3):
        self.draw.arc(
            self._at(*box), start, end, fill=INK, width=int(width * self.unit)
        )


def draw_stones(pen):
    for box in ((22, 62, 78, 80), (29, 45, 71, 60), (36, 31, 64, 43)):
        pen.oval(*box)


def draw_drop(pen):
    pen.shape(50, 20, 69, 52, 31, 52)
    pen.oval(29, 40, 71, 80)


def draw_steam(pen):
    for x in (30, 46, 62):
        for y, start in ((26, 90), (42, 270), (58, 90)):
            pen.arc(x, y, x + 10, y + 17, start=start, end=start + 180)


def draw_bottle(pen):
    pen.box(43, 20, 57, 46)
    pen.box(32, 48, 68, 80, radius=8)


def draw_comb(pen):
    pen.box(22, 30, 78, 45)
    for x in range(22, 78, 8):
        pen.box(x, 42, x + 4, 72, radius=2)


def draw_cup(pen):
    pen.box(27, 40, 65, 70, radius=12)
    pen.arc(56, 44, 78, 63, start=270, end=450, width=4)
    pen.oval(22, 73, 72, 80)
    for x in (38, 50):
        pen.arc(x, 22, x + 8, 36, start=90, end=270)


def draw_plate(pen):
    pen.arc(24, 30, 76, 90, start=180, end=360, width=4)
    pen.box(18, 62, 82, 68)
    pen.oval(46, 24, 54, 32)


def draw_jar(pen):
    pen.box(30, 26, 70, 36)
    pen.box(26, 40, 74, 78, radius=9)


def draw_candle(pen):
    pen.oval(45, 20, 55, 38)
    pen.line(50, 34, 50, 46, width=2)
    pen.box(32, 46, 68, 80, radius=5)


def draw_leaf(pen):
    pen.shape(24, 76, 30, 44, 48, 28, 76, 24, 72, 52, 56, 70)
    pen.line(18, 82, 34, 66, width=4)


def draw_card(pen):
    for box in ((16, 32, 84, 43), (16, 48, 32, 72), (40, 48, 84, 72)):
        pen.box(*box, radius=4)
    pen.arc(22, 18, 37, 34, start=120, end=420)
    pen.arc(35, 18, 50, 34, start=120, end=420)


DRAW = {
    name.removeprefix("draw_"): function
    for name, function in list(globals().items())
    if name.startswith("draw_")
}


def draw_picture(drawing, category):
    """Return a drawing on the ground of a category.

    :rtype: bytes
    """
    side = SIDE * SCALE
    image = _make_ground(side, *GROUNDS[category])
    DRAW[drawing](Pen(image))
    return _encode(image.resize((SIDE, SIDE), Image.LANCZOS))


def _make_ground(side, top, bottom):
    column = Image.new("RGB", (1, 2))
    column.putdata([_colour(top), _colour(bottom)])
    return column.resize((side, side), Image.BICUBIC)


def _colour(text):
    return tuple(bytes.fromhex(text.removeprefix("#")))


def _encode(image):
    buffer = BytesIO()
    image.quantize(64).save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue())


def hang_pictures(env):
    """Give the products of the till their pictures."""
    products = env["product.template"].with_context(lang="en_US")
    for category, usual in USUAL.items():
        for product in products.search([("pos_categ_ids.name", "=", category)]):
            drawing = DRAWINGS.get(product.name, usual)
            product.image_1920 = draw_picture(drawing, category)
