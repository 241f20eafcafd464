/** What AI2 does to live entries, watched (requirement V-04). */
package io.mlassets.inference.risk;
