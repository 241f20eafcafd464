/**
 * From one model to the next: trials beside the model in force, what came in force, and steps back
 * from models whose outputs left the range seen in validation.
 */
package io.mlassets.inference.swap;
