/** The demo: load, train, adopt, replay, summary. It drives the real services from outside only. */
package io.mlassets.suite.demo;
