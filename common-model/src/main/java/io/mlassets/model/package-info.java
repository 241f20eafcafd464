/**
 * Trained models: version, bundle, evaluation of trees in plain Java, preprocessing, calibration.
 */
package io.mlassets.model;
