/** Brings adopted bundles to the Windows machine that runs MT5. */
package io.mlassets.trainer.transfer;
