/** Whether the whole pipeline finds what is there, and nothing where nothing is. */
package io.mlassets.bench.honesty;
