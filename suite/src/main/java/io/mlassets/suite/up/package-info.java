/** The five services as five processes against servers named in the environment. */
package io.mlassets.suite.up;
