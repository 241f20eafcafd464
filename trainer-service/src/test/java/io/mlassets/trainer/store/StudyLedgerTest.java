package io.mlassets.trainer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.EngineId;
import io.mlassets.model.ModelType;
import io.mlassets.model.TreeParams;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.trainer.dataset.DataRequest;
import io.mlassets.trainer.pipeline.SearchHistory;
import io.mlassets.trainer.search.FoldTrials;
import io.mlassets.trainer.search.Trial;
import io.mlassets.trainer.search.TrialLog;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Trials of runs on the same bars are counted against each other, on a real PostgreSQL. */
@Tag("R-03")
class StudyLedgerTest {
  private static final List<List<Double>> CURVES = List.of(List.of(0.6));
  private static final Instant MAY = Instant.parse("2024-05-01T00:00:00Z");
  private static final Instant JUNE = Instant.parse("2024-06-01T00:00:00Z");
  private static final Instant JULY = Instant.parse("2024-07-01T00:00:00Z");
  private static final int CHOICES = 704;

  /** Two trials, one of them pruned. */
  private static final int SEARCHED = FoldTrials.RUNGS + 1;

  private TestServers servers;
  private DataSource database;

  @BeforeEach
  void start() {
    servers = TestServers.start();
    database = servers.dataSource("mlassets_trainer");
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @Test
  void the_first_run_has_none_and_another_seed_on_the_same_bars_has_all_of_the_first() {
    StudyLedger first = ledger("all", "PT1M", MAY, JULY, "AAA-BBB", "CCC-DDD");
    assertThat(first.earlierThan(made("seed 1", 2))).isZero();
    run(first, "seed 1", 2);
    assertThat(first.earlierThan(made("seed 1", 2))).isZero();

    StudyLedger second = ledger("all", "PT1M", JUNE, JULY, "CCC-DDD", "EEE-FFF");
    assertThat(second.earlierThan(made("seed 2", 2))).isEqualTo(SEARCHED + CHOICES);
    run(second, "seed 2", 2);
    assertThat(second.earlierThan(made("seed 3", 2))).isEqualTo(2 * (SEARCHED + CHOICES));
    assertThat(second.earlierThan(made("seed 2", 2))).isEqualTo(SEARCHED + CHOICES);
  }

  @Test
  void trials_count_whatever_became_of_their_run() {
    StudyLedger ledger = ledger("all", "PT1M", MAY, JULY, "AAA-BBB");
    TrialLog killed = ledger.entering(new StoredTrials(database, JsonMapper.shared())).of("killed");
    killed.add(trial(0, false));
    assertThat(ledger.earlierThan(made("seed 1", 2))).isEqualTo(FoldTrials.RUNGS);
    StoredTrials.keepAsEvidence(
        new JdbcTemplate(database), "20240701_0000", List.of(killedHistory()));
    killed.add(trial(0, false));
    assertThat(ledger.earlierThan(made("seed 1", 2)))
        .as("the same trial again, one stored with its model")
        .isEqualTo(FoldTrials.RUNGS);
  }

  @Test
  void the_same_study_made_shorter_counts_what_it_had_tried_beyond() {
    StudyLedger ledger = ledger("all", "PT1M", MAY, JULY, "AAA-BBB");
    run(ledger, "seed 1", 2);
    StudiesMade shorter = new StudiesMade(List.of("seed 1"), 1, "another choice", CHOICES);
    assertThat(ledger.earlierThan(shorter)).isEqualTo(1 + CHOICES);
  }

  @Test
  void other_pairs_other_bars_other_intervals_and_other_scopes_are_other_questions() {
    run(ledger("all", "PT1M", MAY, JUNE, "AAA-BBB"), "seed 1", 2);
    StudiesMade made = made("seed 2", 2);
    assertThat(ledger("all", "PT1M", MAY, JUNE, "CCC-DDD").earlierThan(made)).isZero();
    assertThat(ledger("all", "PT1M", JUNE, JULY, "AAA-BBB").earlierThan(made)).isZero();
    assertThat(ledger("all", "PT1H", MAY, JUNE, "AAA-BBB").earlierThan(made)).isZero();
    assertThat(ledger("crypto", "PT1M", MAY, JUNE, "AAA-BBB").earlierThan(made)).isZero();
    assertThat(ledger("all", "PT1M", MAY, JUNE, "AAA-BBB").earlierThan(made)).isPositive();
  }

  private StudyLedger ledger(
      String scope, String interval, Instant from, Instant to, String... pairs) {
    return new StudyLedger(
        database,
        scope,
        new DataRequest(
            Arrays.stream(pairs).map(Pair::parse).toList(),
            BarInterval.parse(interval),
            from,
            to,
            null));
  }

  private void run(StudyLedger ledger, String study, int trials) {
    TrialLog log = ledger.entering(new StoredTrials(database, JsonMapper.shared())).of(study);
    for (int number = 0; number < trials; number++) {
      log.add(trial(number, number == 1));
    }
    ledger.enterChoices(made(study, trials));
  }

  private static StudiesMade made(String study, int trials) {
    return new StudiesMade(List.of(study), trials, "choice of " + study, CHOICES);
  }

  private static SearchHistory killedHistory() {
    return new SearchHistory(
        ModelType.AI1, EngineId.LIGHTGBM, "killed", List.of(trial(0, false)), 0);
  }

  private static Trial trial(int number, boolean pruned) {
    return new Trial(
        number, TreeParams.of(Map.of("eta", 0.1)), 0.6, List.of(0.6), pruned, 17, CURVES);
  }
}
