/**
 * Bars on their way in: from files or the simulator into {@code core.bars} and stream {@code bars}.
 */
package io.mlassets.suite.bars;
