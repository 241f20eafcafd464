/** Proof that live feature vectors are those their bars give. */
package io.mlassets.parity;
