package io.mlassets.bench.damage;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A kind of damage, each such that what comes of it is no bundle to decide by, and words that its
 * refusal must have, so that it is refused for what is wrong and not before.
 */
enum Damage {
  BIT_FLIPPED("a bit flipped", ".", ZipDamage::bitFlipped),
  OVERWRITTEN("bytes overwritten", ".", ZipDamage::overwritten),
  TRUNCATED("truncated", "zip", ZipDamage::truncated),
  LENGTHENED("bytes added", "zip", ZipDamage::lengthened),
  NOISE("noise or zeros", "zip", ZipDamage::noise),
  BLOCKS_SWAPPED("blocks swapped", ".", ZipDamage::blocksSwapped),
  OTHER_KEY("signed with another key", "signature", ZipDamage::otherKey),
  SIGNATURE("wrong signature", "signature", ZipDamage::signature),
  ENVELOPE("envelope changed", "signature|content_sha256|envelope", ZipDamage::envelope),
  UNSIGNED("changed and not signed", "files are|content_sha256", ZipDamage::unsigned),

  OTHER_VERSION("another version's", "says it is", ZipDamage::otherVersion),
  ENTRY_ADDED("zip entry added", "holds", ZipDamage::entryAdded),
  ENTRY_MISSING("zip entry left out", "holds|is missing", ZipDamage::entryMissing),
  ENTRY_TWICE("zip entry twice", "repeats a name|zip", ZipDamage::entryTwice),
  UNSORTED("zip entries in another order", "zip is", ZipDamage::unsorted),
  COMPRESSED("zip entries compressed", "method 8", ZipDamage::compressed),
  SIZE_LIES("zip entry's size lies", "zip", ZipDamage::sizeLies),
  TIME_SET("zip entry with a time", "zip is", ZipDamage::timeSet),

  OTHER_SCHEMA("another feature schema", "trained on feature schema", SchemaDamage::otherSchema),
  SCHEMA_HASH("schema hash lies", "hash to", SchemaDamage::schemaHash),
  FIELD_MISSING("manifest: field left out", "manifest", ManifestDamage::fieldMissing),
  FIELD_NULL("manifest: null", "manifest", ManifestDamage::fieldNull),
  FIELD_UNKNOWN("manifest: unknown field", "manifest", ManifestDamage::fieldUnknown),
  FIELD_TYPE("manifest: another type", "manifest", ManifestDamage::fieldType),
  VALUE("manifest: value out of range", "manifest", ManifestDamage::value),
  PAIRS("manifest: pairs", "pair|instruments.yaml|symbol", ManifestDamage::pairs),
  SCOPE("manifest: another scope", "scope", ManifestDamage::scope),
  INPUTS("manifest: inputs of a model", "input|trees of", SchemaDamage::inputs),
  PREPROCESSING("manifest: preprocessing", "preprocess|feature", SchemaDamage::preprocessing),
  ENTRY("manifest: engine, objective or file", "engine|trees of|file of", ManifestDamage::entry),
  OUTPUT_RANGES("manifest: ranges of outputs", "output range", ManifestDamage::outputRanges),
  FORM("manifest: another form", "form|manifest", ManifestDamage::form),
  MODELS_SWAPPED("models swapped", "trees of", ManifestDamage::modelsSwapped),
  GOLDEN_VALUE("golden row's score", "golden row gives", GoldenDamage::value),
  GOLDEN_SHAPE("golden row's shape", "golden", GoldenDamage::shape),

  TREE_CYCLE("tree: cycle", "reached twice", of -> of.withTrees(ModelText::cycle)),
  TREE_CHILD("tree: child out of range", "below|whole", of -> of.withTrees(ModelText::child)),
  TREE_COLUMN("tree: column out of range", "column|whole", of -> of.withTrees(ModelText::column)),
  TREE_CATEGORY(
      "tree: category out of range",
      "categor|set|cat_|num_cat|whole|type",
      of -> of.withTrees(ModelText::category)),
  TREE_NUMBER(
      "tree: no finite number",
      "leaf|leaves|threshold|base_score",
      of -> of.withTrees(ModelText::number)),
  TREE_COUNT(
      "tree: counts do not match",
      "num_leaves|match|names|due|arrays|num_trees",
      of -> of.withTrees(ModelText::count)),
  TREE_MISSING(
      "tree: left out",
      "missing|Missing|null|Null|content|deserialize",
      of -> of.withTrees(ModelText::missing)),
  TREE_TWICE("tree: twice", "twice|uplicate", of -> of.withTrees(ModelText::twice)),
  TREE_HEADER(
      "model made otherwise",
      "model:|columns|column|linear",
      of -> of.withTrees(ModelText::header)),
  TREE_CUT("model cut off", "ai\\d\\.", of -> of.withTrees(ModelText::cut)),
  TREE_TYPE("tree: another type", "ai\\d\\.", of -> of.withTrees(ModelText::type)),

  BOMB("zip bomb", "method 8", ZipDamage::bomb),
  TOO_LARGE("larger than a bundle", "is larger than", ZipDamage::tooLarge),
  MANIFEST_HUGE("manifest or golden rows: huge", "manifest|golden", ManifestDamage::huge),
  TREE_HUGE("model: huge or deep", "ai\\d\\.", of -> of.withTrees(ModelText::huge));

  private static final int HUGE_EVERY = 100;
  private static final List<Damage> HUGE = List.of(BOMB, TOO_LARGE, MANIFEST_HUGE, TREE_HUGE);
  private static final List<Damage> OTHERS =
      Arrays.stream(values()).filter(kind -> !HUGE.contains(kind)).toList();

  private final String what;
  private final Pattern says;
  private final Function<Case, byte[]> way;

  Damage(String what, String says, Function<Case, byte[]> way) {
    this.what = what;
    this.says = Pattern.compile(says);
    this.way = way;
  }

  /** The kinds by turns; those that take megabytes seldom. */
  static Damage of(long number) {
    long huge = number / HUGE_EVERY;
    return number % HUGE_EVERY == HUGE_EVERY - 1
        ? HUGE.get((int) (huge % HUGE.size()))
        : OTHERS.get((int) ((number - huge) % OTHERS.size()));
  }

  String what() {
    return what;
  }

  byte[] apply(Case of) {
    return way.apply(of);
  }

  /** Whether a refusal is about it. */
  boolean isNamedBy(String refusal) {
    return says.matcher(refusal).find();
  }
}
