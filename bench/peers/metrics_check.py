#!/usr/bin/env python3
"""Computes a model's metrics with scikit-learn from its out-of-fold predictions.

  psql -c "\\copy (select * from core.oof_predictions where model_version = 'V') to 'oof.csv' csv header"
  metrics_check.py oof.csv [--metrics AI1.json AI2.json]

With the metrics of core.model_registry (column metrics) of AI1 and AI2 it compares and exits 1
where a figure is further than 1e-12 from scikit-learn's. With --sample it prints the figures that
are constants in ScikitLearnTest and BetaTest. Needs: pip install scikit-learn
"""
import argparse
import csv
import json
import sys

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

BINS = 10


def ece(y, p, strategy):
    """calibration_curve gives the bins' means; their sizes come from the same edges."""
    observed, said = calibration_curve(y, p, n_bins=BINS, strategy=strategy)
    shares = np.linspace(0, 1, BINS + 1)
    edges = shares if strategy == "uniform" else np.percentile(p, shares * 100)
    rows = np.bincount(np.searchsorted(edges[1:-1], p), minlength=BINS)
    return float(np.sum(rows[rows > 0] * np.abs(observed - said)) / len(p))


def auc_within(y, p, fold):
    """The AUC of each fold, weighted by its ones times its zeros."""
    won = pairs = 0.0
    for f in np.unique(fold):
        yf, pf = y[fold == f], p[fold == f]
        weight = float(yf.sum()) * float((1 - yf).sum())
        if weight > 0:
            won += weight * roc_auc_score(yf, pf)
            pairs += weight
    return won / pairs


def figures(y, p, fold):
    return {
        "rows": len(y),
        "base_rate": float(y.mean()),
        "auc": float(roc_auc_score(y, p)),
        "auc_within_folds": float(auc_within(y, p, fold)),
        "brier": float(brier_score_loss(y, p)),
        "log_loss": float(log_loss(y, np.clip(p, 1e-15, 1 - 1e-15))),
        "ece": ece(y, p, "uniform"),
        "ece_mass": ece(y, p, "quantile"),
    }


def beta(y, raw):
    """Beta calibration with Platt's smoothed targets, as weighted logistic regression."""
    ones, zeros = y.sum(), (1 - y).sum()
    target = np.where(y == 1, (ones + 1) / (ones + 2), 1 / (zeros + 2))
    x = np.column_stack([-np.logaddexp(0, -raw), np.logaddexp(0, raw)])
    fit = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-14, max_iter=1000).fit(
        np.vstack([x, x]),
        np.r_[np.ones(len(y)), np.zeros(len(y))],
        sample_weight=np.r_[target, 1 - target],
    )
    return {"a": fit.coef_[0][0], "b": fit.coef_[0][1], "c": fit.intercept_[0]}


def sample(rows=500):
    x, said, labels = 42, [], []
    for _ in range(rows):
        x = (1103515245 * x + 12345) % 2**31
        said.append(x / 2**31)
        x = (1103515245 * x + 12345) % 2**31
        labels.append(1 if x / 2**31 < 0.2 + 0.5 * said[-1] else 0)
    p, y = np.array(said), np.array(labels)
    one = np.zeros(rows)
    print("smooth", figures(y, p, one))
    print("tied", figures(y, np.floor(p * 40) / 40, one))
    print("five folds, auc", auc_within(y, p, np.arange(rows) * 5 // rows))
    print("beta", beta(y, 6 * p - 3))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("dump", nargs="?")
    parser.add_argument("--metrics", nargs=2, metavar=("AI1", "AI2"))
    parser.add_argument("--sample", action="store_true")
    args = parser.parse_args()
    if args.sample:
        return sample()
    if not args.dump:
        parser.error("a dump or --sample is needed")
    with open(args.dump, newline="") as file:
        rows = list(csv.DictReader(file))
    fold = np.array([int(r["fold"]) for r in rows])
    wrong = 0
    for i, (model, p, y) in enumerate(
        [("AI1", "return_prob", "return_label"), ("AI2", "risk_score", "risk_label")]
    ):
        theirs = figures(
            np.array([int(r[y]) for r in rows]), np.array([float(r[p]) for r in rows]), fold
        )
        ours = json.load(open(args.metrics[i])) if args.metrics else {}
        for name, value in theirs.items():
            distance = abs(ours[name] - value) if name in ours else None
            wrong += distance is not None and distance > 1e-12
            print(model, name, repr(value), "" if distance is None else f"off by {distance:.1e}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
