package io.mlassets.bench.damage;

import io.mlassets.inference.BundleCheck;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleKey;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Offers damaged bundles, and sound ones among them, to the code inference loads bundles with, in a
 * process with less memory than inference has. Arguments: configuration, key, number of the first,
 * count, sound bundles. Says last what came of them.
 */
final class OfferMain {
  private static final int SOUND_EVERY = 50;
  private final BundleCheck check;
  private final String key;
  private final List<SignedBundle> sound = new ArrayList<>();
  private final Tally tally = new Tally();
  private double slowest;

  private OfferMain(Path config, String key) {
    this.key = key;
    this.check =
        new BundleCheck(
            BundleKey.of(key),
            "all",
            InstrumentCatalogue.read(config.resolve("instruments.yaml")),
            schema -> false);
  }

  /** Offers them. */
  public static void main(String[] arguments) throws IOException {
    OfferMain offers = new OfferMain(Path.of(arguments[0]), arguments[1]);
    for (String file : List.of(arguments).subList(4, arguments.length)) {
      offers.sound.add(SignedBundle.open(Files.readAllBytes(Path.of(file))));
    }
    long first = Long.parseLong(arguments[2]);
    for (long number = first; number < first + Long.parseLong(arguments[3]); number++) {
      offers.offer(number);
    }
    System.out.println(offers.said());
  }

  private void offer(long number) {
    Case of = of(number, sound, Versions.of(number), key);
    Damage kind = Damage.of(number);
    byte[] damaged = kind.apply(of);
    long from = System.nanoTime();
    try {
      check.verified(damaged, of.version());
      tally.loaded(kind, "number " + number);
    } catch (InvalidBundleException e) {
      tally.refused(kind, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      tally.failed(kind, "number " + number + ": " + e);
    }
    slowest = Math.max(slowest, (System.nanoTime() - from) / 1e9);
    if (number % SOUND_EVERY == 0) {
      offerSound(of);
    }
  }

  /** So that all are not refused for another reason than their damage. */
  private void offerSound(Case of) {
    try {
      check.verified(of.undamaged(), of.version());
      tally.sound(true, "");
    } catch (InvalidBundleException e) {
      tally.sound(false, String.valueOf(e.getMessage()));
    }
  }

  static Case of(long number, List<SignedBundle> sound, ModelVersion version, String key) {
    SplittableRandom random = new SplittableRandom(number);
    return new Case(sound.get(random.nextInt(sound.size())), version, key, random);
  }

  private String said() {
    JsonMapper json = JsonMapper.shared();
    ObjectNode said = json.createObjectNode();
    said.put("sound", tally.sound()).put("sound_lost", tally.soundLost()).put("slowest", slowest);
    said.set("kinds", json.valueToTree(tally.counts()));
    said.set("examples", json.valueToTree(tally.examples()));
    return json.writeValueAsString(said);
  }
}
