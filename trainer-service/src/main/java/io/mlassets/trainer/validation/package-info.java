/** Splits in time that do not leak. Knows label spans only, neither features nor models. */
package io.mlassets.trainer.validation;
