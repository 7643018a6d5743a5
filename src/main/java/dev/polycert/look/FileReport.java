package dev.polycert.look;

import dev.polycert.domain.Finding;
import dev.polycert.domain.Printable;
import dev.polycert.look.HttpFetch.Fetched;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the exchanges on the way to one file, and judges them. */
final class FileReport {
  private static final int SHOWN = 200;

  private final String url;
  private final String content;
  private final List<Finding.Seen> seen = new ArrayList<>();

  FileReport(String url, String content) {
    this.url = url;
    this.content = content.strip();
  }

  /** Records one exchange. */
  void saw(String where, Fetched fetched) {
    seen.add(
        switch (fetched) {
          case Fetched.Broken(String why) -> new Finding.Seen(where, List.of(), why);
          case Fetched.Response response ->
              new Finding.Seen(where, List.of(describe(response)), null);
        });
  }

  /** Ends at a URL that must not be followed. */
  Finding refused(String at, String why) {
    seen.add(new Finding.Seen(printable(at), List.of(), why));
    return finding(
        Finding.Status.UNREACHABLE,
        "make " + url + " answer directly; " + printable(at) + ": " + why);
  }

  /** Ends where no address gave an answer. */
  Finding unreachable(String why) {
    return finding(
        Finding.Status.UNREACHABLE,
        "make " + url + " reachable; " + seen.getLast().server() + " " + why);
  }

  /** Ends at an answer. White space around the content does not count. */
  Finding judge(Fetched.Response response) {
    String asked = "publish " + content + " at " + url + "; " + seen.getLast().server();
    if (!response.isSuccess()) {
      return finding(Finding.Status.ABSENT, asked + " answers " + response.status());
    }
    String body = text(response);
    if (body == null) {
      return finding(Finding.Status.DIFFERENT, asked + " answers with more than a validation file");
    }
    return body.equals(content)
        ? finding(Finding.Status.PRESENT, null)
        : finding(Finding.Status.DIFFERENT, asked + " answers with '" + printable(body) + "'");
  }

  private Finding finding(Finding.Status status, @Nullable String missing) {
    return new Finding(url, status, seen, missing);
  }

  private static String describe(Fetched.Response response) {
    if (response.target() != null) {
      return response.status() + " -> " + printable(response.target());
    }
    String body = text(response);
    return response.status()
        + ": "
        + (body == null ? "more than " + HttpFetch.MOST_BYTES + " bytes" : printable(body));
  }

  private static @Nullable String text(Fetched.Response response) {
    return response.body() == null
        ? null
        : new String(response.body(), StandardCharsets.UTF_8).strip();
  }

  private static String printable(String text) {
    return Printable.of(text, SHOWN);
  }
}
