/** Benchmarks: what is claimed of speed and honesty, measured beside the peers users know. */
package io.mlassets.bench;
