/**
 * {@code bench faults}: bars and signals flow through real processes while these are killed,
 * paused, halted and told what is not true, and their Redis is wiped; afterwards every bar must
 * have one decision, every signal one outcome and every order be one.
 */
package io.mlassets.bench.faults;
