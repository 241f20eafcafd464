/** Thresholds in force, tuned again between trainings on bars the model has not seen. */
package io.mlassets.trainer.retune;
