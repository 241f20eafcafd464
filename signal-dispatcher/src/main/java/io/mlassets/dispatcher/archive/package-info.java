/**
 * The daily archive of signals: stored elsewhere, read back, and only then moved; and the way back.
 */
package io.mlassets.dispatcher.archive;
