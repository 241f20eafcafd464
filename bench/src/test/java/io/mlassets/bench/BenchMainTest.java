package io.mlassets.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class BenchMainTest {

  @Command(name = "sample")
  private static final class Sample extends Benchmark {
    @Override
    protected Report measure(boolean quick) {
      return new Report(
          List.of(new Table("sample", "who", "s").row("ours", quick ? 1.0 : 2.0)),
          Report.fields("ours_s", quick ? 1.0 : 2.0, "peer_s", null));
    }
  }

  @Test
  void a_benchmark_writes_its_fields_in_order_and_says_null_for_what_it_did_not_measure(
      @TempDir Path folder) throws Exception {
    Path file = folder.resolve("new/report.json");

    int code = new CommandLine(new Sample()).execute("--quick", "--report", file.toString());

    assertThat(code).isZero();
    assertThat(Files.readString(file).replaceAll("\\s", ""))
        .isEqualTo("{\"ours_s\":1.0,\"peer_s\":null}");
  }

  @Command(name = "breaking")
  private static final class Breaking extends Benchmark {
    @Override
    protected Report measure(boolean quick) {
      return new Report(List.of(), Report.fields("ours_s", 2.0), List.of("2 s are more than 1 s"));
    }
  }

  @Test
  void a_broken_bound_fails_after_the_report_is_written_and_a_quick_run_only_says_so(
      @TempDir Path folder) {
    Path file = folder.resolve("report.json");
    CommandLine breaking = new CommandLine(new Breaking());

    assertThat(breaking.execute("--report", file.toString())).isEqualTo(1);
    assertThat(file).content().contains("\"ours_s\" : 2.0");
    assertThat(breaking.execute("--quick", "--report", file.toString())).isZero();
  }

  @Test
  void columns_line_up() {
    assertThat(new Table("t", "who", "seconds").row("ours", 1.5).row("a peer", 123.456).text())
        .isEqualTo("\nt\n  who     seconds\n  ours      1.500\n  a peer    123.5\n");
  }

  @Test
  void a_row_of_another_width_is_refused() {
    assertThatThrownBy(() -> new Table("t", "who").row("ours", 1.0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_median_of_an_even_number_lies_between_the_middle_two() {
    assertThat(Report.median(4, 1, 3, 2)).isEqualTo(2.5);
  }
}
