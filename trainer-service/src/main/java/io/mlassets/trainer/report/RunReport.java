package io.mlassets.trainer.report;

import io.mlassets.model.ModelBundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The report of a run as one HTML page that needs nothing else: no script, no file, no network. It
 * holds style and drawings inline and can be mailed, printed or read on a phone.
 */
public final class RunReport {
  private RunReport() {}

  /** The page. */
  public static String html(ReportData data) {
    ModelBundle bundle = data.bundle();
    return """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <title>Model %s: %s</title>
    <style>%s</style></head>
    <body><main>
    %s
    <p class="small">Model %s · content SHA-256 %s</p>
    </main></body></html>
    """
        .formatted(
            Text.escape(bundle.version().value()),
            Text.escape(data.verdict().wire()),
            style(),
            String.join(
                "\n",
                VerdictPart.html(data),
                MoneyPart.html(data),
                ThetaPart.html(data),
                ModelsPart.html(data),
                ImportancePart.html(data),
                FoldsPart.html(data),
                SearchPart.html(data),
                FactsPart.html(data)),
            Text.escape(bundle.version().value()),
            Text.escape(bundle.contentSha256()));
  }

  private static String style() {
    try (InputStream css = RunReport.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IllegalStateException("report.css is not on the class path");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css could not be read", e);
    }
  }
}
