/** Fills from Expert Advisors into the book of live trades. */
package io.mlassets.dispatcher.fill;
