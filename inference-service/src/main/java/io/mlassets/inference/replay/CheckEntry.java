package io.mlassets.inference.replay;

import io.mlassets.decision.DecideBar;
import io.mlassets.decision.Direction;
import io.mlassets.decision.Position;
import io.mlassets.feature.SpreadState;
import io.mlassets.inference.TraceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** Whether the position a decision was made in is the one its entry's own rows tell of. */
final class CheckEntry {
  private static final String STAGE = "entry";
  private final Recorded recorded;

  CheckEntry(Recorded recorded) {
    this.recorded = recorded;
  }

  List<Check> check(RecordedSignal signal, Position position) {
    return switch (position) {
      case Position.Flat() -> List.of();
      case Position.Open open -> open(signal, open);
    };
  }

  private List<Check> open(RecordedSignal signal, Position.Open open) {
    UUID id = DecideBar.idOf(signal.mode(), signal.pair(), signal.interval(), open.entryTs());
    String held = "%s since %s".formatted(open.direction(), open.entryTs());
    TreeSet<String> columns = new TreeSet<>(List.of("action", "position_scale", "z_score"));
    Optional<RecordedSignal> entry = recorded.signal(id, columns);
    if (entry.isEmpty()) {
      return List.of(
          Check.notChecked(STAGE, "position", held, "its entry, signal %s, is gone".formatted(id)));
    }
    List<Check> checks = new ArrayList<>();
    checks.add(Check.of(STAGE, "action of signal " + id, "ENTER", entry.get().get("action")));
    Direction direction = Direction.against(Double.parseDouble(entry.get().get("z_score")));
    checks.add(Check.of(STAGE, "direction", open.direction().name(), direction.name()));
    checks.add(
        Check.of(STAGE, "scale", Double.toString(open.scale()), entry.get().get("position_scale")));
    Optional<TraceRow> trace = recorded.trace(id);
    checks.add(
        trace
            .map(of -> Check.of(STAGE, "spread", text(open.entrySpread()), text(of)))
            .orElseGet(
                () ->
                    Check.notChecked(
                        STAGE, "spread", text(open.entrySpread()), "not recorded with its entry")));
    return checks;
  }

  private static String text(TraceRow entry) {
    return text(entry.trace().state().spread());
  }

  private static String text(SpreadState spread) {
    return "%s %s %s %s %s"
        .formatted(spread.logA(), spread.logB(), spread.beta(), spread.mean(), spread.deviation());
  }
}
