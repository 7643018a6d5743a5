package dev.polycert.look;

import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import dev.polycert.look.HttpFetch.Fetched;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/**
 * Looks for one file over HTTP as a CA would: at every public address of the host, because a CA may
 * take any of them, IPv6 first, and the next one only where it cannot connect. Blocks; for virtual
 * threads only.
 */
@ApplicationScoped
class FileLook {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  /** As Let's Encrypt follows them. */
  private static final int MOST_REDIRECTS = 10;

  private static final int MOST_ADDRESSES = 8;

  /** Each address may redirect to another URL; this bounds the requests that they can cause. */
  private static final int MOST_URLS = 24;

  private final HttpTargets targets;
  private final HttpFetch http;
  private final Clock clock;

  FileLook(HttpTargets targets, HttpFetch http, Clock clock) {
    this.targets = targets;
    this.http = http;
    this.clock = clock;
  }

  /** Looks for a file; see {@link ValidationLook#file}. */
  Finding look(String url, String content, Instant deadline) {
    Instant end = clock.instant().plus(LONGEST_LOOK);
    FileReport report = new FileReport(url, content);
    visit(List.of(url), report, deadline.isBefore(end) ? deadline : end);
    return report.finding();
  }

  /**
   * Visits a URL and those that it redirects to.
   *
   * @param path the URLs from the first one to this one
   */
  private void visit(List<String> path, FileReport report, Instant deadline) {
    String at = path.getLast();
    switch (targets.of(at, deadline)) {
      case HttpTarget.Refused(String why) -> report.refused(at, why);
      case HttpTarget.Reachable reachable ->
          redirects(reachable, report, deadline).forEach(to -> follow(path, to, report, deadline));
    }
  }

  private void follow(List<String> path, String to, FileReport report, Instant deadline) {
    if (path.contains(to)) {
      report.refused(to, "the redirects go in a circle");
    } else if (path.size() > MOST_REDIRECTS || !report.visits(to, MOST_URLS)) {
      report.refused(to, "it is one redirect too many");
    } else {
      List<String> longer = new ArrayList<>(path);
      longer.add(to);
      visit(longer, report, deadline);
    }
  }

  /** Asks every address, and gives the URLs that they redirect to. */
  private Set<String> redirects(HttpTarget.Reachable target, FileReport report, Instant deadline) {
    record Answered(InetAddress address, Fetched fetched) {}
    List<Answered> answers =
        target.addresses().stream()
            .limit(MOST_ADDRESSES)
            .gather(
                Gatherers.mapConcurrent(
                    MOST_ADDRESSES,
                    address -> new Answered(address, fetch(target, address, deadline))))
            .toList();
    answers.forEach(
        answer ->
            report.saw(
                target.url() + " (" + answer.address().getHostAddress() + ")", answer.fetched()));
    if (answers.stream().allMatch(answer -> answer.fetched() instanceof Fetched.Broken)) {
      report.unreachable();
    }
    return answers.stream()
        .map(Answered::fetched)
        .mapMulti(FileLook::target)
        .map(location -> absolute(target.url(), location))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static void target(Fetched fetched, Consumer<String> sink) {
    if (fetched instanceof Fetched.Response(_, String target, _) && target != null) {
      sink.accept(target);
    }
  }

  private Fetched fetch(HttpTarget.Reachable target, InetAddress address, Instant deadline) {
    Duration left = Duration.between(clock.instant(), deadline);
    return left.isPositive()
        ? http.get(target.url(), address, target.port(), left)
        : new Fetched.Broken("was not asked: no time was left");
  }

  private static String absolute(URI base, String location) {
    try {
      return base.resolve(location).toString();
    } catch (IllegalArgumentException malformed) {
      return location;
    }
  }
}
