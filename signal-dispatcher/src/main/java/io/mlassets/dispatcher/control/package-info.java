/** Halt and resume, kept over restarts. */
package io.mlassets.dispatcher.control;
