/** Policies that were in force and every change made. */
package io.mlassets.registry.audit;
