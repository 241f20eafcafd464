/** How good the values are that a search finds, beside Optuna's. */
package io.mlassets.bench.search;
