/** Our metrics beside scikit-learn's. */
package io.mlassets.bench.metrics;
