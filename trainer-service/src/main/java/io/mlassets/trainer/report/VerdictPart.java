package io.mlassets.trainer.report;

import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.Overfitting;
import io.mlassets.model.BundleManifest;
import io.mlassets.trainer.verdict.Check;
import io.mlassets.trainer.verdict.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of the candidate and why, for someone who trades and does not fit models. */
final class VerdictPart {

  /** What passing or failing a rule means to a trader. */
  private static final Map<String, String> MEANING =
      Map.ofEntries(
          Map.entry("no_leak", "No input knows the future"),
          Map.entry(
              "leak_suspected", "An input seems to know the future: no result can be trusted"),
          Map.entry("no_trades", "It never traded"),
          Map.entry("enough_trades", "It traded often enough to judge"),
          Map.entry("too_few_trades", "It traded too rarely to judge"),
          Map.entry("sharpe_above_zero", "Its profit after costs is more than chance"),
          Map.entry("sharpe_not_above_zero", "Its profit after costs may be chance, or is none"),
          Map.entry("record_long_enough", "The record is long enough for what it claims"),
          Map.entry("record_too_short", "The record is too short for what it claims"),
          Map.entry("not_luck_of_many_trials", "It beats the luck of having tried many variants"),
          Map.entry(
              "luck_of_many_trials", "The best of so many variants may look this good by luck"),
          Map.entry(
              "thresholds_not_overfitted", "Thresholds good in one half of time hold in the other"),
          Map.entry(
              "thresholds_overfitted", "Thresholds good in one half of time fail in the other"),
          Map.entry(
              "thresholds_interchangeable",
              "Which thresholds are best changes with time, but the best always earn"),
          Map.entry(
              "thresholds_keep_earning",
              "The best thresholds of one half of time earn in the other"),
          Map.entry(
              "thresholds_may_stop_earning",
              "The best thresholds sometimes stop earning, but remain among the better ones"),
          Map.entry(
              "thresholds_stop_earning",
              "The best thresholds of one half of time may lose in the other"),
          Map.entry("paths_earn", "It earns however history is cut into folds"),
          Map.entry("paths_lose", "It loses on too many other ways to cut history into folds"),
          Map.entry("sharpe_kept", "It is about as good as the model in force, or better"),
          Map.entry("sharpe_fell", "It earns clearly less than the model in force"),
          Map.entry("auc_kept", "It predicts about as well as the model in force"),
          Map.entry("auc_fell", "It predicts clearly worse than the model in force"),
          Map.entry("improvement", "It earns more than the model in force"),
          Map.entry("no_improvement", "It does not earn more than the model in force"),
          Map.entry(
              "champion_pairs_missing", "The model in force trades pairs this one does not know"),
          Map.entry("no_new_bars", "There are no bars the model in force has not seen"));

  private VerdictPart() {}

  static String html(ReportData data) {
    Verdict verdict = data.verdict();
    String word = verdict.wire();
    return """
    <header class="%s"><p class="small">Model %s · %s · made %s</p>
    <h1>%s</h1><p class="lead">%s</p>
    %s<ul class="checks">%s%s</ul></header>
    """
        .formatted(
            word,
            Text.escape(data.bundle().version().value()),
            Text.escape(
                data.set().pairs().size() + " pairs, " + data.set().interval().iso() + " bars"),
            Text.minute(data.bundle().createdAt()),
            headline(verdict),
            lead(verdict),
            tiles(data),
            // What decided comes first.
            verdict.checks().stream()
                .sorted(Comparator.comparing(Check::passed))
                .map(VerdictPart::item)
                .collect(Collectors.joining("\n")),
            verdict.remarks().stream()
                .map(remark -> "<li class=\"remark\"><p>%s</p></li>".formatted(Text.escape(remark)))
                .collect(Collectors.joining("\n")));
  }

  private static String headline(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Adopted _ -> "Adopted: this model is now in force";
      case Verdict.Held _ -> "Held: sound, but no better than the model in force, which stays";
      case Verdict.Rejected _ -> "Rejected: do not trade this model";
    };
  }

  private static String lead(Verdict verdict) {
    List<Check> failed = verdict.checks().stream().filter(check -> !check.passed()).toList();
    if (failed.isEmpty()) {
      return "All %d rules of adoption hold. Every figure is of predictions for times the models had"
              .formatted(verdict.checks().size())
          + " not been trained on, after costs.";
    }
    return "%d of %d rules %s not hold. Every figure is of predictions for times the models had not"
            .formatted(failed.size(), verdict.checks().size(), failed.size() == 1 ? "does" : "do")
        + " been trained on, after costs.";
  }

  private static String item(Check check) {
    String meaning = MEANING.getOrDefault(check.rule(), check.rule().replace('_', ' '));
    String key = check.policyKey() == null ? "" : " (policy: " + check.policyKey() + ")";
    return "<li class=\"%s\"><b>%s</b><p>%s</p></li>"
        .formatted(
            check.passed() ? "pass" : "fail",
            Text.escape(meaning),
            Text.escape(check.text() + key));
  }

  private static String tiles(ReportData data) {
    BundleManifest manifest = data.bundle().manifest();
    BacktestMetrics metrics = data.candidate().backtest().metrics();
    Overfitting luck = manifest.overfitting();
    double net = data.candidate().backtest().trades().stream().mapToDouble(t -> t.netPnl()).sum();
    return "<div class=\"tiles\">%s%s%s%s%s%s</div>"
        .formatted(
            tile(
                Text.number(metrics.sharpe(), 2),
                "Sharpe ratio a year after costs; plausible range %s to %s"
                    .formatted(
                        Text.number(metrics.sharpeLow(), 2), Text.number(metrics.sharpeHigh(), 2))),
            tile(
                Text.number(data.candidate().doubleCosts().sharpe(), 2),
                "Sharpe ratio if everything cost twice as much"),
            tile(
                Text.percent(net, 1),
                "profit after costs, of one full position, in %s years"
                    .formatted(Text.number(luck.recordYears(), 2))),
            tile(Text.percent(metrics.maxDrawdown(), 1), "largest fall from a peak"),
            tile(
                Text.count(metrics.trades()),
                "trades, %s of them won".formatted(Text.percent(metrics.winRate(), 0))),
            tile(
                Text.percent(luck.deflatedSharpe(), 0),
                "probability that it is more than the luck of %s trials"
                    .formatted(Text.count(luck.trials()))));
  }

  private static String tile(String figure, String meaning) {
    return "<div><b>%s</b><span>%s</span></div>"
        .formatted(Text.escape(figure), Text.escape(meaning));
  }
}
