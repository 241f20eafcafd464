/** What Expert Advisors hold against what was booked. */
package io.mlassets.dispatcher.reconcile;
