/** From committed signals to numbered, published ones. */
package io.mlassets.dispatcher.outbox;
