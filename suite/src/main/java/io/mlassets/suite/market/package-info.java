/**
 * A seeded market to demonstrate and test on: its true process is known, so is what there is to
 * earn. Pure Java; nothing here reads a clock.
 */
package io.mlassets.suite.market;
