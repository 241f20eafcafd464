/** Live trades, as analysts see them. */
package io.mlassets.registry.trade;
