/** PostgreSQL: pool, roles, migration, bulk copy, quarantine. */
package io.mlassets.platform.database;
