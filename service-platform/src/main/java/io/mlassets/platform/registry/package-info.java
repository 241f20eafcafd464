/** The one transactional component over the model registry. */
package io.mlassets.platform.registry;
