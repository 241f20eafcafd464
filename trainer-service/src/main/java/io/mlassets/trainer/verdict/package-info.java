/** Whether a candidate may decide over money: the rules, without storage or training. */
package io.mlassets.trainer.verdict;
