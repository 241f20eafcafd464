package io.mlassets.platform.registry;

import io.mlassets.decision.Thresholds;
import io.mlassets.model.BundleFile;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.web.ConflictException;
import io.mlassets.platform.web.NotFoundException;
import io.mlassets.signal.SignalMode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The one writer of {@code core.model_registry}: adopts, refuses, re-tunes, rolls back and retains,
 * each in one transaction, and tells on channel {@code models} after the commit. Statuses: {@code
 * active} (one per type and scope), {@code archived}, {@code rejected}.
 */
public final class ModelRegistry {
  private static final int TYPES = 3;
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final ModelAnnouncer announcer;
  private final Clock clock;
  private final ModelRetention retention;
  private final RegisteredThresholds thresholds;
  private final SteppedBack steppedBack;

  ModelRegistry(
      JdbcClient jdbc, TransactionOperations transactions, ModelAnnouncer announcer, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.announcer = announcer;
    this.clock = clock;
    this.retention = new ModelRetention(jdbc);
    this.thresholds = new RegisteredThresholds(jdbc);
    this.steppedBack = new SteppedBack(jdbc);
  }

  /** A version no bundle has yet: this minute, or the next free one. */
  public ModelVersion freeVersion() {
    ModelVersion version = ModelVersion.at(clock.instant());
    while (exists(version)) {
      version = version.next();
    }
    return version;
  }

  private boolean exists(ModelVersion version) {
    return jdbc.sql(
            """
            select exists (select 1 from core.model_registry where model_version = :v)
                or exists (select 1 from core.model_artifacts where model_version = :v)
            """)
        .param("v", version.value())
        .query(Boolean.class)
        .single();
  }

  /** Stores a bundle's bytes; the version must be free. */
  public void store(ModelVersion version, String contentSha256, String sha256, byte[] zip) {
    jdbc.sql(
            """
            insert into core.model_artifacts (model_version, content_sha256, sha256, content)
            values (?, ?, ?, ?)
            """)
        .params(version.value(), contentSha256, sha256, zip)
        .update();
  }

  /**
   * The stored bytes of a bundle.
   *
   * @throws InvalidBundleException if they are more than a bundle has; they are not read then
   */
  public Optional<byte[]> artifact(ModelVersion version) {
    return jdbc.sql(
            """
            select octet_length(content), case when octet_length(content) <= :most then content end
            from core.model_artifacts where model_version = :v
            """)
        .param("most", BundleFile.MAX_BYTES)
        .param("v", version.value())
        .query((row, n) -> content(row.getLong(1), row.getBytes(2)))
        .optional();
  }

  private static byte[] content(long size, byte @Nullable [] content) {
    if (content == null) {
      throw new InvalidBundleException(
          "bundle of %d bytes in core.model_artifacts is larger than %d"
              .formatted(size, BundleFile.MAX_BYTES));
    }
    return content;
  }

  /**
   * Makes a bundle the active one of its scope and archives the one before; whatever is thrown
   * comes before the commit, or is the commit's.
   *
   * @param alsoInTransaction what else must commit with it, such as the bundle itself; runs last
   */
  public void adopt(
      ModelVersion version, String scope, List<RegistryEntry> entries, Runnable alsoInTransaction) {
    String sha256 =
        inTransaction(
            () -> {
              lock(scope);
              archiveActive(scope);
              insert(version, scope, "active", entries);
              alsoInTransaction.run();
              return contentSha256(version);
            });
    announcer.announce(version, scope, SignalMode.LIVE, sha256);
  }

  /**
   * Records a candidate that was not adopted; with no active model it is watched in shadow.
   *
   * @param alsoInTransaction what else must commit with it, such as the bundle itself; runs last
   */
  public void reject(
      ModelVersion version, String scope, List<RegistryEntry> entries, Runnable alsoInTransaction) {
    Optional<String> watched =
        inTransaction(
            () -> {
              insert(version, scope, "rejected", entries);
              alsoInTransaction.run();
              return active(scope).isPresent()
                  ? Optional.empty()
                  : Optional.of(contentSha256(version));
            });
    watched.ifPresent(sha256 -> announcer.announce(version, scope, SignalMode.SHADOW, sha256));
  }

