/** What Expert Advisors answered to order signals, and what they still owe. */
package io.mlassets.dispatcher.outcome;
