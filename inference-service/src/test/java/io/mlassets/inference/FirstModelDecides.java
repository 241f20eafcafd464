package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;

import org.junit.jupiter.api.BeforeEach;

/** Inference under a model that enters every candidate. */
abstract class FirstModelDecides extends FlowingBars {
  @BeforeEach
  void start() throws Exception {
    market.adopt(FIRST);
    startService(0);
  }

  void awaitSignals(long count) throws Exception {
    await(count + " signals", () -> market.signals() >= count);
  }

  long versionsSeen() {
    return count("(select distinct model_version from core.signals_live) as versions");
  }
}
