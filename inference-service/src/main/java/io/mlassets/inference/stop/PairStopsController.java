package io.mlassets.inference.stop;

import io.mlassets.market.Pair;
import io.mlassets.platform.web.ConflictException;
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

/** What operators see and lift of stops. */
@RestController
class PairStopsController {
  private final PairStops stops;

  PairStopsController(PairStops stops) {
    this.stops = stops;
  }

  /**
   * Why entries go again.
   *
   * @param reason kept with the change
   */
  record Resume(@NotBlank @Size(max = 500) String reason) {}

  @GetMapping("/api/v1/pair-stops")
  @Operation(summary = "The pairs whose entries are stopped, in every process, and why")
  List<PairStop> stops() {
    return stops.inForce();
  }

  @PostMapping("/api/v1/pairs/{pair}/resume")
  @Operation(summary = "Let entries of a stopped pair go again, whichever process decides it")
  List<PairStop> resume(
      @PathVariable String pair, @Valid @RequestBody Resume resume, Principal who) {
    if (!stops.lift(Pair.parse(pair), who.getName(), resume.reason())) {
      throw new ConflictException("entries of pair %s are not stopped".formatted(pair));
    }
    return stops.inForce();
  }
}
