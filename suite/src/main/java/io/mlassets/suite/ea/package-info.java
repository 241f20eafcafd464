/**
 * A paper Expert Advisor: an outsider that speaks to the suite over Redis only, as a real one does.
 */
package io.mlassets.suite.ea;
