/** The whole way of a signal under load: bars in, subscriber out, by real processes. */
package io.mlassets.bench.load;
