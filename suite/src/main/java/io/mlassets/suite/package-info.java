/**
 * The command line of the suite. What a command does lives in the packages below; no domain logic
 * here.
 */
package io.mlassets.suite;
