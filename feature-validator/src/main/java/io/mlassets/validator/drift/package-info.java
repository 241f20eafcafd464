/**
 * Whether live features and results still look like those trained on; live and shadow kept apart.
 */
package io.mlassets.validator.drift;
