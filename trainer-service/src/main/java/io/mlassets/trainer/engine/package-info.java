/** The native engines trees are trained with; the only place of JNI. */
package io.mlassets.trainer.engine;
