# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""The salons' logo: an island, the sun and two waves, drawn here."""

import base64
from io import BytesIO
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 520, 160
# drawn larger and made smaller, so that edges are smooth
SCALE = 4
# has accents, which the font that comes with Pillow has not
FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
SEA, SUN, LAND, FOAM = "#3f7f76", "#f0c66b", "#25514b", "#ffffff"


def hang_logo(env):
    """Give the chain's companies their logo.

    In a process after the one that loaded their charts: until then the partner's
    smaller images are unknown to the registry.
    """
    logo = draw_logo("Belle Île")
    for company in env["res.company"].search([("name", "like", "Belle Île")]):
        company.logo = logo


def draw_logo(name):
    """Return the mark with a name beside it.

    :rtype: bytes
    """
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), FOAM)
    image.paste(_draw_mark(HEIGHT * SCALE), (0, 0))
    font = ImageFont.truetype(str(FONT), 58 * SCALE)
    position = (HEIGHT + 18) * SCALE, HEIGHT * SCALE // 2
    ImageDraw.Draw(image).text(position, name, fill=LAND, font=font, anchor="lm")
    buffer = BytesIO()
    small = image.resize((WIDTH, HEIGHT), Image.LANCZOS)
    small.quantize(64).save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue())


def _draw_mark(side):
    mark = Image.new("RGB", (side, side), FOAM)
    pen = ImageDraw.Draw(mark)
    unit = side / 100
    pen.ellipse(_scaled(unit, 6, 6, 94, 94), fill=SEA)
    pen.ellipse(_scaled(unit, 52, 18, 74, 40), fill=SUN)
    pen.polygon(_scaled(unit, 18, 62, 38, 34, 50, 50, 60, 40, 80, 62), fill=LAND)
    for y in (66, 78):
        for x in range(16, 76, 20):
            box = _scaled(unit, x, y, x + 14, y + 10)
            pen.arc(box, 180, 360, fill=FOAM, width=int(3 * unit))
    return mark


def _scaled(unit, *numbers):
    return [number * unit for number in numbers]
