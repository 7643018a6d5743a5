package dev.polycert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.testing.JsonHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The papers of the repository: its Markdown files at the root and in {@code docs/}. Tests check
 * the blocks between {@code <!-- name: … -->} and {@code <!-- /name -->}, in whichever paper they
 * are.
 */
final class Papers {
  private static final Pattern MARKER =
      Pattern.compile("^<!-- (/?)([a-z-]+)(?:: [^>]*)? -->$", Pattern.MULTILINE);

  private static final Pattern EXAMPLE =
      Pattern.compile("^```json\\n.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern TARGETS =
      Pattern.compile("\"deliver\": (\\[\\s*\\{.*?\\}\\s*\\])", Pattern.DOTALL);

  private Papers() {}

  /** All papers, in the order of their paths. */
  static List<Path> all() {
    return Stream.of("", "docs")
        .map(Path::of)
        .flatMap(folder -> markdown(folder).stream())
        .sorted()
        .toList();
  }

  private static List<Path> markdown(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".md")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path paper) {
    try {
      return Files.readString(paper);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The targets of deliveries in all examples that are marked as JSON. */
  static List<JsonNode> targets() {
    return all().stream()
        .flatMap(paper -> EXAMPLE.matcher(text(paper)).results())
        .map(MatchResult::group)
        .flatMap(example -> TARGETS.matcher(example).results())
        .flatMap(found -> JsonHttp.read(found.group(1)).valueStream())
        .toList();
  }

  /** What is between the markers of that name, which exactly one paper has, once. */
  static String block(String name) {
    return only(name).content;
  }

  /**
   * Checks that a block is as generated. With {@code -Ddocs.write} it is written anew instead.
   *
   * @param generated one line or more, without a line break at the end
   */
  static void holds(String name, String generated) {
    Block block = only(name);
    if (System.getProperty("docs.write") == null) {
      assertThat(block.content)
          .as("the block %s of %s; -Ddocs.write writes it anew", name, block.paper)
          .isEqualTo(generated);
      return;
    }
    String text = text(block.paper);
    try {
      Files.writeString(
          block.paper,
          text.substring(0, block.begin) + "\n" + generated + "\n" + text.substring(block.end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Block only(String name) {
    List<Block> found = blocks().stream().filter(block -> block.name.equals(name)).toList();
    assertThat(found).as("blocks of the name " + name).hasSize(1);
    return found.getFirst();
  }

  /**
   * A marked block of a paper.
   *
   * @param begin where the marker before it ends in the paper
   * @param end where the marker behind it begins
   */
  record Block(Path paper, String name, String content, int begin, int end) {}

  /** All blocks of all papers; fails where a marker has no other one to go with it. */
  static List<Block> blocks() {
    return all().stream().flatMap(paper -> blocks(paper, text(paper)).stream()).toList();
  }

  /** As above, of one text. */
  static List<Block> blocks(Path paper, String text) {
    List<Block> blocks = new ArrayList<>();
    Optional<MatchResult> open = Optional.empty();
    for (MatchResult marker : MARKER.matcher(text).results().toList()) {
      boolean closes = !marker.group(1).isEmpty();
      assertThat(open.map(begin -> begin.group(2)))
          .as("the block that " + marker.group() + " is in, in " + paper)
          .isEqualTo(closes ? Optional.of(marker.group(2)) : Optional.empty());
      open.ifPresent(
          begin ->
              blocks.add(
                  new Block(
                      paper,
                      begin.group(2),
                      text.substring(begin.end(), marker.start()).strip(),
                      begin.end(),
                      marker.start())));
      open = closes ? Optional.empty() : Optional.of(marker);
    }
    assertThat(open.map(MatchResult::group)).as("the open block of " + paper).isEmpty();
    return blocks;
  }
}
