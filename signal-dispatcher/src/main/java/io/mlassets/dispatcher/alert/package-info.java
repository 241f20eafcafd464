/** Telling people at once. */
package io.mlassets.dispatcher.alert;
