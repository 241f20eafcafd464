/** Signals to the Expert Advisor, fills back, and the switch that stops entries. */
package io.mlassets.dispatcher;
