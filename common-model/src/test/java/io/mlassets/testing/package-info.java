/** Test data every module may use: seeded markets and policies. */
package io.mlassets.testing;
