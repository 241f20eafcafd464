/**
 * {@code bench replicas}: inference processes that share pairs are killed, stopped in their tracks,
 * ended and started while bars flow; afterwards each bar of each pair must have one decision.
 */
package io.mlassets.bench.replicas;
