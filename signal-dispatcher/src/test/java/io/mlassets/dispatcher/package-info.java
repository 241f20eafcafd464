/** The dispatcher on real servers. */
package io.mlassets.dispatcher;
