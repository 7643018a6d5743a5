package dev.polycert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The papers hold together: links lead somewhere, and each block is in one place. */
class PapersTest {
  private static final Path README = Path.of("README.md");

  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]*`");

  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");

  /** A link in the text, or the address of one that the text names. */
  private static final Pattern LINK =
      Pattern.compile("(?m)\\]\\(([^)\\s]+)\\)|^\\[[^\\]]+\\]: (\\S+)$");

  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");

  @Test
  void everyLinkLeadsSomewhere() {
    assertThat(Papers.all())
        .contains(README)
        .allSatisfy(
            paper ->
                assertThat(links(Papers.text(paper)))
                    .filteredOn(link -> !link.matches("[a-z]+:.*"))
                    .allSatisfy(link -> assertThat(resolves(paper, link)).as(link).isTrue()));
  }

  @Test
  void everyPageIsReachedFromTheReadme() {
    Set<Path> linked =
        links(Papers.text(README)).stream()
            .map(link -> Path.of(link.replaceFirst("#.*", "")))
            .collect(Collectors.toSet());

    assertThat(linked).containsAll(Papers.all().stream().filter(it -> !it.equals(README)).toList());
  }

  @Test
  void theReadmeIsShort() {
    assertThat(Papers.text(README).lines()).hasSizeLessThanOrEqualTo(180);
  }

  @Test
  void everyBlockIsInOnePaper() {
    assertThat(Papers.blocks().stream().map(Papers.Block::name)).doesNotHaveDuplicates();
  }

  @Test
  void aLinkToNothingIsFound() {
    assertThat(resolves(README, "docs/run.md")).isTrue();
    assertThat(resolves(README, "docs/no-such-page.md")).isFalse();
    assertThat(resolves(README, "#no-such-heading")).isFalse();
    assertThat(resolves(README, "docs/run.md#no-such-heading")).isFalse();
    assertThat(resolves(Path.of("docs/run.md"), "../README.md#the-api")).isTrue();
    assertThat(resolves(Path.of("docs/run.md"), "README.md")).isFalse();
  }

  @Test
  void linksInCodeAreNone() {
    assertThat(links("[a](b.md) `[c](d.md)`\n```sh\n[e](f.md)\n```\n[g]: h.md"))
        .containsExactly("b.md", "h.md");
  }

  @Test
  void headingsHaveTheAnchorsThatGitHubGivesThem() {
    assertThat(anchors("# What `it` costs, 2 %\n## A_b-c\n## A_b-c\n```\n# no\n```"))
        .containsExactlyInAnyOrder("what-it-costs-2-", "a_b-c", "a_b-c-1");
  }

  @Test
  void blocksThatDoNotEndAreFound() {
    Path paper = Path.of("some.md");

    assertThat(Papers.blocks(paper, "<!-- a: b -->\nx\n<!-- /a -->"))
        .containsExactly(new Papers.Block(paper, "a", "x", 13, 16));
    assertThat(List.of("<!-- a -->\n", "<!-- /a -->\n", "<!-- a -->\n<!-- b -->\n<!-- /a -->\n"))
        .allSatisfy(
            text ->
                assertThatThrownBy(() -> Papers.blocks(paper, text))
                    .isInstanceOf(AssertionError.class));
  }

  private static List<String> links(String text) {
    return LINK.matcher(CODE.matcher(text).replaceAll(""))
        .results()
        .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
        .toList();
  }

  private static boolean resolves(Path paper, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? paper : paper.resolveSibling(parts[0]).normalize();
    return Files.exists(target)
        && (parts.length == 1 || anchors(Papers.text(target)).contains(parts[1]));
  }

  private static Set<String> anchors(String text) {
    Map<String, Integer> seen = new HashMap<>();
    return HEADING
        .matcher(FENCED.matcher(text).replaceAll(""))
        .results()
        .map(heading -> anchor(heading.group(1)))
        .flatMap(
            anchor -> {
              int before = seen.merge(anchor, 1, Integer::sum) - 1;
              return Stream.of(before == 0 ? anchor : anchor + "-" + before);
            })
        .collect(Collectors.toSet());
  }

  /** Lower case, without punctuation, with a hyphen for each blank. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }
}
