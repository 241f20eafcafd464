/** A decision on its way to the Expert Advisor, and its JSON form. */
package io.mlassets.signal;
