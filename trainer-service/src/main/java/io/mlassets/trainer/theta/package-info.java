/** Which θ1 and θ2 to trade by: a grid, a refinement, a choice that knows noise. */
package io.mlassets.trainer.theta;
