package io.mlassets.bench.damage;

import io.mlassets.bench.damage.Decisions.Decided;

/**
 * What came of a live process.
 *
 * @param tally bundles put before it
 * @param deaths of the process that nobody asked for
 * @param back seconds until a lost file was back
 * @param restarted seconds from a kill to the first decision after it
 * @param decided bars against decisions
 */
record LiveFindings(Tally tally, long deaths, Times back, Times restarted, Decided decided) {}
