package io.mlassets.registry.model;

import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelType;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.web.NotFoundException;
import io.mlassets.platform.web.Page;
import io.mlassets.platform.web.PageRequest;
import io.mlassets.registry.Filters;
import io.mlassets.registry.Known;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The model registry over REST (G-02, G-03). */
@RestController
@RequestMapping("/api/v1/models")
class ModelsController {
  private static final List<String> STATUSES = List.of("active", "archived", "rejected");
  private static final String REPORT_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'; sandbox";
  private static final int MOST_COMPARED = 50;
  private static final Sort NEWEST_FIRST =
      Sort.by(
          Sort.Order.desc("modelVersion"),
          Sort.Order.asc("modelScope"),
          Sort.Order.asc("modelType"));
  private final ModelRows models;
  private final ModelRegistry registry;
  private final RollBack rollBack;
  private final RunReports reports;

  ModelsController(
      ModelRows models, ModelRegistry registry, RollBack rollBack, RunReports reports) {
    this.models = models;
    this.registry = registry;
    this.rollBack = rollBack;
    this.reports = reports;
  }

  /**
   * Why a version is put back.
   *
   * @param reason kept in the audit
   * @param scope scope, {@code all} by default
   */
  record Activation(@NotBlank @Size(max = 500) String reason, @Nullable String scope) {}

  @GetMapping
  @Operation(summary = "Registered models, newest first")
  Page<ModelRow> list(
      @RequestParam(required = false) @Nullable ModelType type,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String scope,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size) {
    return new Filters<ModelRow>()
        .equal("modelType", type == null ? null : type.name())
        .equal("status", Known.oneOf("status", status, STATUSES))
        .equal("modelScope", scope)
        .from("createdAt", from)
        .before("createdAt", to)
        .page(models, new PageRequest(page, size), NEWEST_FIRST);
  }

  @GetMapping("/metrics-history")
  @Operation(summary = "Metrics over time of one model type, oldest first")
  List<ModelRow> metricsHistory(
      @RequestParam ModelType type, @RequestParam(defaultValue = "all") String scope) {
    return models.findTop1000ByModelTypeAndModelScopeOrderByModelVersionAsc(type.name(), scope);
  }

  @GetMapping("/{version}")
  @Operation(summary = "The models of one version")
  List<ModelRow> version(@PathVariable String version) {
    List<ModelRow> rows =
        models.findByModelVersionOrderByModelScopeAscModelTypeAsc(
            new ModelVersion(version).value());
    if (rows.isEmpty()) {
      throw new NotFoundException("model " + version);
    }
    return rows;
  }

  @GetMapping("/compare")
  @Operation(summary = "Several versions side by side")
  List<ModelRow> compare(@RequestParam List<String> versions) {
    if (versions.isEmpty() || versions.size() > MOST_COMPARED) {
      throw new IllegalArgumentException(
          "versions: %d given, 1 to %d expected".formatted(versions.size(), MOST_COMPARED));
    }
    List<ModelRow> rows = new ArrayList<>();
    versions.stream().distinct().forEach(version -> rows.addAll(version(version)));
    return rows;
  }

  @GetMapping("/{version}/artifact")
  @Operation(summary = "The bundle file, as it was stored")
  ResponseEntity<byte[]> artifact(@PathVariable String version) {
    ModelVersion wanted = new ModelVersion(version);
    byte[] zip =
        registry
            .artifact(wanted)
            .orElseThrow(() -> new NotFoundException("artifact of model " + version));
    return ResponseEntity.ok()
        .contentType(MediaType.valueOf("application/zip"))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(BundleFile.nameOf(wanted)).build().toString())
        .header("X-Content-SHA256", Sha256Text.of(zip))
        .body(zip);
  }

  @GetMapping(path = "/{version}/report", produces = MediaType.TEXT_HTML_VALUE)
  @Operation(summary = "The report of the run that made it: one page, nothing loaded, no script")
  ResponseEntity<String> report(@PathVariable String version) {
    String html =
        reports
            .html(new ModelVersion(version))
            .orElseThrow(() -> new NotFoundException("report of model " + version));
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .header("Content-Security-Policy", REPORT_POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .body(html);
  }

  @PostMapping("/{version}/activate")
  @Operation(summary = "Put an archived version in force again; audited")
  List<ModelRow> activate(
      @PathVariable String version, @Valid @RequestBody Activation activation, Principal who) {
    String scope = activation.scope() == null ? "all" : activation.scope();
    rollBack.to(new ModelVersion(version), scope, activation.reason(), who.getName());
    return version(version);
  }
}
