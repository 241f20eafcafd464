import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** Checks (`check`) or rewrites (`apply`) every Java file below the named folders in google-java-format. */
class JavaFormat {
  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    var unformatted = new ArrayList<Path>();
    for (int i = 1; i < args.length; i++) {
      Path folder = Path.of(args[i]);
      if (!Files.isDirectory(folder)) continue;
      try (var files = Files.walk(folder)) {
        for (Path file : files.filter(JavaFormat::isSource).toList()) {
          String source = Files.readString(file);
          String formatted = new Formatter().formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(source));
          if (formatted.equals(source)) continue;
          if (apply) Files.writeString(file, formatted);
          else unformatted.add(file);
        }
      }
    }
    if (!unformatted.isEmpty()) {
      unformatted.forEach(f -> System.err.println("not formatted: " + f));
      System.err.println("run: ./ml-assets format");
      System.exit(1);
    }
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java") && file.toString().contains("/src/");
  }
}
