package dev.polycert.look;

import dev.polycert.domain.Finding;
import dev.polycert.domain.Printable;
import dev.polycert.look.HttpFetch.Fetched;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the exchanges on the ways to one file, and judges them together. */
final class FileReport {
  /**
   * Our look is from one place, those of CAs are from five in two regions of the world (CA/Browser
   * Forum, Baseline Requirements, section 3.2.2.9, from 2026-12-15).
   */
  private static final String FROM_ABROAD = ", for requests from abroad too";

  /** Let's Encrypt takes no other 2xx. */
  private static final int OK = 200;

  private static final int SHOWN = 200;

  private final String url;
  private final String content;
  private final List<Finding.Seen> seen = new ArrayList<>();
  private final List<End> ends = new ArrayList<>();
  private final Set<String> visited = new HashSet<>();

  /**
   * The end of one chain of redirects.
   *
   * @param missing what to do, null when the file was there
   */
  private record End(Finding.Status status, @Nullable String missing) {}

  FileReport(String url, String content) {
    this.url = url;
    this.content = content.strip();
  }

  /** Records a visit; false when there were too many. */
  boolean visits(String target, int most) {
    visited.add(target);
    return visited.size() <= most;
  }

  /** Records one exchange. An answer that redirects is no end. */
  void saw(String where, Fetched fetched) {
    switch (fetched) {
      case Fetched.Broken(String why) -> seen.add(new Finding.Seen(where, List.of(), why));
      case Fetched.Response response -> {
        seen.add(new Finding.Seen(where, List.of(describe(response)), null));
        if (response.target() == null) {
          ends.add(judge(where, response));
        }
      }
    }
  }

  /** Ends at a URL that must not be followed. */
  void refused(String at, String why) {
    seen.add(new Finding.Seen(printable(at), List.of(), why));
    ends.add(
        new End(
            Finding.Status.UNREACHABLE,
            "make " + url + " answer directly; " + printable(at) + ": " + why));
  }

  /** Ends at an address that gave no answer. */
  void unreachable(String where, String why) {
    ends.add(
        new End(
            Finding.Status.UNREACHABLE,
            "make " + url + " reachable" + FROM_ABROAD + "; " + where + " " + why));
  }

  /** White space after the content does not count (RFC 8555, section 8.3). */
  private End judge(String where, Fetched.Response response) {
    String asked = "publish " + content + " at " + url + FROM_ABROAD + "; " + where;
    if (response.status() != OK) {
      return new End(Finding.Status.ABSENT, asked + " answers " + response.status());
    }
    String body = text(response);
    if (body == null) {
      return new End(Finding.Status.DIFFERENT, asked + " answers with more than a validation file");
    }
    return body.equals(content)
        ? new End(Finding.Status.PRESENT, null)
        : new End(Finding.Status.DIFFERENT, asked + " answers with '" + printable(body) + "'");
  }

  /** The file is there when every way that leads anywhere leads to it. */
  Finding finding() {
    List<End> wrong = ends.stream().filter(end -> end.status() != Finding.Status.PRESENT).toList();
    if (wrong.isEmpty()) {
      return new Finding(url, Finding.Status.PRESENT, seen, null);
    }
    End first = wrong.getFirst();
    return new Finding(
        url,
        wrong.size() == ends.size() ? first.status() : Finding.Status.PARTIAL,
        seen,
        first.missing());
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
        : new String(response.body(), StandardCharsets.UTF_8).stripTrailing();
  }

  private static String printable(String text) {
    return Printable.of(text, SHOWN);
  }
}
