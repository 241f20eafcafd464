/** PostgreSQL, Redis and secrets of a suite that runs by itself, kept under {@code var/}. */
package io.mlassets.suite.server;
