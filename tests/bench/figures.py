# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Medians, percentiles, tables, and the figures that have a bar."""

import os
from statistics import median


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds(values):
    """Return median, 99th percentile and maximum of seconds, as one text."""
    return " / ".join(
        f"{1000 * value:.1f}"
        for value in (median(values), percentile(values, 0.99), max(values))
    )


def ratio(value, base):
    return f"{value / base:.2f}" if base else "-"


def table(title, rows, heads):
    """Print rows of texts under their heads."""
    widths = [
        max(len(str(row[i])) for row in [heads, *rows]) for i in range(len(heads))
    ]
    print(f"\n{title}")
    for row in [heads, ["-" * width for width in widths], *rows]:
        cells = [str(c).ljust(w) for c, w in zip(row, widths, strict=True)]
        print("  " + "  ".join(cells).rstrip(), flush=True)


def load():
    """Return the machine's load average of the last minute, as a text."""
    return f"{os.getloadavg()[0]:.1f}"


class Figures:
    """What one run found, each with the bar it has to hold, where there is one."""

    def __init__(self):
        self.rows = []

    def add(self, name, value, at_most=None, at_least=None, unit="", digits=2):
        """Note a figure; without a bar it is only told."""
        bar = met = ""
        if at_most is not None:
            bar = f"<= {at_most:g}"
            met = "met" if value <= at_most else "NOT MET"
        elif at_least is not None:
            bar = f">= {at_least:g}"
            met = "met" if value >= at_least else "NOT MET"
        self.rows.append([name, f"{value:.{digits}f}{unit}", bar, met])

    def show(self, title):
        table(title, self.rows, ["figure", "found", "bar", ""])


__all__ = ["Figures", "load", "median", "milliseconds", "percentile", "ratio", "table"]
