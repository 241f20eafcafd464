/** Telling people. */
package io.mlassets.platform.notify;
