package io.mlassets.inference.replay;

import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalJson;
import io.mlassets.signal.SignalKey;
import io.mlassets.signal.SignalSeal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the bytes the dispatcher stored, and sent if it sent any, are those of the signal.
 * Number, epoch and what became of the signal are the dispatcher's own, and taken as it recorded
 * them.
 */
final class CheckPayload {
  private static final String STAGE = "payload";
  private static final int SHOWN = 60;
  private final Optional<SignalKey> key;

  CheckPayload(Optional<SignalKey> key) {
    this.key = key;
  }

  List<Check> check(String scope, Signal signal, Optional<Recorded.Dispatch> dispatch) {
    if (dispatch.isEmpty()) {
      return List.of(Check.notChecked(STAGE, "bytes", "none", "not dispatched yet"));
    }
    Recorded.Dispatch done = dispatch.get();
    List<Check> checks = new ArrayList<>();
    String stream = scope + ":" + signal.mode().wire();
    checks.add(Check.of(STAGE, "stream", done.stream(), stream));
    String again = bytes(signal, done);
    String open = again.substring(0, again.length() - 1);
    if (SignalKey.hasSeal(done.payload(), open)) {
      checks.add(bytes(done, open, open));
      checks.add(seal(done.payload()));
    } else {
      checks.add(bytes(done, done.payload(), again));
    }
    return checks;
  }

  private static String bytes(Signal signal, Recorded.Dispatch done) {
    @Nullable Long seq = done.seq();
    boolean published = done.outcome().equals("PUBLISHED");
    Signal sent = seq == null || published ? signal : signal.takenBack(done.outcome());
    try {
      return SignalJson.of(sent, seq == null ? 0 : seq, done.epoch(), SignalSeal.NONE);
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Check bytes(Recorded.Dispatch done, String recorded, String again) {
    String what =
        done.seq() == null
            ? "bytes, %s without a number".formatted(done.outcome())
            : "bytes, %s as %d".formatted(done.outcome(), done.seq());
    if (recorded.equals(again)) {
      String size = recorded.length() + " bytes";
      return Check.of(STAGE, what, size, size);
    }
    int at = 0;
    while (at < Math.min(recorded.length(), again.length())
        && recorded.charAt(at) == again.charAt(at)) {
      at++;
    }
    int from = Math.max(0, recorded.lastIndexOf(',', at));
    return Check.of(STAGE, what, shown(recorded, from), shown(again, from));
  }

  private static String shown(String text, int from) {
    int start = Math.min(from, text.length());
    String part = text.substring(start, Math.min(text.length(), start + SHOWN));
    return "at %d of %d: %s".formatted(start, text.length(), part);
  }

  private Check seal(String payload) {
    return key.map(
            known ->
                Check.of(STAGE, "seal", "valid", known.sealed(payload) ? "valid" : "not valid"))
        .orElseGet(() -> Check.notChecked(STAGE, "seal", "there", "SIGNAL_KEY is not set"));
  }
}
