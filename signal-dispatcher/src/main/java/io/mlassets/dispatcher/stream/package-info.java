/** Streams followed and things watched, on threads of their own. */
package io.mlassets.dispatcher.stream;
