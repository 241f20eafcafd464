/** What came back from the market: fills and the trades they make. */
package io.mlassets.trade;
