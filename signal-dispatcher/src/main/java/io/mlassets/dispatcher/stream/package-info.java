/** Streams followed on threads of their own. */
package io.mlassets.dispatcher.stream;
