package io.mlassets.bench.faults;

/** Who can be killed. */
enum Victim {
  FIRST_DISPATCHER,
  SECOND_DISPATCHER,
  INFERENCE,
  FEED,
  ADVISOR,
  REDIS,
  POSTGRES
}
