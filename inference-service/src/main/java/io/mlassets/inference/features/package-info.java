/**
 * Feature vectors the data pipeline makes, for models that were trained on a schema of its own:
 * taken in, kept until their bar is decided, and looked up where they were not heard.
 */
package io.mlassets.inference.features;
