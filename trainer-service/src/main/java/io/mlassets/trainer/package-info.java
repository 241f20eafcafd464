/** The trainer: from bars to a validated model bundle and an adoption verdict; its two mains. */
package io.mlassets.trainer;
