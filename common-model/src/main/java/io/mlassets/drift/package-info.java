/** Whether live data and results still look like those trained on: statistics, without storage. */
package io.mlassets.drift;
