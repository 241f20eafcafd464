package io.mlassets.bench.damage;

import io.mlassets.model.ModelVersion;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * One bundle to be damaged.
 *
 * @param sound as trained
 * @param version it is offered as
 * @param key it is signed with
 * @param random where, and how
 */
record Case(SignedBundle sound, ModelVersion version, String key, SplittableRandom random) {

  /** The same content under the version it is offered as: nothing is wrong with it. */
  byte[] undamaged() {
    return resealed(sound);
  }

  /** Hashed and signed anew. */
  byte[] resealed(SignedBundle changed) {
    return signed(changed.hashed());
  }

  /** Signed anew, hashes as they are. */
  byte[] signed(SignedBundle changed) {
    return changed.signed(version, key).zip();
  }

  byte[] withManifest(Consumer<ObjectNode> change) {
    return resealed(sound.changedJson(SignedBundle.MANIFEST, change));
  }

  byte[] withGolden(Consumer<ObjectNode> change) {
    return resealed(sound.changedJson(SignedBundle.GOLDEN, change));
  }

  byte[] withFile(String name, UnaryOperator<String> change) {
    return resealed(sound.changed(name, change));
  }

  /** The files of the three models. */
  List<String> models() {
    return sound.files().keySet().stream().filter(name -> name.startsWith("ai")).toList();
  }

  /** With the trees of one of them damaged. */
  byte[] withTrees(Function<ModelText, String> damage) {
    String name = one(models());
    return withFile(name, text -> damage.apply(ModelText.of(name, text, this)));
  }

  /** What the manifest says of one of them. */
  ObjectNode model(ObjectNode manifest) {
    return (ObjectNode) manifest.required("models").required(one("AI1", "AI2", "AI3"));
  }

  boolean chance() {
    return random.nextBoolean();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @SafeVarargs
  final <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }
}
