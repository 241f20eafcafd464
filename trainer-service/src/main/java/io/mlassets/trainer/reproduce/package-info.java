/** Makes a stored bundle again and compares the bytes. */
package io.mlassets.trainer.reproduce;
