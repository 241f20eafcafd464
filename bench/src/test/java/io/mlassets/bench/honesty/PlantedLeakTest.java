package io.mlassets.bench.honesty;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.validation.LeakCheck;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("Q-02")
class PlantedLeakTest {
  private final Policies policies = PolicyFiles.read(Path.of("../config"));

  @ParameterizedTest
  @EnumSource
  void a_planted_leak_is_named_and_no_honest_feature_beside_it(PlantedLeak leak) {
    TrainingSet honest =
        new HonestMarket(MarketKind.RANDOM_WALKS, 1, 7).trainingSet(policies.core());

    assertThat(
            new LeakCheck(policies.retrain().adoption().leakMax())
                .find(Spoiled.leaking(honest, leak.of(honest, 7))))
        .extracting(LeakCheck.Leak::feature)
        .containsExactly(Spoiled.LEAK);
  }
}
