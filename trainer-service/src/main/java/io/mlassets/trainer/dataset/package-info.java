/**
 * From bars in PostgreSQL to rows a model can be trained on; what is missing is built and stored.
 */
package io.mlassets.trainer.dataset;
