package io.mlassets.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.signal.SignalKey;
import io.mlassets.signal.SignalSeal;
import io.mlassets.trade.PositionReport;
import io.mlassets.trade.SignalAck;
import io.mlassets.trade.SignalOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S-03")
class AnswerReaderTest {
  private static final SignalKey KEY = SignalKey.of("a key of sixteen bytes");
  private static final AnswerReader READER = new AnswerReader(new SignalSeal(KEY));
  private static final String ACK =
      """
      {"account":"acc","signal_seq":7,"signal_id":"00000000-0000-0000-0000-000000000007","epoch":2,\
      "pair":"XAUUSD-XAGUSD","action":"ENTER","outcome":"PARTIAL","reason":"",\
      "legs":[{"leg":0,"symbol":"XAUUSD","outcome":"PARTIAL","lots":-0.05},\
      {"leg":1,"symbol":"XAGUSD","outcome":"FILLED","lots":0.2}],"at":"2026-01-05T10:01:00Z"\
      """;
  private static final String REPORT =
      """
      {"account":"acc","last_seq":7,"at":null,\
      "journal":[{"pair":"XAUUSD-XAGUSD","symbol":"XAUUSD","lots":-0.05}],\
      "broker":[{"symbol":"XAUUSD","lots":-0.05}],"difference":""\
      """;

  private static SignalAck ack(String open) {
    return READER.ack(KEY.seal(open));
  }

  @Test
  void an_ack_is_read_with_all_it_says() {
    SignalAck ack = ack(ACK);
    assertThat(ack.account()).isEqualTo("acc");
    assertThat(ack.signalSeq()).isEqualTo(7);
    assertThat(ack.epoch()).isEqualTo(2);
    assertThat(ack.pair().id()).isEqualTo("XAUUSD-XAGUSD");
    assertThat(ack.outcome()).isEqualTo(SignalOutcome.PARTIAL);
    assertThat(ack.legs().get(0).lots()).isEqualTo(-0.05);
    assertThat(ack.legs().get(1).outcome()).isEqualTo(SignalOutcome.FILLED);
    assertThat(ack.at()).hasToString("2026-01-05T10:01:00Z");
  }

  @Test
  void without_a_seal_a_document_is_read_only_where_there_is_no_key() {
    assertThat(new AnswerReader(SignalSeal.NONE).ack(ACK + "}").signalSeq()).isEqualTo(7);
    assertThatThrownBy(() -> READER.ack(ACK + "}")).hasMessageContaining("not sealed");
    assertThatThrownBy(() -> READER.ack(SignalKey.of("another key of bytes").seal(ACK)))
        .hasMessageContaining("not sealed");
  }

