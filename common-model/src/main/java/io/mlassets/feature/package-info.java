/**
 * What the models see: the feature schema and the streaming engine that fills it, the same for
 * history and live bars. Knows nothing of labels, models or orders.
 */
package io.mlassets.feature;
