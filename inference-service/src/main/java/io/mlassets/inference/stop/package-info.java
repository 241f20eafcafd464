/** Stops of single pairs' entries. */
package io.mlassets.inference.stop;
