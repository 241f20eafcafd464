/** PostgreSQL: pool, roles, migration, bulk copy, quarantine, planned tasks. */
package io.mlassets.platform.database;
