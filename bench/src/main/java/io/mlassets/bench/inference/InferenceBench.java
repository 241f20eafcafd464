package io.mlassets.bench.inference;

import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Peers;
import io.mlassets.bench.Report;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.policy.TradingRules;
import io.mlassets.suite.Home;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import picocli.CommandLine.Command;

/** Scores and features beside the native engines, ONNX Runtime and pandas, on one thread. */
@Command(
    name = "inference",
    mixinStandardHelpOptions = true,
    description =
        "Scores beside LightGBM and ONNX Runtime, features beside pandas: time, and every bit.")
public final class InferenceBench extends Benchmark {

  @Override
  protected Report measure(boolean quick) throws Exception {
    Plan plan = Plan.of(quick);
    Peers peers = new Peers(directory());
    TradingRules rules = PolicyFiles.read(Home.directory().resolve("config")).core().trading();

    TrainedModel lightGbm = TrainedModel.lightGbm(plan.trainingRows());
    TrainedModel xgboost = TrainedModel.xgboost(plan.trainingRows());
    System.out.println("  batches");
    BatchTimes batch = BatchTimes.measured(plan, lightGbm, xgboost, peers, directory());
    System.out.println("  single rows");
    SingleTimes single = SingleTimes.measured(plan, lightGbm);
    System.out.println("  features");
    FeatureTimes features = FeatureTimes.measured(plan, rules, peers, directory());
    System.out.println("  features by two passes");
    OracleFigures oracle = OracleRun.measured(plan, rules);

    List<TrainedModel> models = new ArrayList<>(List.of(lightGbm, xgboost));
    models.addAll(TrainedModel.unusual(plan.trainingRows()));
    SequencedMap<String, Mismatches> bits = new LinkedHashMap<>();
    for (TrainedModel model : models) {
      System.out.println("  bits: " + model.name());
      bits.put(model.name(), BitRun.of(model, plan.bitRows(), bits.size()));
    }
    InferenceFigures figures = new InferenceFigures(plan, batch, single, bits, features, oracle);
    return new Report(figures.tables(), figures.fields(), figures.broken());
  }
}
