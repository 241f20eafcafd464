package io.mlassets.dispatcher.control;

import io.mlassets.dispatcher.control.TradingState.State;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The operator's switch. */
@RestController
class ControlController {
  private final TradingStates states;

  ControlController(TradingStates states) {
    this.states = states;
  }

  /**
   * Why the switch is turned.
   *
   * @param reason kept with the change; may be left out, in an emergency nobody should be asked
   */
  record Reason(@Size(max = 500) @Nullable String reason) {}

  @GetMapping("/api/v1/control")
  @Operation(summary = "The trading state in force")
  TradingState state() {
    return states.current();
  }

  @PostMapping("/api/v1/control/halt")
  @Operation(summary = "Send no more entries; exits go on")
  TradingState halt(@Valid @RequestBody(required = false) @Nullable Reason reason, Principal who) {
    return states.change(State.HALTED, textOf(reason), who.getName());
  }

  @PostMapping("/api/v1/control/resume")
  @Operation(summary = "Send entries again")
  TradingState resume(
      @Valid @RequestBody(required = false) @Nullable Reason reason, Principal who) {
    return states.change(State.ACTIVE, textOf(reason), who.getName());
  }

  private static String textOf(@Nullable Reason reason) {
    String text = reason == null ? null : reason.reason();
    return text == null || text.isBlank() ? "no reason given" : text;
  }
}
