package io.mlassets.suite;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/**
 * The picture of the house as a test: services stand on the platform, the platform on the domain,
 * and nothing on a service. Every rule fails when it matches nothing.
 */
@Tag("C-03")
@AnalyzeClasses(packages = "io.mlassets", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {
  private static final String[] DOMAIN = {
    "io.mlassets.archive..",
    "io.mlassets.backtest..",
    "io.mlassets.channel..",
    "io.mlassets.control..",
    "io.mlassets.decision..",
    "io.mlassets.drift..",
    "io.mlassets.ea..",
    "io.mlassets.feature..",
    "io.mlassets.label..",
    "io.mlassets.market..",
    "io.mlassets.model..",
    "io.mlassets.parity..",
    "io.mlassets.policy..",
    "io.mlassets.shard..",
    "io.mlassets.signal..",
    "io.mlassets.trade.."
  };

  @ArchTest
  static final ArchRule the_domain_knows_no_framework_and_no_storage =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "jakarta..",
              "java.sql..",
              "javax.sql..",
              "redis..",
              "io.micrometer..",
              "io.mlassets.platform..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule the_platform_knows_no_service =
      onlyTheSuiteKnows("io.mlassets.platform..", "");

  @ArchTest
  static final ArchRule the_trainer_knows_no_other_service =
      onlyTheSuiteKnows("io.mlassets.trainer..", "trainer");

  @ArchTest
  static final ArchRule inference_knows_no_other_service =
      onlyTheSuiteKnows("io.mlassets.inference..", "inference");

  @ArchTest
  static final ArchRule the_dispatcher_knows_no_other_service =
      onlyTheSuiteKnows("io.mlassets.dispatcher..", "dispatcher");

  @ArchTest
  static final ArchRule the_registry_knows_no_other_service =
      onlyTheSuiteKnows("io.mlassets.registry..", "registry");

  @ArchTest
  static final ArchRule the_validator_knows_no_other_service =
      onlyTheSuiteKnows("io.mlassets.validator..", "validator");

  private static ArchRule onlyTheSuiteKnows(String packages, String self) {
    return noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                Stream.of("trainer", "inference", "dispatcher", "registry", "validator", "suite")
                    .filter(service -> !service.equals(self))
                    .map(service -> "io.mlassets." + service + "..")
                    .toArray(String[]::new)))
        .allowEmptyShould(false);
  }

  @ArchTest
  static final ArchRule native_engines_live_in_the_trainers_engine_packages_alone =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.mlassets.trainer.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ml.dmlc..", "io.github.metarank..", "com.microsoft.ml..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule the_engine_packages_do_use_them =
      classes()
          .that()
          .haveNameMatching("io\\.mlassets\\.trainer\\.engine\\.(LightGbm|XgBoost)Rows")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ml.dmlc..", "io.github.metarank..", "com.microsoft.ml..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule the_time_comes_from_a_clock =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule clocks_are_made_where_processes_begin =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.mlassets.suite.command..", "io.mlassets.platform")
          .and()
          .doNotHaveSimpleName("TrainingContext")
          .should()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule randomness_has_a_seed =
      noClasses()
          .should()
          .callConstructor(Random.class)
          .orShould()
          .callMethod(Math.class, "random")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule nothing_is_injected_into_fields =
      noFields()
          .should()
          .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
          .allowEmptyShould(false);
}
