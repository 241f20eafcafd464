/**
 * What every service needs from Spring: settings, persistence, Redis, security, errors, metrics. No
 * trading logic.
 */
package io.mlassets.platform;
