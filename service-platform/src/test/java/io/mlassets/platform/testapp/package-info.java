/** A service as small as can be, to test the platform with. */
package io.mlassets.platform.testapp;
