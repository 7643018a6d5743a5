package dev.polycert.look;

import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import dev.polycert.look.HttpFetch.Fetched;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/**
 * Looks for one file over HTTP as a CA would: at every public address of the host, because a CA may
 * take any of them, IPv6 first. Where it cannot connect to an IPv6 address, it takes an IPv4
 * address once; it has no second try within a family (Let's Encrypt, boulder's {@code va/http.go}).
 * Blocks; for virtual threads only.
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
      case HttpTarget.Reachable reachable
          when HttpTargets.isAddress(reachable.url()) && !startsAtAddress(path) ->
          report.refused(at, "a CA follows no redirect from a name to an address");
      case HttpTarget.Reachable reachable ->
          redirects(reachable, report, deadline).forEach(to -> follow(path, to, report, deadline));
    }
  }

  /** A certificate for an address is validated at it (RFC 8738, section 4). */
  private static boolean startsAtAddress(List<String> path) {
    return HttpTargets.isAddress(URI.create(path.getFirst()));
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

  private record Answered(InetAddress address, Fetched fetched) {

    String at(HttpTarget.Reachable target) {
      return target.url() + " (" + address.getHostAddress() + ")";
    }

    boolean isSix() {
      return address instanceof Inet6Address;
    }

    boolean isBroken() {
      return fetched instanceof Fetched.Broken;
    }

    String why() {
      return fetched instanceof Fetched.Broken(String why) ? why : "";
    }
  }

  /**
   * An address that gives no answer, where a CA may end at it. A whole family without answers says
   * nothing if the other one answers: this machine may have no way to it.
   */
  private static Optional<Answered> unreachable(List<Answered> answers) {
    if (answers.stream().allMatch(Answered::isBroken)) {
      return Optional.of(answers.getLast());
    }
    boolean older = answers.stream().anyMatch(answer -> !answer.isSix());
    List<Answered> last = answers.stream().filter(answer -> answer.isSix() != older).toList();
    return last.stream().allMatch(Answered::isBroken)
        ? Optional.empty()
        : last.stream().filter(Answered::isBroken).findFirst();
  }

  /** Asks every address, and gives the URLs that they redirect to. */
  private Set<String> redirects(HttpTarget.Reachable target, FileReport report, Instant deadline) {
    List<Answered> answers =
        target.addresses().stream()
            .limit(MOST_ADDRESSES)
            .gather(
                Gatherers.mapConcurrent(
                    MOST_ADDRESSES,
                    address -> new Answered(address, fetch(target, address, deadline))))
            .toList();
    answers.forEach(answer -> report.saw(answer.at(target), answer.fetched()));
    unreachable(answers).ifPresent(broken -> report.unreachable(broken.at(target), broken.why()));
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
