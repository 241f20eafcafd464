/** Redis: connections that survive restarts, subscriptions, stream readers. */
package io.mlassets.platform.redis;
