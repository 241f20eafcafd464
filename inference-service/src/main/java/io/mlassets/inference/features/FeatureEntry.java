package io.mlassets.inference.features;

/**
 * What a source of vectors had at one position: a vector, if it is any good.
 *
 * @param id the position
 * @param json the vector as a document of stream {@code features}
 */
record FeatureEntry(String id, String json) {}
