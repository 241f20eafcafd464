/** Live feature vectors made again from stored bars, a sample at a time. */
package io.mlassets.inference.parity;
