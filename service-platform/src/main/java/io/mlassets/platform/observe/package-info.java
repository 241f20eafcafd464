/** Metrics under the names other systems rely on. */
package io.mlassets.platform.observe;
