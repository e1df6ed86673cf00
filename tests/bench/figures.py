"""Medians, percentiles and tables."""

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


__all__ = ["median", "milliseconds", "percentile", "ratio", "table"]
