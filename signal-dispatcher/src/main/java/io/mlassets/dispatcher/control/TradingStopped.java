package io.mlassets.dispatcher.control;

/**
 * Entries were stopped, and that is committed. Who hears it must see to it that a sender which was
 * asleep all the while cannot send any more.
 */
public record TradingStopped() {}
