/** Retraining runs, as analysts see them. */
package io.mlassets.registry.run;
