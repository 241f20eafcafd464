/**
 * {@code bench faults}: signals flow through real processes while these are killed, paused, halted
 * and their Redis is wiped; afterwards every signal must have one outcome and every order be one.
 */
package io.mlassets.bench.faults;
