package io.mlassets.trainer.engine;

import io.mlassets.model.EngineId;
import io.mlassets.model.TreeEnsemble;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** A model in training inside XGBoost. */
final class XgBoostBooster implements GrowingTrees {
  private final Booster booster;
  private final XgBoostRows rows;
  private final @Nullable XgBoostRows scored;
  private int grown;

  private XgBoostBooster(Booster booster, XgBoostRows rows, @Nullable XgBoostRows scored) {
    this.booster = booster;
    this.rows = rows;
    this.scored = scored;
  }

  static XgBoostBooster of(
      XgBoostRows rows, @Nullable XgBoostRows scored, Map<String, Object> settings) {
    try {
      // The only way to a booster of one's own: a training of no rounds.
      return new XgBoostBooster(
          XGBoost.train(rows.matrix(), settings, 0, Map.of(), null, null), rows, scored);
    } catch (XGBoostError e) {
      throw new EngineException("XGBoost: " + settings + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void growTo(int trees) {
    try {
      for (; grown < trees; grown++) {
        booster.update(rows.matrix(), grown);
      }
    } catch (XGBoostError e) {
      throw new EngineException("XGBoost: tree %d: %s".formatted(grown, e.getMessage()), e);
    }
  }

  @Override
  public double[] scores() {
    if (scored == null) {
      throw new IllegalStateException("no rows to score were given");
    }
    try {
      float[][] predicted = booster.predict(scored.matrix());
      double[] scores = new double[predicted.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = predicted[i][0];
      }
      return scores;
    } catch (XGBoostError e) {
      throw new EngineException("XGBoost: scores: " + e.getMessage(), e);
    }
  }

  @Override
  public TrainedTrees trees() {
    try {
      String json = new String(booster.toByteArray("json"), StandardCharsets.UTF_8);
      return new TrainedTrees(EngineId.XGBOOST, json, TreeEnsemble.xgboost(json));
    } catch (XGBoostError e) {
      throw new EngineException("XGBoost: model: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    booster.dispose();
  }
}
