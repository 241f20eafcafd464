package io.mlassets.inference.swap;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.mlassets.inference.InferenceSettings;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.web.NotFoundException;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Trials of new models and steps back from models, of this process's scope. */
@RestController
class SwapController {
  private static final int MOST = 100;
  private final Trials trials;
  private final StepBacks stepBacks;
  private final String scope;

  SwapController(Trials trials, StepBacks stepBacks, InferenceSettings settings) {
    this.trials = trials;
    this.stepBacks = stepBacks;
    this.scope = settings.scope();
  }

  /**
   * A trial and how far it came.
   *
   * @param trial the trial
   * @param progress what was decided in it
   */
  record TrialShown(@JsonUnwrapped Trial trial, @JsonProperty("progress") TrialProgress progress) {}

  /**
   * Why a model may decide again.
   *
   * @param reason kept with the change
   */
  record Lift(@NotBlank @Size(max = 500) String reason) {}

  @GetMapping("/api/v1/trial")
  @Operation(summary = "The trial of a new model that began last, under way or over")
  TrialShown trial() {
    Trial trial = trials.last(scope).orElseThrow(() -> new NotFoundException("a trial"));
    return new TrialShown(trial, trials.progress(trial.id()));
  }

  @GetMapping("/api/v1/stepbacks")
  @Operation(summary = "Steps back from models, the newest first")
  List<StepBack> stepBacks() {
    return stepBacks.newest(scope, MOST);
  }

  @PostMapping("/api/v1/stepbacks/{version}/lift")
  @Operation(summary = "Let a model decide again that is stepped back from")
  List<StepBack> lift(@PathVariable String version, @Valid @RequestBody Lift lift, Principal who) {
    stepBacks.lift(scope, new ModelVersion(version), who.getName(), lift.reason());
    return stepBacks();
  }
}
