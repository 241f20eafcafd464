package io.mlassets.dispatcher.archive;

/**
 * What a restore brought back.
 *
 * @param signals rows put into {@code core.signals_history}
 * @param dispatched rows put into {@code core.signal_dispatch}
 * @param ofSignals rows of signals in the archive; those not put were there, and the same
 * @param ofDispatched rows of dispatch in the archive
 */
public record RestoredPart(long signals, long dispatched, long ofSignals, long ofDispatched) {}
