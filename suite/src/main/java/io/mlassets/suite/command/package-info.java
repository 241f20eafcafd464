/** Options of the commands, parsed once into typed values. */
package io.mlassets.suite.command;
