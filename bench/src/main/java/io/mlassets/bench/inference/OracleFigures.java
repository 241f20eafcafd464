package io.mlassets.bench.inference;

/**
 * The engine's features beside two-pass sums.
 *
 * @param bars the engine ran through
 * @param checked of them, spread over all
 * @param seconds it took
 * @param errors of what prices determine
 * @param illConditioned of the values that the last bit of the closes' logarithms decides
 */
record OracleFigures(
    long bars, long checked, double seconds, FeatureErrors errors, FeatureErrors illConditioned) {}
