/** Figures over time, as analysts see them. */
package io.mlassets.registry.analytics;