  /** All of it or nothing; what is announced afterwards is read in it, so that nothing can fail. */
  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(status -> work.get()));
  }

  /**
   * Rolls back to an archived version.
   *
   * @param alsoInTransaction what else must commit with it, such as the audit row
   */
  public void activate(ModelVersion version, String scope, Runnable alsoInTransaction) {
    transactions.executeWithoutResult(
        status -> {
          lock(scope);
          List<String> statuses = statuses(version, scope);
          if (statuses.isEmpty()) {
            throw new NotFoundException("bundle of model " + version + " in scope " + scope);
          }
          if (statuses.size() != TYPES || !statuses.stream().allMatch("archived"::equals)) {
            throw new ConflictException(
                "model %s is %s; only a complete archived version can be activated"
                    .formatted(version, statuses));
          }
          archiveActive(scope);
          setStatus(version, scope, "active");
          alsoInTransaction.run();
        });
    announcer.announce(version, scope, SignalMode.LIVE, contentSha256(version));
  }

  /**
   * Puts other thresholds in force for the active bundle, which itself stays as it is.
   *
   * @param seen the active bundle with the thresholds that are to be replaced
   * @param alsoInTransaction what else must commit with it, such as the audit row
   * @return false when another bundle is active or its thresholds are others by now; nothing is
   *     changed then
   */
  public boolean retune(RegisteredModel seen, Thresholds next, Runnable alsoInTransaction) {
    Boolean changed =
        transactions.execute(
            status -> {
              lock(seen.scope());
              if (!thresholds.inForce(seen)) {
                return false;
              }
              thresholds.set(seen, next);
              alsoInTransaction.run();
              return true;
            });
    if (!Boolean.TRUE.equals(changed)) {
      return false;
    }
    announcer.announce(seen.version(), seen.scope(), SignalMode.LIVE, seen.contentSha256());
    return true;
  }

  /** The active bundle of a scope, even if its bytes are lost. */
  public Optional<RegisteredModel> active(String scope) {
    return newest(scope, "active");
  }

  /** What decides live: the active bundle, or the one inference has stepped back to from it. */
  public Optional<RegisteredModel> deciding(String scope) {
    return steppedBack
        .insteadOfActive(scope)
        .flatMap(version -> find(version, scope))
        .or(() -> active(scope));
  }

  /** The newest bundle of a scope that was not adopted. */
  public Optional<RegisteredModel> newestRejected(String scope) {
    return newest(scope, "rejected");
  }

  /** A version of a scope whose bundle is there, whatever its status. */
  public Optional<RegisteredModel> find(ModelVersion version, String scope) {
    return jdbc.sql(
            """
            select a.content_sha256, r.artifact_path, r.theta1, r.theta2
            from core.model_registry r join core.model_artifacts a using (model_version)
            where r.model_version = ? and r.model_scope = ? and r.model_type = 'AI1'
            """)
        .params(version.value(), scope)
        .query(
            (row, n) ->
                new RegisteredModel(
                    version,
                    scope,
                    row.getString(1),
                    row.getString(2),
                    new Thresholds(row.getDouble(3), row.getDouble(4))))
        .optional();
  }

  private Optional<RegisteredModel> newest(String scope, String status) {
    return jdbc.sql(
            """
            select r.model_version, coalesce(a.content_sha256, ''), r.artifact_path, r.theta1,
              r.theta2
            from core.model_registry r left join core.model_artifacts a using (model_version)
            where r.model_scope = :scope and r.status = :status and r.model_type = 'AI1'
              and (r.status = 'active' or a.model_version is not null)
            order by r.model_version desc limit 1
            """)
        .param("scope", scope)
        .param("status", status)
        .query(
            (row, n) ->
                new RegisteredModel(
                    new ModelVersion(row.getString(1)),
                    scope,
                    row.getString(2),
                    row.getString(3),
                    new Thresholds(row.getDouble(4), row.getDouble(5))))
        .optional();
  }

  /**
   * Deletes the bundles of all but the newest {@code keep} archived and the newest {@code keep}
   * rejected versions of a scope; their rows, figures and reports stay. The active one is kept.
   *
   * @return every version of the scope without a bundle, deleted now or before
   */
  public List<ModelVersion> retain(String scope, int keep) {
    transactions.executeWithoutResult(
        status -> {
          lock(scope);
          retention.keep(scope, keep);
        });
    return retention.deleted(scope);
  }

  /**
   * Makes adoption, roll-back and retention of a scope wait for each other: none may act on a
   * status that another is changing. All lock the same rows in the same order.
   */
  private void lock(String scope) {
    jdbc.sql(
            """
            select 1 from core.model_registry where model_scope = ? and bundle_deleted_at is null
            order by model_version, model_type for update
            """)
        .param(scope)
        .query(Integer.class)
        .list();
  }

  private void archiveActive(String scope) {
    jdbc.sql(
            """
            update core.model_registry set status = 'archived', updated_at = now()
            where model_scope = ? and status = 'active'
            """)
        .param(scope)
        .update();
  }

  private void setStatus(ModelVersion version, String scope, String status) {
    jdbc.sql(
            """
            update core.model_registry set status = ?, updated_at = now()
            where model_version = ? and model_scope = ?
            """)
        .params(status, version.value(), scope)
        .update();
  }

  private List<String> statuses(ModelVersion version, String scope) {
    return jdbc.sql(
            """
            select status from core.model_registry
            where model_version = ? and model_scope = ? and bundle_deleted_at is null
            """)
        .params(version.value(), scope)
        .query(String.class)
        .list();
  }

  private String contentSha256(ModelVersion version) {
    return jdbc.sql("select content_sha256 from core.model_artifacts where model_version = ?")
        .param(version.value())
        .query(String.class)
        .single();
  }

  private void insert(
      ModelVersion version, String scope, String status, List<RegistryEntry> entries) {
    Instant now = clock.instant();
    for (RegistryEntry entry : entries) {
      jdbc.sql(
              """
              insert into core.model_registry (model_version, model_type, model_scope, status,
                train_period_start, train_period_end, theta1, theta2, metrics, artifact_path, notes,
                feature_schema_hash, seed, params, created_at, updated_at)
              values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?::jsonb, ?, ?)
              """)
          .params(
              version.value(),
              entry.type().name(),
              scope,
              status,
              entry.trainPeriodStart(),
              entry.trainPeriodEnd(),
              entry.thresholds().theta1(),
              entry.thresholds().theta2(),
              entry.metricsJson(),
              entry.artifactPath(),
              entry.notes(),
              entry.featureSchemaHash(),
              entry.seed(),
              entry.paramsJson(),
              now.atOffset(ZoneOffset.UTC),
              now.atOffset(ZoneOffset.UTC))
          .update();
    }
  }
}
