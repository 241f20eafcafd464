"""scikit-learn's metrics of probabilities and labels: FILE, a JSON list of pairs of vectors.

Prints one line of JSON. Calibration errors are the mean distance of the two curves of
sklearn.calibration.calibration_curve, weighted by rows.
"""

import json
import sys

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

BINS = 10


def calibration_error(p, y, strategy):
    rate, mean = calibration_curve(y, p, n_bins=BINS, strategy=strategy)
    if strategy == "uniform":
        edges = np.linspace(0, 1, BINS + 1)
    else:
        edges = np.percentile(p, np.linspace(0, 1, BINS + 1) * 100)
    rows = np.bincount(np.searchsorted(edges[1:-1], p), minlength=BINS)
    return float(np.average(np.abs(rate - mean), weights=rows[rows > 0]))


def metrics(p, y):
    p, y = np.asarray(p), np.asarray(y)
    return {
        "auc": roc_auc_score(y, p),
        "brier": brier_score_loss(y, p),
        "log_loss": log_loss(y, p),
        "ece": calibration_error(p, y, "uniform"),
        "ece_mass": calibration_error(p, y, "quantile"),
    }


def main():
    with open(sys.argv[1]) as file:
        print(json.dumps({"metrics": [metrics(p, y) for p, y in json.load(file)]}))


main()
