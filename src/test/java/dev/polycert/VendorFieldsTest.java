package dev.polycert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No field that a vendor documents is passed over: each has a row that says where it is sent from,
 * where it is given back, or why not. What is said to be sent is in the code of the vendor.
 */
class VendorFieldsTest {
  /** The folders of the vendors, by the word in the names of the blocks. */
  private static final Map<String, String> FOLDERS =
      Map.of(
          "cas", "alibaba", "esa", "alibaba", "ssl", "tencent", "edgeone", "tencent", "scm",
          "huawei", "acm", "aws");

  /** A row of a table. */
  private record Row(String direction, String field, String where) {

    static Row of(String line) {
      String[] cells = line.split("\\s*[|]\\s*");
      return new Row(cells[1], cells[2].replace("`", ""), cells[3]);
    }

    String id() {
      return direction + " " + field;
    }

    /** Whether the vendor's code has to name it. */
    boolean inTheCode() {
      return !where.startsWith("not ") && !where.startsWith("header ");
    }
  }

  private static Map<String, List<String>> documented() throws IOException {
    try (InputStream in = VendorFieldsTest.class.getResourceAsStream("/vendor-fields.txt")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .collect(groupingBy(part -> part[0], TreeMap::new, mapping(part -> part[1], toList())));
    }
  }

  private static List<Row> rows(String block) {
    return Papers.block(block).lines().skip(2).map(Row::of).toList();
  }

  @Test
  void everyFieldHasARowThatSaysWhereItIs() throws IOException {
    documented()
        .forEach(
            (block, fields) -> {
              assertThat(rows(block)).extracting(Row::id).containsExactlyElementsOf(fields);
              assertThat(rows(block)).extracting(Row::where).allMatch(where -> where.length() > 5);
            });
  }

  @Test
  void whatIsSaidToBeSentIsInTheCodeOfTheVendor() throws IOException {
    for (String block : documented().keySet()) {
      String code = code(FOLDERS.get(block.split("-")[1]));
      assertThat(rows(block))
          .filteredOn(Row::inTheCode)
          .extracting(Row::field)
          .allSatisfy(field -> assertThat(names(code, field)).as(block + " " + field).isTrue());
    }
  }

  /** As text, or as the member of a record that is written in the vendor's spelling. */
  private static boolean names(String code, String field) {
    String last = field.substring(field.lastIndexOf('.') + 1);
    String member =
        Pattern.compile("_(.)")
            .matcher(last)
            .replaceAll(it -> it.group(1).toUpperCase(Locale.ROOT));
    String lower = Character.toLowerCase(member.charAt(0)) + member.substring(1);
    return code.contains("\"" + last + "\"")
        || Pattern.compile("\\b" + lower + "\\b").matcher(code).find();
  }

  private static String code(String vendor) throws IOException {
    try (Stream<Path> files =
        Files.walk(Path.of("src/main/java/dev/polycert/vendor").resolve(vendor))) {
      return files.filter(Files::isRegularFile).map(Papers::text).collect(joining());
    }
  }
}
