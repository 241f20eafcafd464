/**
 * The protocol of Expert Advisors (docs/ea-protocol.md) as a machine: events in, actions out, no
 * sockets, no files, no threads and no clock of its own. Comments name the rules.
 */
package io.mlassets.ea;
