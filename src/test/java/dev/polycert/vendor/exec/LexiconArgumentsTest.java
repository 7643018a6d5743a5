package dev.polycert.vendor.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deploy/dns/lexicon.sh}, with a stand-in of Lexicon that shows its arguments. */
class LexiconArgumentsTest {
  @TempDir Path temporary;

  private String run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path lexicon = temporary.resolve("lexicon");
    Files.writeString(lexicon, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(lexicon, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of("deploy/dns/lexicon.sh"), Stream.of(arguments)).toList())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", temporary + ":/usr/bin:/bin");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }

  @Test
  void aRecordOfAnyTypeIsWrittenInItsZone() throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of(
            "LEXICON_PROVIDER",
            "gandi",
            "POLYCERT_ZONE",
            "acme.example.com",
            "POLYCERT_RECORD_TYPE",
            "CNAME");

    assertThat(
            run(environment, "present", "_a.acme.example.com.", "there.example.net")
                .lines()
                .toList())
        .isEqualTo(
            List.of(
                "--delegated",
                "acme.example.com",
                "gandi",
                "create",
                "acme.example.com",
                "CNAME",
                "--name=_a.acme.example.com",
                "--content=there.example.net"));
    assertThat(run(environment, "cleanup", "_a.acme.example.com.", "there.example.net"))
        .contains("\ndelete\n");
  }

  /** As one in 64 digests of ACME does (base64url, RFC 4648, section 5). */
  @Test
  void aValueThatBeginsWithAHyphenIsNoOption() throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of("LEXICON_PROVIDER", "gandi", "POLYCERT_ZONE", "example.com");

    assertThat(run(environment, "present", "_a.example.com.", "-digest").lines())
        .endsWith("--content=-digest");
  }

  @ParameterizedTest
  @CsvSource({
    "LEXICON_PROVIDER, gandi, present, set POLYCERT_ZONE",
    "POLYCERT_ZONE, example.com, present, set LEXICON_PROVIDER",
    "POLYCERT_ZONE, example.com, list, the first argument must be present or cleanup"
  })
  void whatIsMissingIsNamed(String name, String value, String action, String said)
      throws IOException, InterruptedException {
    assertThat(run(Map.of(name, value), action, "_a.example.com.", "token"))
        .startsWith("lexicon.sh: " + said);
  }
}
