package io.mlassets.platform.registry;

import io.mlassets.decision.Thresholds;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.web.ConflictException;
import io.mlassets.platform.web.NotFoundException;
import io.mlassets.signal.SignalMode;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
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
  private final RegistryRows rows;
  private final StoredBundles bundles;
  private final ModelRetention retention;
  private final RegisteredThresholds thresholds;
  private final SteppedBack steppedBack;

  ModelRegistry(
      JdbcClient jdbc, TransactionOperations transactions, ModelAnnouncer announcer, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.announcer = announcer;
    this.clock = clock;
    this.rows = new RegistryRows(jdbc, clock);
    this.bundles = new StoredBundles(jdbc);
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
    bundles.store(version, contentSha256, sha256, zip);
  }

  /**
   * The stored bytes of a bundle.
   *
   * @throws InvalidBundleException if they are more than a bundle has; they are not read then
   */
  public Optional<byte[]> artifact(ModelVersion version) {
    return bundles.find(version);
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
              rows.lock(scope);
              rows.archiveActive(scope);
              rows.insert(version, scope, "active", entries);
              alsoInTransaction.run();
              return bundles.contentSha256(version);
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
              rows.insert(version, scope, "rejected", entries);
              alsoInTransaction.run();
              return active(scope).isPresent()
                  ? Optional.empty()
                  : Optional.of(bundles.contentSha256(version));
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
          rows.lock(scope);
          List<String> statuses = rows.statuses(version, scope);
          if (statuses.isEmpty()) {
            throw new NotFoundException("bundle of model " + version + " in scope " + scope);
          }
          if (statuses.size() != TYPES || !statuses.stream().allMatch("archived"::equals)) {
            throw new ConflictException(
                "model %s is %s; only a complete archived version can be activated"
                    .formatted(version, statuses));
          }
          rows.archiveActive(scope);
          rows.setStatus(version, scope, "active");
          alsoInTransaction.run();
        });
    announcer.announce(version, scope, SignalMode.LIVE, bundles.contentSha256(version));
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
              rows.lock(seen.scope());
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
          rows.lock(scope);
          retention.keep(scope, keep);
        });
    return retention.deleted(scope);
  }
}
