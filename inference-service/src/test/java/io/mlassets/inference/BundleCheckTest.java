package io.mlassets.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleFile;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.SampleBundles;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.testing.SampleMarket;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-06")
class BundleCheckTest {
  private static final ModelVersion VERSION = new ModelVersion("20260101_0000");
  private static final InstrumentCatalogue INSTRUMENTS =
      InstrumentCatalogue.read(TestServers.configFolder().resolve("instruments.yaml"));
  private static final BundleCheck CHECK =
      new BundleCheck(SampleBundles.KEY, "all", INSTRUMENTS, hash -> false);

  @Test
  void a_sound_bundle_of_the_version_asked_for_may_decide() {
    assertThat(CHECK.verified(bundle(VERSION), VERSION).version()).isEqualTo(VERSION);
  }

  @Test
  void a_bundle_of_another_version_is_refused() {
    assertRefused(CHECK, bundle(VERSION.next()), "says it is 20260101_0001");
  }

  @Test
  void a_bundle_of_another_scope_is_refused() {
    BundleCheck other = new BundleCheck(SampleBundles.KEY, "metals", INSTRUMENTS, hash -> false);
    assertRefused(other, bundle(VERSION), "scope all, not metals");
  }

  @Test
  void a_bundle_of_another_feature_schema_is_refused() {
    byte[] zip =
        BundleFile.write(
            SampleBundles.draft(
                VERSION,
                FeatureSchema.of(List.of("a", "b")),
                List.of(SampleMarket.PAIR),
                BarInterval.H1),
            SampleBundles.KEY);
    assertRefused(CHECK, zip, "was trained on feature schema");
  }

  private static byte[] bundle(ModelVersion version) {
    return SampleBundles.bytes(version, List.of(SampleMarket.PAIR), BarInterval.H1);
  }

  private static void assertRefused(BundleCheck check, byte[] zip, String says) {
    assertThatThrownBy(() -> check.verified(zip, VERSION))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining(says);
  }
}
