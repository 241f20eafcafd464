/** What analysts and operators ask: models, runs, signals, trades, policies, audit. */
package io.mlassets.registry;
