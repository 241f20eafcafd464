"""The features of a pair's last bars with pandas, made anew at every bar: FILE BARS FIRST WINDOW CLASS OUT.

FILE holds little-endian doubles, bar after bar: high, low, close, volume of the first leg, then of
the second. For each bar from number FIRST on, the features are made of the bars that they need, up
to that bar; OUT gets them as doubles, bar after bar, in the order of the schema. Prints one line of
JSON: microseconds a bar, the median. What needs the history of the spread is one call of
pandas' rolling means, the rest numpy on the last rows.
"""

import json
import statistics
import sys
import time

import numpy as np
import pandas as pd

COLUMNS = ["a_high", "a_low", "a_close", "a_volume", "b_high", "b_low", "b_close", "b_volume"]
FLAT = 1e-18
RANGE_BARS = 14
JUMP_BARS = 4
MAX_POSITION = 3


def unless_flat(variance):
    return np.where(variance > FLAT, variance, 0.0)


def spread_variance(changes, beta):
    return unless_flat(np.var(changes[:, 0] - beta * changes[:, 1]))


def slope(pairs):
    centred = pairs - pairs.mean(axis=0)
    variance = unless_flat(np.mean(centred[:, 1] ** 2))
    return np.mean(centred[:, 0] * centred[:, 1]) / variance if variance > 0 else 1.0


def correlation(pairs):
    centred = pairs - pairs.mean(axis=0)
    variances = unless_flat(np.mean(centred**2, axis=0))
    return np.mean(centred[:, 0] * centred[:, 1]) / np.sqrt(variances[0] * variances[1])


def spreads(levels, changes, n):
    """Hedge ratio, mean and deviation of the spread at each of the last n + 1 bars."""
    x = levels - levels[-1]
    u = np.vstack([np.full((1, 2), np.nan), changes])
    frame = pd.DataFrame(
        np.column_stack(
            [
                x,
                x[:, 0] ** 2,
                x[:, 1] ** 2,
                x[:, 0] * x[:, 1],
                u,
                u[:, 1] ** 2,
                u[:, 0] * u[:, 1],
            ]
        )
    )
    m = frame.rolling(n).mean().to_numpy()[-(n + 1) :].T
    variance = unless_flat(m[7] - m[6] ** 2)
    with np.errstate(all="ignore"):
        beta = np.where(variance > 0, (m[8] - m[5] * m[6]) / variance, 1.0)
    deviation = np.sqrt(
        unless_flat(
            (m[2] - m[0] ** 2) - 2 * beta * (m[4] - m[0] * m[1]) + beta**2 * (m[3] - m[1] ** 2)
        )
    )
    return beta, m[0] - beta * m[1], deviation, x[-(n + 1) :]


def z_of(x, beta, mean, deviation):
    return np.where(deviation > 0, (x[:, 0] - beta * x[:, 1] - mean) / deviation, 0.0)


def features(bars, n, pair_class):
    s = max(10, n // 4)
    medium, long, horizon = max(2, n // 60), max(4, n // 15), max(6, n // 5)
    levels = np.log(bars[["a_close", "b_close"]].to_numpy())
    changes = np.diff(levels, axis=0)
    betas, means, deviations, x = spreads(levels, changes, n)
    z = z_of(x, betas, means, deviations)
    beta, deviation = betas[-1], deviations[-1]
    outward = -1.0 if z[-1] < 0 else 1.0

    lagged = [
        (lag, spread_variance(levels[-n:] - levels[-n - lag : -lag], beta))
        for lag in (medium, long, horizon)
    ]
    one_bar = spread_variance(changes[-n:], beta)
    steps = [levels[-1] - levels[-1 - lag] for lag in (1, medium, long)]
    moved = [step[0] - beta * step[1] for step in steps]
    short = levels[-s:] - levels[-1]
    short_spread = short[:, 0] - beta * short[:, 1]
    z_short = -np.mean(short_spread) / np.sqrt(unless_flat(np.var(short_spread)))

    later = z_of(x[1:], betas[:-1], means[:-1], deviations[:-1])
    profits = -np.clip(z[:-1], -MAX_POSITION, MAX_POSITION) * (later - z[:-1])
    profit_deviation = np.sqrt(unless_flat(np.var(profits)))

    variances = unless_flat(np.var(changes[-n:], axis=0))
    short_variances = unless_flat(np.var(changes[-s:], axis=0))
    jumps = np.abs(changes[-JUMP_BARS:]).max(axis=0)

    before = levels[-n - 1 : -1]
    high = np.maximum(np.log(bars[["a_high", "b_high"]].to_numpy()[-n:]), before)
    low = np.minimum(np.log(bars[["a_low", "b_low"]].to_numpy()[-n:]), before)
    ranges = high - low
    volumes = np.log1p(bars[["a_volume", "b_volume"]].to_numpy()[-n:])
    whole = correlation(changes[-n:])

    row = np.array(
        [
            z[-1],
            abs(z[-1]),
            outward * z_short,
            *(outward * move / deviation for move in moved),
            np.log(deviation / (1 + abs(beta))),
            np.log(deviation / np.sqrt(one_bar)),
            *(np.log(variance / (lag * one_bar)) for lag, variance in lagged),
            np.count_nonzero(z[:-1] * z[1:] < 0) / n,
            np.mean(profits) / profit_deviation,
            np.log(profit_deviation),
            0.5 * np.log(spread_variance(changes[-s:], beta) / one_bar),
            0.25 * (np.log(np.prod(short_variances)) - np.log(np.prod(variances))),
            np.max(jumps / np.sqrt(variances)),
            np.mean(ranges[-RANGE_BARS:].mean(axis=0) / ranges.mean(axis=0)),
            whole,
            correlation(changes[-s:]) - whole,
            beta,
            np.sqrt(unless_flat(np.var(betas[-s:]))),
            slope(levels[-n:]) - slope(changes[-n:]),
            np.min(volumes[-s:].mean(axis=0) - volumes.mean(axis=0)),
            pair_class,
        ]
    )
    row[~np.isfinite(row)] = np.nan
    return row


def main():
    file, bars, first, window, pair_class, out = sys.argv[1:7]
    bars, first, n, pair_class = int(bars), int(first), int(window), float(pair_class)
    data = np.fromfile(file, dtype="<f8").reshape(bars, len(COLUMNS))
    frame = pd.DataFrame(data, columns=COLUMNS)
    needed = 2 * n + 1
    rows, seconds = [], []
    with np.errstate(all="ignore"):
        for i in range(first, bars):
            begun = time.perf_counter()
            rows.append(features(frame.iloc[i + 1 - needed : i + 1], n, pair_class))
            seconds.append(time.perf_counter() - begun)
    np.array(rows).astype("<f8").tofile(out)
    print(
        json.dumps(
            {
                "us": statistics.median(seconds) * 1e6,
                "versions": {"pandas": pd.__version__, "numpy": np.__version__},
            }
        )
    )


main()
