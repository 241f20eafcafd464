package io.mlassets.ea;

import java.util.ArrayList;
import java.util.List;

/** Actions being gathered while an event is handled. */
final class Actions {
  private final List<EaAction> actions = new ArrayList<>();

  void add(EaAction action) {
    actions.add(action);
  }

  void journal(String line) {
    actions.add(new EaAction.Journal(line, true));
  }

  void note(String line) {
    actions.add(new EaAction.Journal(line, false));
  }

  void write(String file, String text) {
    actions.add(new EaAction.WriteFile(file, text));
  }

  List<EaAction> list() {
    return List.copyOf(actions);
  }
}
