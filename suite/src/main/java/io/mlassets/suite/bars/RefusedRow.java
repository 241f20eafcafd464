package io.mlassets.suite.bars;

/**
 * A row of a bar file that is no bar.
 *
 * @param source file and line, {@code XAUUSD.csv.gz:17}
 * @param reason what is wrong with it
 * @param row the row as it stands in the file
 */
public record RefusedRow(String source, String reason, String row) {}
