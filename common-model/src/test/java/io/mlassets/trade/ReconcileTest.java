package io.mlassets.trade;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S-03")
class ReconcileTest {
  private static final Pair METALS = Pair.parse("XAUUSD-XAGUSD");
  private static final Pair GOLD_EURO = Pair.parse("XAUUSD-EURUSD");
  private static final Symbol GOLD = new Symbol("XAUUSD");
  private static final Symbol SILVER = new Symbol("XAGUSD");
  private static final Symbol EURO = new Symbol("EURUSD");
  private static final Function<Symbol, Pair> ADOPTED =
      symbol -> new Pair(symbol, new Symbol("ADOPTED"));

  private static HeldLots held(Pair pair, Symbol symbol, double lots) {
    return new HeldLots(pair, symbol, lots);
  }

  private static NetLots net(Symbol symbol, double lots) {
    return new NetLots(symbol, lots);
  }

  private static PositionReport report(List<HeldLots> journal, @Nullable List<NetLots> broker) {
    return new PositionReport("acc", 7, null, journal, broker, "");
  }

  private static List<String> differences(List<HeldLots> ours, PositionReport report) {
    return Reconcile.differences(ours, report).stream().map(PositionDifference::text).toList();
  }

  @Test
  void deals_in_tenths_come_to_what_is_reported() {
    List<HeldLots> ours =
        List.of(
            held(METALS, GOLD, -0.1),
            held(METALS, GOLD, -0.2),
            held(METALS, SILVER, 0.7),
            held(METALS, SILVER, 0.1));
    List<HeldLots> journal = List.of(held(METALS, GOLD, -0.3), held(METALS, SILVER, 0.8));

    assertThat(differences(ours, report(journal, List.of(net(SILVER, 0.8), net(GOLD, -0.3)))))
        .isEmpty();
    assertThat(differences(ours, report(journal, null))).isEmpty();
  }

  @Test
  void each_of_the_three_that_is_alone_is_a_difference_with_all_figures() {
    List<HeldLots> one = List.of(held(METALS, GOLD, -0.3));
    List<NetLots> netOne = List.of(net(GOLD, -0.3));

    assertThat(differences(List.of(), report(one, netOne)))
        .containsExactly("XAUUSD: ours 0, journal -0.3, broker -0.3");
    assertThat(differences(one, report(List.of(), netOne)))
        .containsExactly("XAUUSD: ours -0.3, journal 0, broker -0.3");
    assertThat(differences(one, report(one, List.of())))
        .containsExactly("XAUUSD: ours -0.3, journal -0.3, broker 0");
    assertThat(differences(List.of(), report(List.of(), List.of(net(EURO, 10)))))
        .containsExactly("EURUSD: ours 0, journal 0, broker 10");
    assertThat(differences(one, report(List.of(), null)))
        .containsExactly("XAUUSD: ours -0.3, journal 0, broker unknown");
  }

  @Test
  void a_net_that_agrees_does_not_hide_that_another_pair_has_it() {
    List<HeldLots> ours = List.of(held(METALS, GOLD, 0.3));
    PositionReport report = report(List.of(held(GOLD_EURO, GOLD, 0.3)), List.of(net(GOLD, 0.3)));

    assertThat(differences(ours, report))
        .containsExactly(
            "XAUUSD of XAUUSD-EURUSD: ours 0, journal 0.3",
            "XAUUSD of XAUUSD-XAGUSD: ours 0.3, journal 0");
  }

  @Test
  void what_the_broker_has_less_is_taken_from_who_holds_it_and_more_goes_to_the_largest() {
    List<HeldLots> journal = List.of(held(METALS, GOLD, 0.3), held(GOLD_EURO, GOLD, 0.5));

    assertThat(Reconcile.corrections(journal, report(journal, List.of(net(GOLD, 0.2))), ADOPTED))
        .containsExactly(held(GOLD_EURO, GOLD, -0.5), held(METALS, GOLD, -0.1));
    assertThat(Reconcile.corrections(journal, report(journal, List.of(net(GOLD, 1))), ADOPTED))
        .containsExactly(held(GOLD_EURO, GOLD, 0.2));
    assertThat(Reconcile.corrections(List.of(), report(List.of(), List.of(net(EURO, 2))), ADOPTED))
        .containsExactly(held(Pair.parse("EURUSD-ADOPTED"), EURO, 2));
  }

  @Test
  void whatever_is_corrected_agrees_with_the_broker_afterwards() {
    Random random = new Random(3);
    for (int n = 0; n < 2_000; n++) {
      List<HeldLots> ours = some(random);
      List<HeldLots> journal = some(random);
      List<NetLots> broker = new ArrayList<>();
      for (Symbol symbol : List.of(GOLD, SILVER, EURO)) {
        if (random.nextBoolean()) {
          broker.add(net(symbol, lots(random)));
        }
      }
      List<HeldLots> after = new ArrayList<>(ours);
      after.addAll(Reconcile.corrections(ours, report(journal, broker), ADOPTED));

      // The journal after the operator adopted there too: what is booked, once per pair and symbol.
      assertThat(Reconcile.differences(after, report(summed(after), broker))).isEmpty();
      assertThat(Reconcile.corrections(after, report(summed(after), broker), ADOPTED)).isEmpty();
    }
  }

  private static List<HeldLots> summed(List<HeldLots> all) {
    Map<List<Object>, Double> sums = new LinkedHashMap<>();
    all.forEach(one -> sums.merge(List.of(one.pair(), one.symbol()), one.lots(), Double::sum));
    return sums.entrySet().stream()
        .map(one -> held((Pair) one.getKey().get(0), (Symbol) one.getKey().get(1), one.getValue()))
        .toList();
  }

  private static List<HeldLots> some(Random random) {
    List<HeldLots> all = new ArrayList<>();
    for (Pair pair : List.of(METALS, GOLD_EURO)) {
      for (Symbol symbol : pair.legs()) {
        if (random.nextBoolean()) {
          all.add(held(pair, symbol, lots(random)));
        }
      }
    }
    return all;
  }

  private static double lots(Random random) {
    return (random.nextInt(201) - 100) / 100.0;
  }
}
