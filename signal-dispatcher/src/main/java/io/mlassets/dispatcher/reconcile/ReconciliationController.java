package io.mlassets.dispatcher.reconcile;

import io.mlassets.dispatcher.control.AwaitedReports;
import io.mlassets.dispatcher.reconcile.AdoptPositions.Adopted;
import io.mlassets.dispatcher.reconcile.ReportBook.Kept;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What Expert Advisors hold against what was booked, and an operator's decision on it. */
@RestController
class ReconciliationController {
  private final ReportBook book;
  private final AwaitedReports awaited;
  private final AdoptPositions adopt;

  ReconciliationController(ReportBook book, AwaitedReports awaited, AdoptPositions adopt) {
    this.book = book;
    this.awaited = awaited;
    this.adopt = adopt;
  }

  /**
   * How things stand.
   *
   * @param accounts every account that reported, with its differences
   * @param awaited accounts whose report entries wait for, at the dispatcher that sends
   */
  record Reconciliation(List<Kept> accounts, Set<String> awaited) {}

  /**
   * Whose positions are taken for true, and why.
   *
   * @param reason kept with the decision
   * @param account may be left out when only one account differs
   */
  record Adopt(
      @NotBlank @Size(max = 500) String reason, @Size(max = 64) @Nullable String account) {}

  /**
   * Which account is no more.
   *
   * @param reason kept with the decision
   * @param account the account
   */
  record Forget(
      @NotBlank @Size(max = 500) String reason, @NotBlank @Size(max = 64) String account) {}

  @GetMapping("/api/v1/reconciliation")
  @Operation(
      summary = "Positions as booked, as the Expert Advisors' journals and brokers have them")
  Reconciliation state() {
    return new Reconciliation(book.all(), new TreeSet<>(awaited.accounts().keySet()));
  }

  @PostMapping("/api/v1/reconciliation/adopt")
  @Operation(
      summary = "Take what the broker holds for true: book corrections, marked as such, and resume")
  Adopted adopt(@Valid @RequestBody Adopt body, Principal who) {
    return adopt.adopt(body.account(), body.reason(), who.getName());
  }

  @PostMapping("/api/v1/reconciliation/forget")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Expect nothing more of an account until it is heard again")
  void forget(@Valid @RequestBody Forget body, Principal who) {
    adopt.forget(body.account(), body.reason(), who.getName());
  }
}