  @Test
  void a_report_tells_unknown_broker_positions_from_none() {
    PositionReport report = READER.positions(KEY.seal(REPORT));
    assertThat(report.journal()).hasSize(1);
    assertThat(report.broker()).hasSize(1);
    assertThat(report.at()).isNull();
    String none = REPORT.replaceAll("\"broker\":\\[.*?]", "\"broker\":[]");
    assertThat(READER.positions(KEY.seal(none)).broker()).isEmpty();
    String unknown = REPORT.replaceAll("\"broker\":\\[.*?]", "\"broker\":null");
    assertThat(READER.positions(KEY.seal(unknown)).broker()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"account\":\"acc\"|\"account\":\" \"|account is blank",
        "\"account\":\"acc\",|`` |account is missing",
        "\"signal_seq\":7|\"signal_seq\":0|signal_seq 0 is not in",
        "\"signal_seq\":7|\"signal_seq\":1000000000001|is not in",
        "\"signal_seq\":7|\"signal_seq\":7.0|not a whole number",
        "\"signal_seq\":7|\"signal_seq\":\"7\"|not a whole number",
        "\"signal_seq\":7|\"signal_seq\":99999999999999999999|not a whole number",
        "\"signal_seq\":7|\"signal_seq\":07|leading zeros",
        "\"signal_seq\":7|\"signal_seq\":7,\"signal_seq\":7|once",
        "\"epoch\":2|\"epoch\":0|epoch 0",
        "000000000007\"|00000000000X\"|",
        "000000000007\"|7\"|",
        "\"pair\":\"XAUUSD-XAGUSD\"|\"pair\":\"XAUUSD/XAGUSD\"|not of the form A-B",
        "\"pair\":\"XAUUSD-XAGUSD\"|\"pair\":\"XAGUSD-XAUUSD\"|legs are not",
        "\"ENTER\"|\"HOLD\"|no answer",
        "\"ENTER\"|\"enter\"|not one of",
        "\"outcome\":\"PARTIAL\",\"reason\"|\"outcome\":\"FILLED\",\"reason\"|FILLED with a leg",
        "\"outcome\":\"PARTIAL\",\"reason\"|\"outcome\":\"BLOCKED\",\"reason\"|BLOCKED with lots",
        "\"outcome\":\"PARTIAL\",\"lots\"|\"outcome\":\"REJECTED\",\"lots\"|REJECTED with lots",
        "\"outcome\":\"PARTIAL\",\"reason\"|\"outcome\":1,\"reason\"|not a text",
        "\"leg\":1|\"leg\":0|legs are not",
        "\"leg\":1|\"leg\":4294967297|not 0 or 1",
        "\"lots\":0.2|\"lots\":2e1|",
        "\"lots\":0.2|\"lots\":1000001|out of range",
        "\"lots\":0.2|\"lots\":null|not a number",
        "\"lots\":0.2|\"lots\":0.2000000000000000000000000|24 characters",
        "2026-01-05T10:01:00Z|2026-01-05 10:01:00|not a UTC time",
        "2026-01-05T10:01:00Z|2026-02-30T10:01:00Z|no time",
        "\"at\":\"2026-01-05T10:01:00Z\"|\"at\":1767607260|not a text",
        ",\"at\":\"2026-01-05T10:01:00Z\"|`` |at is missing",
        "\"reason\":\"\"|\"reason\": \"\"|expected a value",
        "\"reason\":\"\"|\"reason\":\"\\u0041\"|without escapes",
        "\"reason\":\"\"|\"Reason\":\"\"|a name of",
      })
  void an_ack_that_is_none_is_refused_though_it_is_sealed(String from, String to, String why) {
    String open = ACK.replace(from, to.strip());
    assertThat(open).isNotEqualTo(ACK);
    assertThatThrownBy(() -> ack(open))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why == null ? "" : why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"symbol\":\"XAUUSD\",\"lots\":-0.05}]>\"symbol\":\"EURUSD\",\"lots\":-0.05}]",
        "\"last_seq\":7>\"last_seq\":-1",
        "\"journal\":[>\"journal\":[7,",
        "\"broker\":[>\"broker\":[{\"symbol\":\"XAUUSD\",\"lots\":1},",
        "\"broker\":[>\"broker\":7,\"x\":[",
        "\"difference\":\"\">\"difference\":null"
      })
  void a_report_that_is_none_is_refused_though_it_is_sealed(String change) {
    String open = REPORT.replace(change.split(">")[0], change.split(">")[1]);
    assertThat(open).isNotEqualTo(REPORT);
    assertThatThrownBy(() -> READER.positions(KEY.seal(open)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void no_document_with_another_byte_is_read_and_every_whole_one_is() {
    Random random = new Random(11);
    for (int n = 0; n < 20_000; n++) {
      String whole = KEY.seal(ACK.replace("\"signal_seq\":7", "\"signal_seq\":" + (n + 1)));
      assertThat(READER.ack(whole).signalSeq()).isEqualTo(n + 1);
      int from = random.nextInt(whole.length());
      int to = Math.min(whole.length(), from + random.nextInt(4));
      String put = to == from || random.nextBoolean() ? "" + (char) random.nextInt(300) : "";
      String changed = whole.substring(0, from) + put + whole.substring(to);
      if (!changed.equals(whole)) {
        assertThatThrownBy(() -> READER.ack(changed))
            .as(changed)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void changed_documents_that_are_sealed_again_are_read_or_refused_but_nothing_else_happens() {
    Random random = new Random(12);
    int refused = 0;
    for (int n = 0; n < 20_000; n++) {
      String open = random.nextBoolean() ? ACK : REPORT;
      StringBuilder changed = new StringBuilder(open);
      for (int i = random.nextInt(3); i >= 0; i--) {
        String alphabet = "{}[]\",:.-0123456789abcnulltrueE\\ ";
        changed.setCharAt(
            random.nextInt(changed.length()), alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String sealed = KEY.seal(changed.toString());
      try {
        Object read = open.equals(ACK) ? READER.ack(sealed) : READER.positions(sealed);
        assertThat(read).isNotNull();
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(10_000, 19_999);
  }

  @Test
  void the_bounds_of_form_hold() {
    String deep = "{\"a\":[[[[1]]]]}";
    assertThatThrownBy(() -> StrictJson.read(deep)).hasMessageContaining("4 levels");
    StrictJson.read("{\"a\":[[[1]]]}");
    String many = "{\"a\":[" + "1,".repeat(509) + "1]}";
    StrictJson.read(many);
    assertThatThrownBy(() -> StrictJson.read(many.replace("1]", "1,1]")))
        .hasMessageContaining("512 values");
    for (String bad :
        new String[] {"", "[]", "7", "{} ", "{\"a\":tru}", "{\"a\":1.}", "{\"a\":-}"}) {
      assertThatThrownBy(() -> StrictJson.read(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void what_the_reference_expert_advisor_sends_is_read() throws IOException {
    AnswerReader reader = new AnswerReader(SignalSeal.of(conformanceKey()));
    Pattern document =
        Pattern.compile(
            "XADD \\S*(acks|positions) \\* json (\\{.*?\\\\\"mac\\\\\":\\\\\"\\w+\\\\\"})");
    Set<SignalOutcome> outcomes = new TreeSet<>();
    int reports = 0;
    try (Stream<Path> files = Files.list(Path.of("..", "mt5", "conformance"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".jsonl")).sorted().toList()) {
        Matcher found = document.matcher(Files.readString(file));
        while (found.find()) {
          String text = found.group(2).replace("\\\"", "\"");
          if (found.group(1).equals("acks")) {
            outcomes.add(reader.ack(text).outcome());
          } else {
            reader.positions(text);
            reports++;
          }
        }
      }
    }
    assertThat(outcomes).containsExactlyInAnyOrder(SignalOutcome.values());
    assertThat(reports).isGreaterThan(20);
  }

  private static String conformanceKey() throws IOException {
    String script = Files.readString(Path.of("..", "mt5", "conformance", "generate.py"));
    Matcher key = Pattern.compile("(?m)^KEY = \"(.*)\"$").matcher(script);
    assertThat(key.find()).isTrue();
    return key.group(1);
  }
}
