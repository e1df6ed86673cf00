# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Account numbers of gift cards per family of charts of accounts.

Each stands in the class where the country keeps such accounts; the next free number
after it will do as well. Looked up in the charts that come with Odoo.
"""

ROLES = (
    "liability",
    "contra",
    "deferred",
    "tips",
    "escheat",
    "income",
    "receivable",
    "payable",
    "cost",
)
# where there is no chart, and for charts without classes of their own
PLAIN = "255000 255900 256000 257000 258000 455000 128500 259000 510500"
FAMILIES = {
    # plan comptable général: 4191 advances, 487, 467, 7581, 451, 604
    "fr": "419180 419190 487080 467080 467090 758180 451080 451090 604080",
    "mc": "419180 419190 487080 467080 467090 758180 451080 451090 604080",
    # PCMN: 460 advances, 493, 489, 743, 416, 602
    "be": "460080 460090 493080 489080 489090 743080 416080 489070 602080",
    # PCN: 431 advances, 482, 4718, 7488, 4111, 4511, 6121
    "lu": "431080 431090 482080 471880 471890 748880 411185 451185 612180",
    # PGCE: 438 advances, 485, 465 to staff, 475, 759, 433, 403, 607
    "es": "438080 438090 485080 465080 475080 759080 433080 403080 607080",
    # SKR03: beside 1796 gift tokens issued
    "de_skr03": "1798 1799 0991 1757 1712 2706 1472 1632 3101",
    # SKR04: beside 3786 gift tokens issued
    "de_skr04": "3787 3788 3901 3721 3791 4834 1272 3422 5901",
    "at": "3205 3206 3900 3700 3705 4880 2250 3400 5790",
    "ch": "2031 2039 2302 2211 2212 3610 1111 2011 4410",
    "it": "253080 253090 270280 262080 264080 320280 150280 264090 429080",
    "nl": "149080 149090 140580 149070 149060 495080 129080 130080 704080",
    "pt": "276080 276090 282080 278180 278190 788880 211280 221280 621080",
    "uk": "210280 210290 210980 222080 210285 490080 110280 210080 650080",
    "ie": "330080 330090 390080 382380 382480 732080 211080 360080 642080",
    "us": PLAIN,
    "generic": PLAIN,
}
# what a chart has for gift cards already
CHART_NUMBERS = {("de_skr03", "liability"): "1796", ("de_skr04", "liability"): "3786"}


def number_of(chart, role):
    """Return the first number to try in a chart, or None for one that is not known.

    :param str chart: code of the chart template; "" for no chart
    :param str role: one of ``ROLES``
    """
    chart = chart or "generic"
    family = FAMILIES.get(chart) or FAMILIES.get(chart.split("_")[0])
    return family and family.split()[ROLES.index(role)]


def chart_number_of(chart, role):
    """Return the number of the account that a chart has for this, or None."""
    return CHART_NUMBERS.get((chart, role))
