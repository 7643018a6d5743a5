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

/** Looks for one file over HTTP as a CA would. Blocks; for virtual threads only. */
@ApplicationScoped
class FileLook {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);
  private static final int MOST_REDIRECTS = 3;
  private static final int MOST_ADDRESSES = 3;

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
    return visit(
        url, MOST_REDIRECTS, new FileReport(url, content), deadline.isBefore(end) ? deadline : end);
  }

  private Finding visit(String at, int redirectsLeft, FileReport report, Instant deadline) {
    HttpTarget target = targets.of(at, deadline);
    return switch (target) {
      case HttpTarget.Refused(String why) -> report.refused(at, why);
      case HttpTarget.Reachable reachable ->
          switch (fetch(reachable, report, deadline)) {
            case Fetched.Broken(String why) -> report.unreachable(why);
            case Fetched.Response response when response.target() != null ->
                redirectsLeft > 0
                    ? visit(
                        absolute(reachable.url(), response.target()),
                        redirectsLeft - 1,
                        report,
                        deadline)
                    : report.refused(response.target(), "it is one redirect too many");
            case Fetched.Response response -> report.judge(response);
          };
    };
  }

  /** Tries one address after the other until one answers. */
  private Fetched fetch(HttpTarget.Reachable target, FileReport report, Instant deadline) {
    Fetched last = new Fetched.Broken("has no address");
    for (InetAddress address : target.addresses().stream().limit(MOST_ADDRESSES).toList()) {
      Duration left = Duration.between(clock.instant(), deadline);
      last =
          left.isPositive()
              ? http.get(target.url(), address, target.port(), left)
              : new Fetched.Broken("was not asked: no time was left");
      report.saw(target.url() + " (" + address.getHostAddress() + ")", last);
      if (last instanceof Fetched.Response) {
        return last;
      }
    }
    return last;
  }

  private static String absolute(URI base, String location) {
    try {
      return base.resolve(location).toString();
    } catch (IllegalArgumentException malformed) {
      return location;
    }
  }
}
