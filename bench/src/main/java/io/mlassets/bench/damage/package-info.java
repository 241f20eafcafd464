/**
 * {@code bench damage}: bundles damaged outside and, hashed and signed anew, inside, put before a
 * live inference process and before the code it reads them with; and bundle files lost while bars
 * flow. No damaged one may decide, and every bar must be decided once.
 */
package io.mlassets.bench.damage;
