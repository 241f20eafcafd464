/**
 * How a model's feature schema differs from the newest one; comparing is pure, storing is apart.
 */
package io.mlassets.validator.schema;
