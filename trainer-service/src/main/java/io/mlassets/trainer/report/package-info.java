/** The report of a run: one self-contained page a trader can read and an engineer can check. */
package io.mlassets.trainer.report;
