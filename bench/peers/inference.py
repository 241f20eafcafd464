"""LightGBM and ONNX Runtime on the benchmark's rows, one thread each: MODEL FILE ROWS COLUMNS REPEATS OUT.

FILE holds little-endian doubles, row after row, each also exact in single precision; OUT gets
LightGBM's raw scores and after them ONNX Runtime's, as doubles. Prints one line of JSON:
microseconds a row, medians of the repeats after a warm-up.

The ONNX model is the same trees in single precision, as ONNX converters write them: thresholds
rounded down, so that exact single values take the same way; a split on a set of categories becomes
a chain of equalities that share one child, which ONNX Runtime folds into one membership test.
Nothing but the scores' call is timed: rows are in each library's own type before.
"""

import json
import statistics
import sys
import time

import lightgbm as lgb
import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper

WARM_UP = 3


def floor32(value):
    """The largest single not above a double."""
    with np.errstate(over="ignore"):
        single = np.float32(value)
    return float(single if float(single) <= value else np.nextafter(single, np.float32(-np.inf)))


class Trees:
    """Node by node, what a TreeEnsembleRegressor is given."""

    def __init__(self):
        self.nodes = {
            name: []
            for name in (
                "treeids nodeids featureids values modes truenodeids falsenodeids "
                "missing_value_tracks_true hitrates"
            ).split()
        }
        self.leaves = {name: [] for name in "treeids nodeids ids weights".split()}

    def place(self, tree, node):
        row = (tree, node, 0, 0.0, "LEAF", 0, 0, 0, 1.0)
        for column, value in zip(self.nodes.values(), row):
            column.append(value)
        return len(self.nodes["treeids"]) - 1

    def set(self, at, **values):
        for name, value in values.items():
            self.nodes[name][at] = value

    def add(self, tree, structure):
        count = 0

        def number():
            nonlocal count
            count += 1
            return count - 1

        def visit(node):
            """The number of the node placed for it; parents come before children."""
            own = number()
            at = self.place(tree, own)
            if "leaf_value" in node:
                for name, value in zip(self.leaves, (tree, own, 0, node["leaf_value"])):
                    self.leaves[name].append(value)
                return own
            column = node["split_feature"]
            if node["decision_type"] == "==":
                chain(own, at, column, [int(c) for c in node["threshold"].split("||")], node)
                return own
            if node["missing_type"] == "Zero":
                raise ValueError("zero as missing has no form in ONNX")
            if node["missing_type"] == "NaN":
                left = node["default_left"]
            else:
                left = 0 <= node["threshold"]
            self.set(
                at,
                featureids=column,
                values=floor32(node["threshold"]),
                modes="BRANCH_LEQ",
                missing_value_tracks_true=int(left),
                truenodeids=visit(node["left_child"]),
            )
            self.set(at, falsenodeids=visit(node["right_child"]))
            return own

        def chain(own, at, column, categories, node):
            inside = visit(node["left_child"])
            for i, category in enumerate(categories):
                last = i == len(categories) - 1
                self.set(
                    at, featureids=column, values=float(category), modes="BRANCH_EQ", truenodeids=inside
                )
                if last:
                    self.set(at, falsenodeids=visit(node["right_child"]))
                else:
                    following = number()
                    self.set(at, falsenodeids=following)
                    at = self.place(tree, following)

        visit(structure)

    def model(self, columns):
        node = helper.make_node(
            "TreeEnsembleRegressor",
            ["x"],
            ["y"],
            domain="ai.onnx.ml",
            n_targets=1,
            aggregate_function="SUM",
            post_transform="NONE",
            **{"nodes_" + name: values for name, values in self.nodes.items()},
            **{"target_" + name: values for name, values in self.leaves.items()},
        )
        graph = helper.make_graph(
            [node],
            "trees",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, columns])],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 1])],
        )
        return helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid("ai.onnx.ml", 3)],
            ir_version=9,
        )


def session(booster, columns):
    trees = Trees()
    for i, info in enumerate(booster.dump_model()["tree_info"]):
        trees.add(i, info["tree_structure"])
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    model = trees.model(columns).SerializeToString()
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def timed(call, rows, repeats):
    """Microseconds a row, and the last result."""
    seconds = []
    for _ in range(WARM_UP + repeats):
        begun = time.perf_counter()
        result = call()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds[WARM_UP:]) / rows * 1e6, result


def main():
    model, file, rows, columns, repeats, out = sys.argv[1:7]
    rows, columns, repeats = int(rows), int(columns), int(repeats)
    x = np.ascontiguousarray(np.fromfile(file, dtype="<f8").reshape(rows, columns))
    singles = x.astype(np.float32)
    booster = lgb.Booster(model_file=model)
    lightgbm, raw = timed(
        lambda: booster.predict(x, raw_score=True, num_threads=1), rows, repeats
    )
    runtime = session(booster, columns)
    onnxruntime, single = timed(lambda: runtime.run(None, {"x": singles})[0], rows, repeats)
    np.concatenate([raw, single.ravel().astype(np.float64)]).astype("<f8").tofile(out)
    print(
        json.dumps(
            {
                "lightgbm": lightgbm,
                "onnxruntime": onnxruntime,
                "versions": {
                    "lightgbm": lgb.__version__,
                    "onnx": onnx.__version__,
                    "onnxruntime": ort.__version__,
                    "numpy": np.__version__,
                },
            }
        )
    )


main()
