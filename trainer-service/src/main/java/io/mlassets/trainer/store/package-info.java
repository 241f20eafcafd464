/** Where a run's results go: bundle file, tables, registry, notices. */
package io.mlassets.trainer.store;
