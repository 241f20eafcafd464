/** What the models go by: importance of features out of fold and inside the trees. */
package io.mlassets.trainer.importance;
