/** Names and message records of everything that crosses a process boundary over Redis. */
package io.mlassets.channel;
