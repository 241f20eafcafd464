/**
 * What the models learn: outcomes over the horizon after a candidate entry. Only training looks
 * here; nothing of it is known when a decision is made.
 */
package io.mlassets.label;
