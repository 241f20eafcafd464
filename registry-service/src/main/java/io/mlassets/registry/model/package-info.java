/** Registered models: queries, download, comparison, roll-back. */
package io.mlassets.registry.model;
