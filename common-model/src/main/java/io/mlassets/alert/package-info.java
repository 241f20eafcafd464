/** What people are told at once, and how storms of it are folded. */
package io.mlassets.alert;
