package io.mlassets.bench.search;

import io.mlassets.model.TreeParams;
import io.mlassets.trainer.search.Dimension;
import io.mlassets.trainer.search.Goal;
import io.mlassets.trainer.search.Proposal;
import io.mlassets.trainer.search.SearchSpace;
import io.mlassets.trainer.search.Study;
import io.mlassets.trainer.search.Trial;
import java.util.List;
import java.util.Map;

/** Functions to be minimised, the same as in {@code bench/peers/search.py}. */
enum TestFunction {
  SPHERE,
  ROSENBROCK,
  BRANIN,
  MIXED,
  CONDITIONAL;

  SearchSpace space() {
    List<Dimension> dimensions =
        switch (this) {
          case SPHERE -> List.of(real("x0", 5), real("x1", 5), real("x2", 5), real("x3", 5));
          case ROSENBROCK -> List.of(real("x0", 2), real("x1", 2));
          case BRANIN ->
              List.of(
                  new Dimension.Real("x", -5, 10, false), new Dimension.Real("y", 0, 15, false));
          case MIXED ->
              List.of(
                  new Dimension.Real("rate", 1e-4, 1, true),
                  new Dimension.Whole("leaves", 2, 64, true),
                  new Dimension.Whole("depth", 1, 10, false),
                  real("x", 5),
                  new Dimension.Choice("kind", 4));
          case CONDITIONAL ->
              List.of(
                  new Dimension.Choice("kind", 3),
                  real("x", 3),
                  new Dimension.When("kind", 2, new Dimension.Whole("depth", 1, 20, false)));
        };
    return new SearchSpace(dimensions, TreeParams.of(Map.of()));
  }

  private static Dimension real(String name, double bound) {
    return new Dimension.Real(name, -bound, bound, false);
  }

  double at(TreeParams p) {
    return switch (this) {
      case SPHERE -> sq(p.get("x0")) + sq(p.get("x1")) + sq(p.get("x2")) + sq(p.get("x3"));
      case ROSENBROCK -> 100 * sq(p.get("x1") - sq(p.get("x0"))) + sq(1 - p.get("x0"));
      case BRANIN -> branin(p.get("x"), p.get("y"));
      case MIXED ->
          sq(p.get("x") - 1.5)
              + sq(Math.log10(p.get("rate")) + 2)
              + sq(Math.log(p.get("leaves") / 16) / Math.log(2))
              + 0.2 * sq(p.get("depth") - 7)
              + (p.get("kind") == 2 ? 0 : 8);
      case CONDITIONAL -> conditional(p);
    };
  }

  /** The best value a study of so many trials finds. */
  double best(int trials, long seed, int window) {
    Study study = new Study(space(), Goal.MINIMISE, seed, window, true);
    for (int i = 0; i < trials; i++) {
      Proposal proposal = study.ask();
      study.tell(Trial.finished(proposal, at(proposal.params()), List.of(), 0));
    }
    return study.best().orElseThrow().value();
  }

  private static double branin(double x, double y) {
    double bend = y - 5.1 / (4 * sq(Math.PI)) * x * x + 5 / Math.PI * x - 6;
    return sq(bend) + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  }

  private static double conditional(TreeParams p) {
    double x = p.get("x");
    return switch ((int) p.get("kind")) {
      case 0 -> 1 + sq(x - 1);
      case 1 -> 0.5 + sq(x + 1);
      default -> sq(x - 0.5) + 0.1 * Math.abs(p.get("depth") - 13);
    };
  }

  private static double sq(double x) {
    return x * x;
  }
}
