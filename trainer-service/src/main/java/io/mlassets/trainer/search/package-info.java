/** The search for hyper-parameters: spaces, trials and the sampler, without any engine. */
package io.mlassets.trainer.search;
