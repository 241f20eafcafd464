/** What operators decide, as types: the keys of {@code config/*.yaml}, validated. */
package io.mlassets.policy;
