package io.mlassets.bench.damage;

import io.mlassets.bench.damage.OfferRun.Offers;
import io.mlassets.model.ModelVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run.
 *
 * @param offers of damaged bundles to the code that loads them
 * @param live what came of a live process
 */
record DamageRun(Offers offers, LiveFindings live) {

  /** Damages models of both engines, in a folder of its own. */
  static DamageRun run(Plan plan, Path folder) throws Exception {
    try (Deciding deciding = Deciding.start(folder)) {
      List<Path> sound = new ArrayList<>();
      for (ModelVersion version : deciding.trained()) {
        sound.add(Files.write(folder.resolve(version + ".zip"), deciding.artifact(version)));
      }
      LiveFindings live = LiveRun.run(plan, deciding);
      return new DamageRun(
          OfferRun.run(plan.offered(), deciding.config(), deciding.key(), sound), live);
    }
  }
}
