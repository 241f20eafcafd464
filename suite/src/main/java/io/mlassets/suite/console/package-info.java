/** What a person sees: progress and tables. Bars on a terminal, plain lines elsewhere. */
package io.mlassets.suite.console;
