/** Signals, as analysts see them. */
package io.mlassets.registry.signal;
