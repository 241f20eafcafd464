package io.mlassets.bench.replicas;

/** What can happen to a replica. */
enum Fault {
  /** SIGKILL, then a start. */
  KILL,
  /** SIGSTOP past the lease, until others have its shards and a while longer, then SIGCONT. */
  PAUSE,
  /** SIGTERM, then a start. */
  LEAVE
}
