package io.mlassets.validator.schema;

import io.mlassets.validator.schema.SchemaDiff.Moved;
import io.mlassets.validator.schema.SchemaDiff.Renamed;
import io.mlassets.validator.schema.SchemaDiff.TypeChanged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares two schemas feature by feature; the same two always give the same difference. */
final class CompareSchemas {
  /** Names less alike than this are two different features, not a rename. */
  static final double LEAST_SIMILARITY = 0.6;

  private final Map<String, Integer> model;
  private final Map<String, Integer> newest;
  private final List<SchemaColumn> modelColumns;
  private final List<SchemaColumn> newestColumns;

  private CompareSchemas(NamedSchema model, NamedSchema newest) {
    this.modelColumns = model.columns();
    this.newestColumns = newest.columns();
    this.model = positions(modelColumns);
    this.newest = positions(newestColumns);
  }

  /** What changed from {@code model} to {@code newest}. */
  static SchemaDiff between(NamedSchema model, NamedSchema newest) {
    return new CompareSchemas(model, newest).diff();
  }

  private static Map<String, Integer> positions(List<SchemaColumn> columns) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      positions.put(columns.get(i).name(), i);
    }
    return positions;
  }

  private SchemaDiff diff() {
    List<Renamed> renamed = renamed();
    Set<String> explained = new HashSet<>();
    for (Renamed pair : renamed) {
      explained.add(pair.from());
      explained.add(pair.to());
    }
    return new SchemaDiff(
        only(newest, model).stream().filter(name -> !explained.contains(name)).toList(),
        only(model, newest).stream().filter(name -> !explained.contains(name)).toList(),
        renamed,
        moved(),
        typeChanged());
  }

  private static List<String> only(Map<String, Integer> here, Map<String, Integer> there) {
    return here.keySet().stream().filter(name -> !there.containsKey(name)).toList();
  }

  /** Best match first, each name once; equal matches by how near their places are. */
  private List<Renamed> renamed() {
    List<Renamed> candidates = new ArrayList<>();
    for (String from : only(model, newest)) {
      for (String to : only(newest, model)) {
        double similarity = NameSimilarity.of(from, to);
        if (similarity >= LEAST_SIMILARITY && kindOf(from, true) == kindOf(to, false)) {
          candidates.add(new Renamed(from, to, similarity));
        }
      }
    }
    candidates.sort(
        Comparator.comparingDouble(Renamed::similarity)
            .reversed()
            .thenComparing(pair -> Math.abs(at(model, pair.from()) - at(newest, pair.to())))
            .thenComparing(Renamed::from)
            .thenComparing(Renamed::to));
    Set<String> taken = new HashSet<>();
    List<Renamed> chosen = new ArrayList<>();
    for (Renamed pair : candidates) {
      if (!taken.contains("-" + pair.from()) && !taken.contains("+" + pair.to())) {
        taken.add("-" + pair.from());
        taken.add("+" + pair.to());
        chosen.add(pair);
      }
    }
    return chosen;
  }

  private ColumnKind kindOf(String name, boolean ofModel) {
    return ofModel
        ? modelColumns.get(at(model, name)).kind()
        : newestColumns.get(at(newest, name)).kind();
  }

  private List<Moved> moved() {
    List<String> common = model.keySet().stream().filter(newest::containsKey).toList();
    int[] places = common.stream().mapToInt(name -> at(newest, name)).toArray();
    boolean[] kept = IncreasingRun.longest(places);
    List<Moved> moved = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (!kept[i]) {
        moved.add(new Moved(common.get(i), at(model, common.get(i)), places[i]));
      }
    }
    return moved;
  }

  private List<TypeChanged> typeChanged() {
    List<TypeChanged> changed = new ArrayList<>();
    for (SchemaColumn column : modelColumns) {
      if (newest.containsKey(column.name()) && kindOf(column.name(), false) != column.kind()) {
        changed.add(new TypeChanged(column.name(), column.kind(), kindOf(column.name(), false)));
      }
    }
    return changed;
  }

  private static int at(Map<String, Integer> positions, String name) {
    Integer position = positions.get(name);
    if (position == null) {
      throw new IllegalArgumentException("feature '%s' is not in the schema".formatted(name));
    }
    return position;
  }
}
