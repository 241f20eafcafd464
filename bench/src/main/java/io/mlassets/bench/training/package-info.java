/** Speed of training beside Optuna with LightGBM in Python. */
package io.mlassets.bench.training;
