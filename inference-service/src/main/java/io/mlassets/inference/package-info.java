/** Bars in, signals out: one thread joins legs, makes features, scores, decides and commits. */
package io.mlassets.inference;
