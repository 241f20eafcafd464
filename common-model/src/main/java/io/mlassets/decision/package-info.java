/** The rule that turns scores into entry, exit or hold, the same offline and live. */
package io.mlassets.decision;
