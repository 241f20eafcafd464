package io.mlassets.bench.faults;

/** Who can be killed. */
enum Victim {
  FIRST_DISPATCHER,
  SECOND_DISPATCHER,
  WRITER,
  ADVISOR,
  REDIS,
  POSTGRES
}
