/**
 * The service that watches whether models still fit: schemas, feature drift, results, risk control.
 */
package io.mlassets.validator;
