/**
 * The trading state: operators' halts and what stops trading by itself, latched over restarts; who
 * leads, and what is known of the Expert Advisors that answer.
 */
package io.mlassets.dispatcher.control;
