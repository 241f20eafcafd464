/** Days of signals kept elsewhere: what their files are, where they lie, how far each has come. */
package io.mlassets.archive;
