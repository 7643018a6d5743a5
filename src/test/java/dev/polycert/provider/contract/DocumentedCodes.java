package dev.polycert.provider.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Extracts the error codes of one provider out of the texts in {@code errors/<provider>/}: whole
 * pages of the vendor ({@code .txt}) and tables and lists of what is known of it ({@code .md}).
 * Where a text names a family ({@code Throttling.*}), one code that nobody listed stands for it.
 */
final class DocumentedCodes {
  private static final String ANY = "Whatever";

  /** A row of a table of errors, a line of a list of errors, the error of an example. */
  private static final Pattern ON_PAGE =
      Pattern.compile(
          "(?m)^\\| \\d{3} \\| ([\\w.]+) \\|"
              + "|^([A-Z][A-Za-z]+(?:\\.[A-Za-z]+)?)[ \\t](?=\\p{IsHan})"
              + "|\"Code\": \"([\\w.]+)\"");

  /** {@code `Full.Code`}, {@code Full.Code}, or {@code .Code} of the family named before. */
  private static final Pattern IN_LIST =
      Pattern.compile(
          "`([A-Z][A-Za-z]+(?:\\.[A-Za-z]+)*(?:\\.?\\*|\\{Parameter})?)`"
              + "|\\b([A-Z][A-Za-z]+\\.(?:[A-Z][A-Za-z]+|\\*|\\{[A-Za-z,]+}))"
              + "|(?<![A-Za-z])(\\.[A-Z][A-Za-z]+)");

  /** Numbers, alone, in ranges and enumerated: {@code APIGW.0104-0106, 0201}. */
  private static final Pattern NUMBERED =
      Pattern.compile("\\b(SCM|APIGW|APIG)\\.(\\d\\d(?:\\d\\d|xx)(?:(?:-|/|, \\.?)\\d{4})*)");

  private final SortedSet<String> codes = new TreeSet<>();

  private DocumentedCodes() {}

  static SortedSet<String> of(String provider) {
    DocumentedCodes found = new DocumentedCodes();
    try (Stream<Path> files = Files.list(directory(provider))) {
      for (Path file : files.toList()) {
        String text = Files.readString(file, UTF_8);
        if (file.toString().endsWith(".txt")) {
          found.page(text);
        } else if (file.toString().endsWith(".md")) {
          found.listings(text);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.codes;
  }

  static Path directory(String provider) {
    try {
      return Path.of(
          Objects.requireNonNull(DocumentedCodes.class.getResource("/errors/" + provider)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void page(String text) {
    ON_PAGE.matcher(text).results().forEach(found -> codes.add(first(found)));
  }

  private void listings(String text) {
    text.lines()
        .map(line -> line.startsWith("|") && !line.contains(" errors .") ? cell(line) : line)
        .filter(line -> !line.startsWith("#"))
        .forEach(this::listing);
  }

  /** Of a table that begins with codes their cell; of another one the whole row. */
  private static String cell(String row) {
    String first = row.split("\\|")[1];
    return IN_LIST.matcher(first).find() || NUMBERED.matcher(first).find() ? first : row;
  }

  private void listing(String line) {
    NUMBERED.matcher(line).results().forEach(this::numbered);
    String family = "FailedOperation";
    for (MatchResult found : IN_LIST.matcher(line).results().toList()) {
      String name = first(found);
      if (name.startsWith(".")) {
        codes.add(family + name);
      } else {
        family = name.replaceFirst("[.*{].*", "");
        add(name);
      }
    }
  }

  private void add(String name) {
    if (name.endsWith("{Parameter}")) {
      codes.add(name.replace("{Parameter}", ANY));
    } else if (name.endsWith("}")) {
      String family = name.substring(0, name.indexOf('{'));
      Stream.of(name.substring(name.indexOf('{') + 1, name.length() - 1).split(","))
          .forEach(member -> codes.add(family + member));
    } else if (name.endsWith(".*")) {
      codes.add(name.replace("*", ANY));
    } else if (name.endsWith("*")) {
      codes.add(name.replace("*", ""));
      codes.add(name.replace("*", "." + ANY));
    } else {
      codes.add(name);
    }
  }

  private void numbered(MatchResult found) {
    int last = 0;
    for (String part : found.group(2).split("(?<=\\d{4})(?=\\D)")) {
      String digits = part.replaceAll("[^\\dx]", "").replace("xx", "01");
      int number = Integer.parseInt(digits);
      int from = part.startsWith("-") ? last + 1 : number;
      IntStream.rangeClosed(from, number)
          .forEach(each -> codes.add("%s.%04d".formatted(found.group(1), each)));
      last = number;
    }
  }

  private static String first(MatchResult found) {
    return IntStream.rangeClosed(1, found.groupCount())
        .mapToObj(found::group)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }
}
