package io.mlassets.inference.features;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;

/**
 * What vectors follow each other of.
 *
 * @param pair the pair
 * @param interval length of its bars
 * @param schema names and order of the values
 */
record VectorKey(Pair pair, BarInterval interval, FeatureSchema schema) {}
