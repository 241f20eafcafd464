/**
 * Bars in, signals out: one thread joins legs, makes features, scores, decides and commits, for the
 * shards of pairs that are leased to this replica. Models come and go between two bars.
 */
package io.mlassets.inference;
