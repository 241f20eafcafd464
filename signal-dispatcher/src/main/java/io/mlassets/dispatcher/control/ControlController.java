package io.mlassets.dispatcher.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.control.Cause;
import io.mlassets.control.Measured;
import io.mlassets.control.TradingState;
import io.mlassets.platform.web.ConflictException;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The operator's switch. */
@RestController
class ControlController {
  private final TradingStates states;
  private final WatchCauses watch;
  private final TellTrading tell;

  ControlController(TradingStates states, WatchCauses watch, TellTrading tell) {
    this.states = states;
    this.watch = watch;
    this.tell = tell;
  }

  /**
   * Why trading is stopped.
   *
   * @param reason kept with the change; may be left out, in an emergency nobody should be asked
   */
  record Reason(@Size(max = 500) @Nullable String reason) {}

  /**
   * Why trading goes on.
   *
   * @param reason kept with the change
   * @param causes those looked into; all that hold without any
   */
  record Resume(@NotBlank @Size(max = 500) String reason, @Nullable Set<Cause> causes) {}

  /**
   * The state in force and what it comes from.
   *
   * @param state the strictest of all causes
   * @param reason of the first cause that led there, or of the last resume
   * @param actor who that was
   * @param changedAt when
   * @param causes those that hold
   * @param measured what this dispatcher measured last, held or not
   */
  record Control(
      TradingState state,
      String reason,
      String actor,
      @JsonProperty("changed_at") Instant changedAt,
      List<LatchedCause> causes,
      List<Measured> measured) {}

  @GetMapping("/api/v1/control")
  @Operation(summary = "The trading state in force, its causes, and the figures watched")
  Control state() {
    return shown(states.current());
  }

  @PostMapping("/api/v1/control/halt")
  @Operation(summary = "Send no more entries; exits go on")
  Control halt(@Valid @RequestBody(required = false) @Nullable Reason reason, Principal who) {
    return stop(TradingState.HALTED, reason, who);
  }

  @PostMapping("/api/v1/control/reduce")
  @Operation(summary = "Only work positions off: send no more entries; exits go on")
  Control reduce(@Valid @RequestBody(required = false) @Nullable Reason reason, Principal who) {
    if (states.current().of(Cause.OPERATOR) == TradingState.HALTED) {
      throw new ConflictException("halted by an operator, which is stricter; resume first");
    }
    return stop(TradingState.REDUCING, reason, who);
  }

  private Control stop(TradingState to, @Nullable Reason reason, Principal who) {
    StateInForce state = states.stop(Cause.OPERATOR, to, textOf(reason), Map.of(), who.getName());
    tell.somebodyIsAtIt(state);
    return shown(state);
  }

  @PostMapping("/api/v1/control/resume")
  @Operation(summary = "Send entries again, unless a cause not named holds")
  Control resume(@Valid @RequestBody Resume resume, Principal who) {
    Set<Cause> named = resume.causes();
    Set<Cause> causes = named == null || named.isEmpty() ? EnumSet.allOf(Cause.class) : named;
    return shown(states.resume(causes, resume.reason(), who.getName()));
  }

  private Control shown(StateInForce state) {
    return state
        .decisive()
        .map(
            cause ->
                new Control(
                    state.state(),
                    cause.reason(),
                    cause.actor(),
                    cause.since(),
                    state.causes(),
                    watch.measured()))
        .orElseGet(
            () ->
                new Control(
                    TradingState.ACTIVE,
                    "never changed",
                    "system",
                    Instant.EPOCH,
                    List.of(),
                    watch.measured()));
  }

  private static String textOf(@Nullable Reason reason) {
    String text = reason == null ? null : reason.reason();
    return text == null || text.isBlank() ? "no reason given" : text;
  }
}
