/** Runs: their rows, their child processes, what starts, follows and ends them. */
package io.mlassets.trainer.run;
