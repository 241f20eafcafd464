/** Pairs in shards, and which replica should hold which. */
package io.mlassets.shard;
