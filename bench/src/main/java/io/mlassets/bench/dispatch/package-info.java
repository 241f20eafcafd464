/**
 * How fast a committed signal reaches a subscriber: the dispatcher beside the floors of its
 * servers.
 */
package io.mlassets.bench.dispatch;
