"""Optuna with LightGBM on the benchmark's rows: FILE ROWS MODE TRIALS THREADS.

Modes: rebuild (datasets built in every trial, as most people do), pruned (the same with Optuna's
median pruner told of the mean loss after each fold), reused (datasets built once), overhead (a
trivial objective). Prints one line of JSON.
"""

import json
import sys
import time

import lightgbm as lgb
import numpy as np
import optuna
from sklearn.metrics import log_loss, roc_auc_score

COLUMNS = 40
FOLDS = 5


def peak_mib():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024


def suggest(trial):
    """SearchSpaces.lightGbm() of the trainer."""
    params = {
        "num_iterations": trial.suggest_int("num_iterations", 30, 150, log=True),
        "learning_rate": trial.suggest_float("learning_rate", 0.01, 0.15, log=True),
        "num_leaves": trial.suggest_int("num_leaves", 4, 31, log=True),
        "min_data_in_leaf": trial.suggest_int("min_data_in_leaf", 30, 400, log=True),
        "feature_fraction": trial.suggest_float("feature_fraction", 0.5, 1),
        "bagging_freq": trial.suggest_categorical("bagging_freq", [0, 1]),
    }
    if params["bagging_freq"] == 1:
        params["bagging_fraction"] = trial.suggest_float("bagging_fraction", 0.5, 1)
    params["lambda_l2"] = trial.suggest_float("lambda_l2", 1e-2, 100, log=True)
    return params


def folds_of(rows):
    bounds = [k * rows // FOLDS for k in range(FOLDS + 1)]
    for k in range(FOLDS):
        test = np.arange(bounds[k], bounds[k + 1])
        train = np.concatenate([np.arange(0, bounds[k]), np.arange(bounds[k + 1], rows)])
        yield train, test


def study_of(mode):
    pruner = optuna.pruners.MedianPruner() if mode == "pruned" else optuna.pruners.NopPruner()
    return optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1), pruner=pruner)


def main():
    file, rows, mode, trials, threads = sys.argv[1:6]
    rows, trials, threads = int(rows), int(trials), int(threads)
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = study_of(mode)
    if mode == "overhead":
        begun = time.perf_counter()
        study.optimize(lambda trial: sum(suggest(trial).values()), n_trials=trials)
        seconds = time.perf_counter() - begun
        print(json.dumps({"seconds": seconds, "peak_mib": peak_mib()}))
        return

    data = np.fromfile(file)
    x = data[: rows * COLUMNS].reshape(rows, COLUMNS)
    y = data[rows * COLUMNS :]
    fixed = {
        "objective": "binary",
        "verbosity": -1,
        "num_threads": threads,
        "seed": 1,
        "feature_pre_filter": False,
    }
    begun = time.perf_counter()
    cpu = time.process_time()
    folds = list(folds_of(rows))
    built = None
    if mode == "reused":
        built = [lgb.Dataset(x[train], y[train], params=fixed).construct() for train, _ in folds]

    def objective(trial):
        params = {**fixed, **suggest(trial)}
        losses, aucs = [], []
        for k, (train, test) in enumerate(folds):
            dataset = built[k] if built else lgb.Dataset(x[train], y[train])
            predicted = lgb.train(params, dataset).predict(x[test])
            losses.append(log_loss(y[test], predicted))
            aucs.append(roc_auc_score(y[test], predicted))
            trial.report(float(np.mean(losses)), k)
            if trial.should_prune():
                raise optuna.TrialPruned()
        trial.set_user_attr("auc", float(np.mean(aucs)))
        return float(np.mean(losses))

    study.optimize(objective, n_trials=trials)
    seconds = time.perf_counter() - begun
    cpu = time.process_time() - cpu
    pruned = sum(t.state == optuna.trial.TrialState.PRUNED for t in study.trials)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "cpu_seconds": cpu,
                "best_auc": study.best_trial.user_attrs["auc"],
                "best_loss": study.best_value,
                "pruned": pruned,
                "peak_mib": peak_mib(),
            }
        )
    )


main()
