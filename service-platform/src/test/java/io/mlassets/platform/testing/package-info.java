/** Real PostgreSQL and Redis for every module's tests. */
package io.mlassets.platform.testing;
