package io.mlassets.trainer.report;

import io.mlassets.backtest.Overfitting;
import io.mlassets.model.BundleManifest;
import io.mlassets.trainer.dataset.PairSamples;
import io.mlassets.trainer.dataset.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Data, figures of luck, parameters, versions and hashes: what it takes to make it again. */
final class FactsPart {
  private FactsPart() {}

  static String html(ReportData data) {
    BundleManifest manifest = data.bundle().manifest();
    Overfitting luck = manifest.overfitting();
    List<List<String>> rows = new ArrayList<>();
    for (PairSamples pair : data.set().pairs()) {
      rows.add(
          List.of(
              pair.pair().display(),
              Text.count(pair.bars().size()),
              Text.count(pair.samples().size()),
              share(pair.samples(), sample -> sample.label().reverted()),
              share(pair.samples(), sample -> sample.label().risky())));
    }
    List<Sample> all = data.set().samples();
    rows.add(
        List.of(
            "all",
            Text.count(data.set().pairs().stream().mapToLong(p -> p.bars().size()).sum()),
            Text.count(all.size()),
            share(all, sample -> sample.label().reverted()),
            share(all, sample -> sample.label().risky())));
    List<String[]> facts = new ArrayList<>();
    facts.add(
        new String[] {
          "trained on", Text.minute(manifest.trainFrom()) + " to " + Text.minute(manifest.trainTo())
        });
    facts.add(
        new String[] {
          "trials",
          "%s, worth %s independent ones; mean correlation of thresholds %s"
              .formatted(
                  Text.count(luck.trials()),
                  Text.number(luck.effectiveTrials(), 1),
                  Text.number(luck.meanCorrelation(), 2))
        });
    facts.add(
        new String[] {
          "Sharpe ratio luck would show",
          Text.number(luck.expectedMaximum(), 2)
              + " as the best of these; shown "
              + Text.number(luck.sharpe(), 2)
        });
    facts.add(
        new String[] {
          "probability of overfitting (CSCV)",
          Text.percent(luck.pbo(), 0)
              + "; best thresholds of one half lose in the other: "
              + Text.percent(luck.lossProbability(), 0)
        });
    facts.add(
        new String[] {
          "combinatorial paths",
          luck.pathSharpes().stream().map(s -> Text.number(s, 2)).collect(Collectors.joining(", "))
        });
    facts.add(
        new String[] {
          "record",
          Text.number(luck.recordYears(), 2)
              + " years; needed "
              + Text.number(luck.minimumRecordYears(), 2)
        });
    facts.add(new String[] {"seed", String.valueOf(manifest.seed())});
    manifest
        .models()
        .forEach(
            (type, entry) ->
                facts.add(
                    new String[] {
                      type + " parameters",
                      entry.engine() + " " + entry.engineVersion() + " " + entry.params().values()
                    }));
    facts.add(new String[] {"Java", Runtime.version().toString()});
    facts.add(new String[] {"bundle SHA-256", data.bundle().sha256()});
    facts.add(new String[] {"content SHA-256", data.bundle().contentSha256()});
    facts.add(new String[] {"bars SHA-256", data.barsSha256()});
    facts.add(new String[] {"feature schema", manifest.featureSchemaHash()});
    facts.add(new String[] {"label specification", manifest.labelSpec()});
    facts.add(new String[] {"policies", manifest.policyHash()});
    return Text.section(
        "Data and parameters",
        "Enough to make the same bundle again: ./ml-assets reproduce " + data.bundle().version(),
        Text.table(List.of("pair", "bars", "rows", "divergence closed", "risk event"), rows),
        facts.stream()
            .map(
                f ->
                    "<tr><td>%s</td><td>%s</td></tr>"
                        .formatted(Text.escape(f[0]), Text.escape(f[1])))
            .collect(Collectors.joining("\n", "<table class=\"facts\">", "</table>")));
  }

  private static String share(List<Sample> samples, java.util.function.Predicate<Sample> holds) {
    return samples.isEmpty()
        ? "–"
        : Text.percent((double) samples.stream().filter(holds).count() / samples.size(), 1);
  }
}
