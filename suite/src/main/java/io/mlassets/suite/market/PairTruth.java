package io.mlassets.suite.market;

/**
 * What only the simulator knows at the close of a bar.
 *
 * @param beta true hedge ratio
 * @param deviation the part of the spread that reverts while {@code reverting}, log price
 * @param reverting whether the spread reverts at present
 */
record PairTruth(double beta, double deviation, boolean reverting) {}
