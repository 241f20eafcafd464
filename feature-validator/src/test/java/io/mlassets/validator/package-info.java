/** Tests of the running service. */
package io.mlassets.validator;
