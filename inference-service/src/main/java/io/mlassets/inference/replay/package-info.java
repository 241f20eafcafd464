/** Makes a past decision again from what was recorded, and compares every value of it. */
package io.mlassets.inference.replay;
