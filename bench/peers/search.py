"""Optuna's TPE on the benchmark's five test functions: FUNCTION TRIALS SEEDS.

Prints one line of JSON: the best value of each seed. The functions are those of
io.mlassets.trainer.search.TestFunction.
"""

import json
import math
import sys

import optuna


def sphere(t):
    return sum(t.suggest_float(f"x{i}", -5, 5) ** 2 for i in range(4))


def rosenbrock(t):
    x = [t.suggest_float(f"x{i}", -2, 2) for i in range(2)]
    return 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2


def branin(t):
    x = t.suggest_float("x", -5, 10)
    y = t.suggest_float("y", 0, 15)
    bend = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return bend**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def mixed(t):
    """All kinds of parameters, as a booster has them."""
    rate = math.log10(t.suggest_float("rate", 1e-4, 1, log=True)) + 2
    leaves = math.log2(t.suggest_int("leaves", 2, 64, log=True) / 16)
    depth = t.suggest_int("depth", 1, 10) - 7
    x = t.suggest_float("x", -5, 5) - 1.5
    kind = t.suggest_categorical("kind", [0, 1, 2, 3])
    return x * x + rate * rate + leaves * leaves + 0.2 * depth * depth + (0 if kind == 2 else 8)


def conditional(t):
    """A parameter that only one choice has."""
    kind = t.suggest_categorical("kind", [0, 1, 2])
    x = t.suggest_float("x", -3, 3)
    if kind == 0:
        return 1 + (x - 1) ** 2
    if kind == 1:
        return 0.5 + (x + 1) ** 2
    depth = t.suggest_int("depth", 1, 20)
    return (x - 0.5) ** 2 + 0.1 * abs(depth - 13)


def best(function, trials, seed):
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    study.optimize(function, n_trials=trials)
    return study.best_value


def main():
    name, trials, seeds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    print(json.dumps({"best": [best(globals()[name], trials, s) for s in range(seeds)]}))


main()
