/** The trainer's REST interface. */
package io.mlassets.trainer.rest;
